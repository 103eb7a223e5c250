package dev.weir.http.files;

import dev.weir.http.HeaderName;
import dev.weir.http.Headers;
import dev.weir.http.HttpDate;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * The conditional fields of a request (RFC 9110 13.1), read but not yet judged. A field that is
 * absent, or whose value its RFC says to ignore, is null.
 *
 * <p>To be judged only when the answer without them would be 2xx (RFC 9110 13.2.1).
 */
record Preconditions(
    @Nullable EntityTagList ifMatch,
    @Nullable Instant ifUnmodifiedSince,
    @Nullable EntityTagList ifNoneMatch,
    @Nullable Instant ifModifiedSince,
    @Nullable IfRange ifRange) {

  /** No condition at all. */
  static final Preconditions NONE = new Preconditions(null, null, null, null, null);

  /** The value of If-Range (RFC 9110 13.1.5): one validator, or something that matches nothing. */
  sealed interface IfRange {
    /** Holds if the representation has this strong tag. */
    record Tag(EntityTag tag) implements IfRange {}

    /** Holds if the representation was last modified at exactly this second. */
    record Date(Instant date) implements IfRange {}

    /** Neither a tag nor a date: holds never, so that the whole representation is sent. */
    record Unknown() implements IfRange {}
  }

  /**
   * Reads the fields of a request.
   *
   * @param now for years of two digits (RFC 9110 5.6.7)
   */
  static Preconditions read(Headers headers, Instant now) {
    return new Preconditions(
        tags(headers.joined(HeaderName.IF_MATCH)),
        date(headers.joined(HeaderName.IF_UNMODIFIED_SINCE), now),
        tags(headers.joined(HeaderName.IF_NONE_MATCH)),
        date(headers.joined(HeaderName.IF_MODIFIED_SINCE), now),
        ifRange(headers.joined(HeaderName.IF_RANGE), now));
  }

  private static @Nullable EntityTagList tags(@Nullable String value) {
    return value == null ? null : EntityTagList.parse(value);
  }

  /** Null for what is no date, or several: to be ignored (RFC 9110 13.1.3, 13.1.4). */
  private static @Nullable Instant date(@Nullable String value, Instant now) {
    if (value == null) {
      return null;
    }
    var second = HttpDate.parse(value, now.getEpochSecond());
    return second.isPresent() ? Instant.ofEpochSecond(second.getAsLong()) : null;
  }

  private static @Nullable IfRange ifRange(@Nullable String value, Instant now) {
    if (value == null) {
      return null;
    }
    EntityTag tag = EntityTag.parse(value);
    if (tag != null) {
      return new IfRange.Tag(tag);
    }
    Instant date = date(value, now);
    return date == null ? new IfRange.Unknown() : new IfRange.Date(date);
  }

  /** What the conditions make of the request. */
  enum Outcome {
    /** Answer as if there were no condition. */
    PROCEED,
    /** Answer, but leave the Range field out of account: If-Range did not hold. */
    PROCEED_IGNORING_RANGE,
    /** 304 (RFC 9110 15.4.5). */
    NOT_MODIFIED,
    /** 412 (RFC 9110 15.5.13). */
    PRECONDITION_FAILED
  }

  /**
   * Judges in the order of RFC 9110 13.2.2.
   *
   * @param getOrHead whether the method is one of these two: others get 412 where they get 304
   * @param tag the selected representation's tag, null if it has none
   * @param modified when it was last modified; null if that is unknown
   * @param now the time that the answer's Date field will say
   */
  Outcome judge(
      boolean getOrHead, @Nullable EntityTag tag, @Nullable Instant modified, Instant now) {
    Instant second = modified == null ? null : modified.truncatedTo(ChronoUnit.SECONDS);
    if (ifMatch != null) {
      boolean holds = ifMatch.any() || (tag != null && ifMatch.containsStrongly(tag));
      if (!holds) {
        return Outcome.PRECONDITION_FAILED;
      }
    } else if (ifUnmodifiedSince != null && second != null && second.isAfter(ifUnmodifiedSince)) {
      return Outcome.PRECONDITION_FAILED;
    }
    if (ifNoneMatch != null) {
      boolean matched = ifNoneMatch.any() || (tag != null && ifNoneMatch.containsWeakly(tag));
      if (matched) {
        return getOrHead ? Outcome.NOT_MODIFIED : Outcome.PRECONDITION_FAILED;
      }
    } else if (getOrHead
        && ifModifiedSince != null
        && second != null
        && !second.isAfter(ifModifiedSince)) {
      return Outcome.NOT_MODIFIED;
    }
    return ifRangeHolds(tag, second, now) ? Outcome.PROCEED : Outcome.PROCEED_IGNORING_RANGE;
  }

  private boolean ifRangeHolds(@Nullable EntityTag tag, @Nullable Instant second, Instant now) {
    return switch (ifRange) {
      case null -> true;
      case IfRange.Tag(var wanted) -> tag != null && tag.matchesStrongly(wanted);
      // A date is a strong validator only a second after the change (RFC 9110 8.8.2.2).
      case IfRange.Date(var wanted) ->
          second != null
              && second.equals(wanted)
              && !now.isBefore(second.plus(Duration.ofSeconds(1)));
      case IfRange.Unknown() -> false;
    };
  }
}
