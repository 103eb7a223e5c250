package dev.weir.http.files;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.weir.http.Headers;
import dev.weir.http.files.Preconditions.IfRange;
import dev.weir.http.files.Preconditions.Outcome;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * RFC 9110 13.2.2 as a table. The representation has the tag "now" and was modified at second 100
 * and a half; the answer is made at second 200. Times are seconds since the epoch.
 */
class PreconditionsTest {
  private static final EntityTag TAG = new EntityTag("now", false);
  private static final Instant MODIFIED = Instant.ofEpochSecond(100, 500_000_000);
  private static final Instant NOW = Instant.ofEpochSecond(200);

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          # method | If-Match      | If-Unmod. | If-None-Match | If-Mod. | outcome
          GET      |               |           |               |         | PROCEED
          PUT      |               |           |               |         | PROCEED
          # step 1: If-Match compares strongly
          GET      | *             |           |               |         | PROCEED
          GET      | "now"         |           |               |         | PROCEED
          GET      | "old", "now"  |           |               |         | PROCEED
          GET      | "old"         |           |               |         | PRECONDITION_FAILED
          PUT      | "old"         |           |               |         | PRECONDITION_FAILED
          GET      | W/"now"       |           |               |         | PRECONDITION_FAILED
          # step 2: If-Unmodified-Since only without If-Match
          GET      |               | 100       |               |         | PROCEED
          GET      |               | 101       |               |         | PROCEED
          GET      |               | 99        |               |         | PRECONDITION_FAILED
          PUT      |               | 99        |               |         | PRECONDITION_FAILED
          GET      | "now"         | 99        |               |         | PROCEED
          GET      | "old"         | 101       |               |         | PRECONDITION_FAILED
          # step 3: If-None-Match compares weakly
          GET      |               |           | *             |         | NOT_MODIFIED
          PUT      |               |           | *             |         | PRECONDITION_FAILED
          GET      |               |           | "now"         |         | NOT_MODIFIED
          GET      |               |           | W/"now"       |         | NOT_MODIFIED
          PUT      |               |           | "now"         |         | PRECONDITION_FAILED
          GET      |               |           | "a", "now"    |         | NOT_MODIFIED
          GET      |               |           | "old"         |         | PROCEED
          PUT      |               |           | "old"         |         | PROCEED
          # step 4: If-Modified-Since only without If-None-Match, only for GET and HEAD
          GET      |               |           |               | 99      | PROCEED
          GET      |               |           |               | 100     | NOT_MODIFIED
          GET      |               |           |               | 101     | NOT_MODIFIED
          PUT      |               |           |               | 101     | PROCEED
          GET      |               |           | "old"         | 101     | PROCEED
          GET      |               |           | "now"         | 99      | NOT_MODIFIED
          # one step after the other
          GET      | "now"         |           | "now"         |         | NOT_MODIFIED
          GET      | "old"         |           | "now"         |         | PRECONDITION_FAILED
          GET      |               | 99        |               | 101     | PRECONDITION_FAILED
          GET      |               | 101       |               | 101     | NOT_MODIFIED
          """)
  void judgesInOrder(
      String method,
      @Nullable String match,
      @Nullable Long unmodified,
      @Nullable String noneMatch,
      @Nullable Long modified,
      Outcome outcome) {
    var conditions =
        new Preconditions(list(match), time(unmodified), list(noneMatch), time(modified), null);
    assertEquals(outcome, conditions.judge(method.equals("GET"), TAG, MODIFIED, NOW));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          "now"    |     | 200 | PROCEED
          W/"now"  |     | 200 | PROCEED_IGNORING_RANGE
          "old"    |     | 200 | PROCEED_IGNORING_RANGE
                   | 100 | 200 | PROCEED
                   | 99  | 200 | PROCEED_IGNORING_RANGE
                   | 101 | 200 | PROCEED_IGNORING_RANGE
                   | 100 | 101 | PROCEED
                   | 100 | 100 | PROCEED_IGNORING_RANGE
                   |     | 200 | PROCEED_IGNORING_RANGE
          """)
  void judgesIfRange(@Nullable String tag, @Nullable Long date, long now, Outcome outcome) {
    IfRange ifRange =
        tag != null
            ? new IfRange.Tag(EntityTag.parse(tag))
            : date != null ? new IfRange.Date(Instant.ofEpochSecond(date)) : new IfRange.Unknown();
    var conditions = new Preconditions(null, null, null, null, ifRange);
    assertEquals(outcome, conditions.judge(true, TAG, MODIFIED, Instant.ofEpochSecond(now)));
  }

  @Test
  void weakTagNeverMatchesStrongly() {
    var weak = new EntityTag("now", true);
    var ifMatch = new Preconditions(list("W/\"now\""), null, null, null, null);
    assertEquals(Outcome.PRECONDITION_FAILED, ifMatch.judge(true, weak, MODIFIED, NOW));
    var ifRange = new Preconditions(null, null, null, null, new IfRange.Tag(weak));
    assertEquals(Outcome.PROCEED_IGNORING_RANGE, ifRange.judge(true, weak, MODIFIED, NOW));
  }

  @Test
  void withoutValidatorsDatesHoldAndTagsDoNotMatch() {
    var dates = new Preconditions(null, time(1L), null, time(999L), null);
    assertEquals(Outcome.PROCEED, dates.judge(true, null, null, NOW));
    var match = new Preconditions(list("\"a\""), null, null, null, null);
    assertEquals(Outcome.PRECONDITION_FAILED, match.judge(true, null, null, NOW));
    var noneMatch = new Preconditions(null, null, list("\"a\""), null, null);
    assertEquals(Outcome.PROCEED, noneMatch.judge(true, null, null, NOW));
    var range = new Preconditions(null, null, null, null, new IfRange.Date(NOW));
    assertEquals(Outcome.PROCEED_IGNORING_RANGE, range.judge(true, null, null, NOW));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          If-Match            | "old"                            | PRECONDITION_FAILED
          If-Match            | now                              | PRECONDITION_FAILED
          If-Unmodified-Since | Thu, 01 Jan 1970 00:01:39 GMT    | PRECONDITION_FAILED
          If-Unmodified-Since | yesterday                        | PROCEED
          If-None-Match       | "now"                            | NOT_MODIFIED
          If-None-Match       | now                              | PROCEED
          If-Modified-Since   | Thu, 01 Jan 1970 00:01:40 GMT    | NOT_MODIFIED
          If-Modified-Since   | Thursday, 01-Jan-70 00:01:40 GMT | NOT_MODIFIED
          If-Modified-Since   | Thu Jan  1 00:01:40 1970         | NOT_MODIFIED
          If-Modified-Since   | 1970-01-01T00:01:40Z             | PROCEED
          If-Range            | "now"                            | PROCEED
          If-Range            | "old"                            | PROCEED_IGNORING_RANGE
          If-Range            | "now", "now"                     | PROCEED_IGNORING_RANGE
          If-Range            | Thu, 01 Jan 1970 00:01:40 GMT    | PROCEED
          If-Range            | Thu, 01 Jan 1970 00:01:39 GMT    | PROCEED_IGNORING_RANGE
          If-Range            | now                              | PROCEED_IGNORING_RANGE
          X-Other             | "now"                            | PROCEED
          """)
  void readsTheFields(String name, String value, Outcome outcome) {
    var conditions = Preconditions.read(Headers.of(name, value), NOW);
    assertEquals(outcome, conditions.judge(true, TAG, MODIFIED, NOW));
  }

  @Test
  void readsListsOverSeveralLinesAndIgnoresTwoDates() {
    var tags = Headers.of("If-None-Match", "\"a\"", "If-None-Match", "\"now\"");
    assertEquals(
        Outcome.NOT_MODIFIED, Preconditions.read(tags, NOW).judge(true, TAG, MODIFIED, NOW));
    String date = "Thu, 01 Jan 1970 00:01:40 GMT";
    var dates = Headers.of("If-Modified-Since", date, "If-Modified-Since", date);
    assertEquals(Outcome.PROCEED, Preconditions.read(dates, NOW).judge(true, TAG, MODIFIED, NOW));
    assertEquals(Preconditions.NONE, Preconditions.read(Headers.create(), NOW));
  }

  private static @Nullable EntityTagList list(@Nullable String text) {
    return text == null ? null : EntityTagList.parse(text);
  }

  private static @Nullable Instant time(@Nullable Long seconds) {
    return seconds == null ? null : Instant.ofEpochSecond(seconds);
  }
}
