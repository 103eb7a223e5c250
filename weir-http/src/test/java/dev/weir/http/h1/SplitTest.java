package dev.weir.http.h1;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.http.HttpLimits;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A long exchange of sound requests reads the same however its bytes arrive. */
class SplitTest {
  private static final String TEXT =
      """
      GET /a HTTP/1.1\r
      Host: h\r
      Accept: text/html,application/xhtml+xml;q=0.9,*/*;q=0.8\r
      X-Own-Name: \t spaced \t \r
      \r
      \r
      POST /b?c HTTP/1.1\r
      Host: h:81\r
      Content-Length: 11\r
      Expect: 100-continue\r
      \r
      hello,\r
      you\
      PUT http://example.org/d HTTP/1.1\r
      Host: h\r
      Transfer-Encoding: chunked\r
      Connection: keep-alive, x\r
      \r
      b;name="a\\"b"\r
      hello,\r
      you\r
      1\r
      !\r
      0\r
      Sum: 1\r
      Content-Length: 3\r
      \r
      CONNECT example.org:443 HTTP/1.0\r
      Upgrade: x\r
      \r
      OPTIONS * HTTP/1.1\r
      Host:\r
      Connection: upgrade\r
      Upgrade: h2c\r
      \r
      """;

  @Test
  void doesNotMatter() {
    var bytes = Wire.bytes(TEXT);
    var whole = RequestReader.events(TEXT);
    assertThat(whole).filteredOn(event -> event.startsWith("data ")).hasSize(5);
    assertThat(whole).contains("trailer Sum: 1", "X-Own-Name: spaced");
    assertThat(whole).noneMatch(event -> event.startsWith("error"));
    for (int size = 1; size < bytes.length; size++) {
      int each = size;
      assertThat(RequestReader.events(bytes, HttpLimits.DEFAULTS, presented -> each))
          .isEqualTo(whole);
      assertThat(
              RequestReader.events(
                  bytes, HttpLimits.DEFAULTS, presented -> presented == 0 ? each : bytes.length))
          .isEqualTo(whole);
    }
  }

  @Test
  void doesNotMatterInRandomPieces() {
    var bytes = Wire.bytes(TEXT);
    var whole = RequestReader.events(TEXT);
    var random = new Random(9112);
    for (int run = 0; run < 2000; run++) {
      assertThat(
              RequestReader.events(bytes, HttpLimits.DEFAULTS, presented -> 1 + random.nextInt(60)))
          .isEqualTo(whole);
    }
  }
}
