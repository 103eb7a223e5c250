package dev.weir.http.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import dev.weir.http.HeaderName;
import dev.weir.http.Headers;
import dev.weir.http.Method;
import dev.weir.http.Status;
import dev.weir.http.coding.ContentCoding;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests for a page of 1000 bytes, modified on a day in 2026, asked for a day later. */
class FilePlanTest {
  private static final Instant MODIFIED = Instant.parse("2026-11-01T12:00:00.5Z");
  private static final Instant NOW = Instant.parse("2026-11-02T12:00:00Z");
  private static final EntityTag TAG = new EntityTag("tag", false);
  private static final Path FILE = Path.of("page.html");
  private static final String HTML = "text/html; charset=utf-8";

  @TempDir Path root;
  private FileMount mount;

  @BeforeEach
  void mount() {
    mount = FileMount.of(root);
  }

  private static StoredFile file(String type, @Nullable ContentCoding coding, long size) {
    return new StoredFile(FILE, type, coding, size, MODIFIED, TAG);
  }

  private static FileRequest request(String method, String path, String... fields) {
    return FileRequest.read(Method.of(method), path, null, path, Headers.of(fields), NOW);
  }

  private FilePlan plan(FileRequest request, Finding finding) {
    return FilePlan.of(mount, request, finding, () -> "BOUNDARY");
  }

  private FilePlan page(String method, String... fields) {
    return plan(request(method, "/page.html", fields), new Finding.Found(file(HTML, null, 1000)));
  }

  private static String describe(FilePlan plan) {
    String body =
        switch (plan.content()) {
          case FilePlan.Content.None() -> "none";
          case FilePlan.Content.Text(var text) -> "text";
          case FilePlan.Content.Region(var file, var offset, var length) -> offset + "+" + length;
          case FilePlan.Content.Multipart(var file, var multi) ->
              multi.parts().stream()
                  .map(part -> part.range().first() + "+" + part.range().length())
                  .collect(Collectors.joining(" "));
        };
    return plan.status().code() + " " + body;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          # method | field                                            | answer
          GET      |                                                  | 200 0+1000
          HEAD     |                                                  | 200 none
          POST     |                                                  | 405 text
          DELETE   |                                                  | 405 text
          # conditions
          GET      | If-None-Match: "tag"                             | 304 none
          HEAD     | If-None-Match: "tag"                             | 304 none
          GET      | If-None-Match: W/"tag"                           | 304 none
          GET      | If-None-Match: *                                 | 304 none
          GET      | If-None-Match: "other"                           | 200 0+1000
          GET      | If-Modified-Since: Sun, 01 Nov 2026 12:00:00 GMT | 304 none
          HEAD     | If-Modified-Since: Sun, 01 Nov 2026 12:00:00 GMT | 304 none
          GET      | If-Modified-Since: Sun, 01 Nov 2026 11:59:59 GMT | 200 0+1000
          GET      | If-Modified-Since: nonsense                      | 200 0+1000
          GET      | If-Match: "tag"                                  | 200 0+1000
          GET      | If-Match: "other"                                | 412 text
          HEAD     | If-Match: "other"                                | 412 none
          GET      | If-Unmodified-Since: Sun, 01 Nov 2026 11:59:59 GMT | 412 text
          # ranges
          GET      | Range: bytes=0-99                                | 206 0+100
          GET      | Range: bytes=900-                                | 206 900+100
          GET      | Range: bytes=-1                                  | 206 999+1
          GET      | Range: bytes=0-                                  | 206 0+1000
          GET      | Range: bytes=0-5000                              | 206 0+1000
          GET      | Range: bytes=1000-                               | 416 text
          GET      | Range: bytes=-0                                  | 416 text
          GET      | Range: bytes=0-9,500-509                         | 206 0+10 500+10
          GET      | Range: bytes=500-509,0-9                         | 206 500+10 0+10
          GET      | Range: bytes=0-9,5-19                            | 206 0+20
          GET      | Range: bytes=0-9,2000-                           | 206 0+10
          GET      | Range: lines=1-2                                 | 200 0+1000
          GET      | Range: bytes=9-1                                 | 200 0+1000
          HEAD     | Range: bytes=0-99                                | 200 none
          HEAD     | Range: bytes=1000-                               | 200 none
          """)
  void answers(String method, @Nullable String field, String answer) {
    String[] fields =
        field == null
            ? new String[0]
            : new String[] {
              field.substring(0, field.indexOf(':')), field.substring(field.indexOf(':') + 1)
            };
    assertEquals(answer, describe(page(method, fields)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          "tag"                         | 206 0+10
          W/"tag"                       | 200 0+1000
          "other"                       | 200 0+1000
          Sun, 01 Nov 2026 12:00:00 GMT | 206 0+10
          Sun, 01 Nov 2026 12:00:01 GMT | 200 0+1000
          Sun, 01 Nov 2026 11:59:59 GMT | 200 0+1000
          nonsense                      | 200 0+1000
          """)
  void sendsARangeOnlyIfIfRangeHolds(String ifRange, String answer) {
    assertEquals(answer, describe(page("GET", "Range", "bytes=0-9", "If-Range", ifRange)));
  }

  @Test
  void ifRangeThatFailsMakesAnUnsatisfiableRangeHarmless() {
    assertEquals(
        "200 0+1000", describe(page("GET", "Range", "bytes=1000-", "If-Range", "\"other\"")));
  }

  @Test
  void conditionsComeBeforeRanges() {
    assertEquals(
        "304 none", describe(page("GET", "If-None-Match", "\"tag\"", "Range", "bytes=0-9")));
    assertEquals(
        "412 text", describe(page("GET", "If-Match", "\"other\"", "Range", "bytes=1000-")));
  }

  @Test
  void describesTheWhole() {
    var headers = page("GET").headers();
    assertEquals(HTML, headers.get(HeaderName.CONTENT_TYPE));
    assertEquals("1000", headers.get(HeaderName.CONTENT_LENGTH));
    assertEquals("\"tag\"", headers.get(HeaderName.ETAG));
    assertEquals("Sun, 01 Nov 2026 12:00:00 GMT", headers.get(HeaderName.LAST_MODIFIED));
    assertEquals("bytes", headers.get(HeaderName.ACCEPT_RANGES));
    assertEquals("Accept-Encoding", headers.get(HeaderName.VARY));
    assertEquals(6, headers.size());
  }

  @Test
  void headHasTheFieldsOfGet() {
    var get = page("GET").headers();
    var head = page("HEAD").headers();
    assertEquals(get.size(), head.size());
    get.forEach((name, value) -> assertEquals(value, head.get(name), name.toString()));
  }

  @Test
  void notModifiedHasOnlyWhatACacheNeeds() {
    mount = FileMount.builder(root).cacheControl(CacheControl.maxAge(Duration.ofHours(1))).build();
    var headers = page("GET", "If-None-Match", "\"tag\"").headers();
    assertEquals("\"tag\"", headers.get(HeaderName.ETAG));
    assertEquals("max-age=3600", headers.get(HeaderName.CACHE_CONTROL));
    assertEquals("Accept-Encoding", headers.get(HeaderName.VARY));
    assertEquals(3, headers.size());
  }

  @Test
  void describesOneRange() {
    var headers = page("GET", "Range", "bytes=500-599").headers();
    assertEquals("bytes 500-599/1000", headers.get(HeaderName.CONTENT_RANGE));
    assertEquals("100", headers.get(HeaderName.CONTENT_LENGTH));
    assertEquals(HTML, headers.get(HeaderName.CONTENT_TYPE));
  }

  @Test
  void describesSeveralRangesInTheirParts() {
    var plan = page("GET", "Range", "bytes=0-9,500-509");
    assertEquals(
        "multipart/byteranges; boundary=BOUNDARY", plan.headers().get(HeaderName.CONTENT_TYPE));
    assertNull(plan.headers().get(HeaderName.CONTENT_RANGE));
    var multipart = assertInstanceOf(FilePlan.Content.Multipart.class, plan.content());
    assertEquals(
        Long.toString(multipart.ranges().contentLength()),
        plan.headers().get(HeaderName.CONTENT_LENGTH));
    assertTrue(multipart.ranges().parts().getFirst().head().contains("Content-Type: " + HTML));
  }

  @Test
  void asksForNoBoundaryWithoutNeed() {
    var found = new Finding.Found(file(HTML, null, 1000));
    for (String range : List.of("bytes=0-9", "bytes=0-9,5-15", "bytes=1000-,1001-")) {
      FilePlan.of(mount, request("GET", "/x", "Range", range), found, () -> fail("asked"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"Range: bytes=1000-", "If-Match: \"other\""})
  void errorsAreNotTheFile(String field) {
    mount = FileMount.builder(root).cacheControl(CacheControl.maxAge(Duration.ofHours(1))).build();
    int colon = field.indexOf(':');
    var plan =
        plan(
            request("GET", "/x", field.substring(0, colon), field.substring(colon + 2)),
            new Finding.Found(file(HTML, ContentCoding.BROTLI, 1000)));
    for (var name :
        List.of(
            HeaderName.CONTENT_ENCODING,
            HeaderName.ETAG,
            HeaderName.LAST_MODIFIED,
            HeaderName.CACHE_CONTROL)) {
      assertFalse(plan.headers().contains(name), name.toString());
    }
    assertEquals("text/plain; charset=utf-8", plan.headers().get(HeaderName.CONTENT_TYPE));
    assertEquals(
        plan.status().equals(Status.RANGE_NOT_SATISFIABLE) ? "bytes */1000" : null,
        plan.headers().get(HeaderName.CONTENT_RANGE));
  }

  @Test
  void sidecarSaysItsCoding() {
    var plan =
        plan(
            request("GET", "/x", "Range", "bytes=10-19"),
            new Finding.Found(file(HTML, ContentCoding.BROTLI, 300)));
    assertEquals("br", plan.headers().get(HeaderName.CONTENT_ENCODING));
    assertEquals(HTML, plan.headers().get(HeaderName.CONTENT_TYPE));
    assertEquals("bytes 10-19/300", plan.headers().get(HeaderName.CONTENT_RANGE));
  }

  @Test
  void onlyWhatMayHaveASidecarVaries() {
    var image = new Finding.Found(file("image/png", null, 1000));
    assertFalse(plan(request("GET", "/x"), image).headers().contains(HeaderName.VARY));
    mount = FileMount.builder(root).sidecars(false).build();
    assertFalse(page("GET").headers().contains(HeaderName.VARY));
  }

  @Test
  void fileFromTheFutureIsAsOldAsTheAnswer() {
    var future = new StoredFile(FILE, HTML, null, 1, NOW.plus(Duration.ofDays(9)), TAG);
    assertEquals(
        "Mon, 02 Nov 2026 12:00:00 GMT",
        plan(request("GET", "/x"), new Finding.Found(future))
            .headers()
            .get(HeaderName.LAST_MODIFIED));
  }

  @Test
  void emptyFile() {
    var empty = new Finding.Found(file(HTML, null, 0));
    assertEquals("200 0+0", describe(plan(request("GET", "/x"), empty)));
    assertEquals("416 text", describe(plan(request("GET", "/x", "Range", "bytes=0-"), empty)));
    assertEquals("200 0+0", describe(plan(request("GET", "/x", "Range", "bytes=-5"), empty)));
  }

  @ParameterizedTest
  @CsvSource({
    "/dir, , /dir/",
    "/a/b, x=1&y, /a/b/?x=1&y",
    "/dir, '', /dir/?",
    "//evil.example, , /evil.example/",
    "///evil.example/x, , /evil.example/x/",
    "/caf%C3%A9, , /caf%C3%A9/",
  })
  void redirectsToTheDirectory(String path, @Nullable String query, String location) {
    var request = FileRequest.read(Method.GET, path, query, path, Headers.create(), NOW);
    var plan = plan(request, new Finding.NeedsSlash());
    assertEquals(Status.MOVED_PERMANENTLY, plan.status());
    assertEquals(location, plan.headers().get(HeaderName.LOCATION));
  }

  @ParameterizedTest
  @CsvSource({"400", "403", "404"})
  void failsPlainlyOrWithTheMountsDocument(int code) {
    var status = Status.of(code);
    var plain = plan(request("GET", "/x"), new Finding.Failed(status, null, null));
    assertEquals(code + " text", describe(plain));
    assertEquals(new FilePlan.Content.Text(status + "\n"), plain.content());
    var document =
        plan(request("GET", "/x"), new Finding.Failed(status, null, file(HTML, null, 77)));
    assertEquals(code + " 0+77", describe(document));
    assertFalse(document.headers().contains(HeaderName.ETAG));
    assertEquals("77", document.headers().get(HeaderName.CONTENT_LENGTH));
    var head = plan(request("HEAD", "/x"), new Finding.Failed(status, null, file(HTML, null, 77)));
    assertEquals(code + " none", describe(head));
    assertEquals("77", head.headers().get(HeaderName.CONTENT_LENGTH));
  }

  @Test
  void saysWhatIsWrongWithAPath() {
    var plan =
        plan(request("GET", "/x"), new Finding.Failed(Status.BAD_REQUEST, "dot segment", null));
    assertEquals(new FilePlan.Content.Text("400 Bad Request: dot segment\n"), plan.content());
  }

  @Test
  void anErrorIgnoresConditionsAndRanges() {
    var missing = new Finding.Failed(Status.NOT_FOUND, null, file(HTML, null, 77));
    assertEquals(
        "404 0+77",
        describe(plan(request("GET", "/x", "If-None-Match", "*", "Range", "bytes=0-1"), missing)));
  }

  @Test
  void refusesOtherMethodsWithAllow() {
    var plan = page("PUT");
    assertEquals(Status.METHOD_NOT_ALLOWED, plan.status());
    assertEquals("GET, HEAD, OPTIONS", plan.headers().get(HeaderName.ALLOW));
  }

  @Test
  void tellsTheMethodsThatThereAre() {
    var plan = page("OPTIONS");
    assertEquals("204 none", describe(plan));
    assertEquals("GET, HEAD, OPTIONS", plan.headers().get(HeaderName.ALLOW));
    assertEquals(1, plan.headers().size());
  }

  @Test
  void addsTheMountsFieldsToEveryAnswer() {
    mount =
        FileMount.builder(root)
            .header("X-Content-Type-Options", "nosniff")
            .header("Link", "<a>")
            .header("Link", "<b>")
            .build();
    for (var plan :
        List.of(
            page("GET"),
            page("HEAD"),
            page("PUT"),
            page("GET", "If-None-Match", "*"),
            page("GET", "Range", "bytes=1000-"),
            plan(request("GET", "/x"), new Finding.NeedsSlash()),
            plan(request("GET", "/x"), new Finding.Failed(Status.NOT_FOUND, null, null)))) {
      assertEquals("nosniff", plan.headers().get("X-Content-Type-Options"));
      assertEquals(List.of("<a>", "<b>"), plan.headers().all("Link"));
    }
    assertEquals(3, mount.headers().size());
  }

  @Test
  void listsADirectory() {
    var listing =
        new Finding.Listing(List.of(new Finding.Entry("ü.txt", false, 5, MODIFIED)), false);
    var plan = plan(request("GET", "/dir/"), listing);
    var text = assertInstanceOf(FilePlan.Content.Text.class, plan.content()).text();
    assertEquals(
        Integer.toString(text.getBytes(StandardCharsets.UTF_8).length),
        plan.headers().get(HeaderName.CONTENT_LENGTH));
    assertEquals(HTML, plan.headers().get(HeaderName.CONTENT_TYPE));
    assertEquals("default-src 'none'", plan.headers().get(HeaderName.CONTENT_SECURITY_POLICY));
    assertEquals("200 none", describe(plan(request("HEAD", "/dir/"), listing)));
  }
}
