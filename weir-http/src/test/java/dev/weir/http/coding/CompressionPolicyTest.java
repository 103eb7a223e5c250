package dev.weir.http.coding;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.weir.http.HeaderName;
import dev.weir.http.Headers;
import dev.weir.http.Status;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CompressionPolicyTest {
  private static final AcceptEncoding GZIP = AcceptEncoding.parse("gzip");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # status | type             | length | another field                  | compressed
          200      | text/html        | 5000   |                                | true
          200      | text/html        | -1     |                                | true
          200      | text/html        | 1024   |                                | true
          200      | text/html        | 1023   |                                | false
          200      | text/html        | 0      |                                | false
          200      | image/png        | 5000   |                                | false
          201      | application/json | 5000   |                                | true
          404      | text/html        | 5000   |                                | true
          500      | text/html        | 5000   |                                | true
          103      | text/html        | 5000   |                                | false
          204      | text/html        | 5000   |                                | false
          205      | text/html        | 5000   |                                | false
          206      | text/html        | 5000   |                                | false
          304      | text/html        | 5000   |                                | false
          200      | text/html        | 5000   | Content-Encoding: br           | false
          200      | text/html        | 5000   | Content-Range: bytes 0-1/2     | false
          200      | text/html        | 5000   | Cache-Control: no-transform    | false
          200      | text/html        | 5000   | Cache-Control: a, No-Transform | false
          200      | text/html        | 5000   | Cache-Control: no-cache        | true
          """)
  void compressesWhatGains(int status, String type, long length, String field, boolean compressed) {
    var headers = Headers.of("Content-Type", type);
    if (field != null) {
      int colon = field.indexOf(':');
      headers.add(field.substring(0, colon), field.substring(colon + 1).strip());
    }
    var before = headers.copy();
    var coding = CompressionPolicy.DEFAULT.apply(Status.of(status), headers, length, GZIP);
    assertEquals(compressed, coding == ContentCoding.GZIP);
    if (!compressed) {
      assertNull(coding);
      assertEquals(before.size(), headers.size());
      assertFalse(headers.contains(HeaderName.VARY));
    } else {
      assertEquals("gzip", headers.get(HeaderName.CONTENT_ENCODING));
      assertEquals("Accept-Encoding", headers.get(HeaderName.VARY));
    }
  }

  @Test
  void withoutTypeNothingIsKnown() {
    assertNull(CompressionPolicy.DEFAULT.apply(Status.OK, Headers.create(), 5000, GZIP));
  }

  @Test
  void changesTheFieldsThatWereAboutTheBody() {
    var headers =
        Headers.of(
            "Content-Type", "text/css",
            "Content-Length", "5000",
            "Accept-Ranges", "bytes",
            "ETag", "\"abc\"");
    CompressionPolicy.DEFAULT.apply(Status.OK, headers, 5000, GZIP);
    assertFalse(headers.contains(HeaderName.CONTENT_LENGTH));
    assertFalse(headers.contains(HeaderName.ACCEPT_RANGES));
    assertEquals("W/\"abc\"", headers.get(HeaderName.ETAG));
  }

  @Test
  void leavesAWeakTagAlone() {
    var headers = Headers.of("Content-Type", "text/css", "ETag", "W/\"abc\"");
    CompressionPolicy.DEFAULT.apply(Status.OK, headers, 5000, GZIP);
    assertEquals("W/\"abc\"", headers.get(HeaderName.ETAG));
  }

  @Test
  void tellsCachesEvenIfThisClientTakesNoCoding() {
    var headers = Headers.of("Content-Type", "text/css", "Content-Length", "5000");
    assertNull(CompressionPolicy.DEFAULT.apply(Status.OK, headers, 5000, AcceptEncoding.NONE));
    assertEquals("Accept-Encoding", headers.get(HeaderName.VARY));
    assertEquals("5000", headers.get(HeaderName.CONTENT_LENGTH));
    assertFalse(headers.contains(HeaderName.CONTENT_ENCODING));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Origin                  | Origin Accept-Encoding
          *                       | *
          accept-encoding         | accept-encoding
          Origin, Accept-Encoding | Origin, Accept-Encoding
          """)
  void addsToVaryOnce(String before, String after) {
    var headers = Headers.of("Content-Type", "text/css", "Vary", before);
    CompressionPolicy.DEFAULT.apply(Status.OK, headers, 5000, GZIP);
    assertEquals(after, String.join(" ", headers.all(HeaderName.VARY)));
  }

  @Test
  void takesAnotherThreshold() {
    var headers = Headers.of("Content-Type", "text/css");
    assertEquals(
        ContentCoding.DEFLATE,
        new CompressionPolicy(0).apply(Status.OK, headers, 0, AcceptEncoding.parse("deflate, br")));
    assertEquals(List.of("deflate"), headers.all(HeaderName.CONTENT_ENCODING));
    assertThrows(IllegalArgumentException.class, () -> new CompressionPolicy(-1));
  }
}
