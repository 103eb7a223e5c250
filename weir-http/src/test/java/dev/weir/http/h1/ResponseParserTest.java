package dev.weir.http.h1;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.http.HttpLimits;
import dev.weir.http.Method;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResponseParserTest {
  /** What the head and the body of a response come to, by the rules of RFC 9112 6.3 in order. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "GET     | HTTP/1.1 200 OK  | Content-Length: 2           | LENGTH length=2 keepAlive=true",
        "GET     | HTTP/1.1 200 OK  | Content-Length: 2, 2        | LENGTH length=2 keepAlive=true",
        "GET     | HTTP/1.1 200 OK  | Content-Length: 0           | NONE length=0 keepAlive=true",
        "GET     | HTTP/1.1 200 OK  | Transfer-Encoding: chunked  | CHUNKED length=-1"
            + " keepAlive=true",
        "GET     | HTTP/1.1 200 OK  | X: y                        | UNTIL_CLOSE length=-1"
            + " keepAlive=false",
        "GET     | HTTP/1.1 200 OK  | Connection: keep-alive      | UNTIL_CLOSE length=-1"
            + " keepAlive=false",
        "GET     | HTTP/1.0 200 OK  | Content-Length: 2           | LENGTH length=2"
            + " keepAlive=false",
        "GET     | HTTP/1.5 200 OK  | Content-Length: 2           | LENGTH length=2 keepAlive=true",
        "HEAD    | HTTP/1.1 200 OK  | Content-Length: 2           | NONE length=0 keepAlive=true",
        "HEAD    | HTTP/1.1 200 OK  | Transfer-Encoding: chunked  | NONE length=0 keepAlive=true",
        "HEAD    | HTTP/1.1 200 OK  | X: y                        | NONE length=0 keepAlive=true",
        "GET     | HTTP/1.1 204 x   | Content-Length: 2           | NONE length=0 keepAlive=true",
        "GET     | HTTP/1.1 304 x   | Content-Length: 2           | NONE length=0 keepAlive=true",
        "GET     | HTTP/1.1 304 x   | Connection: close           | NONE length=0 keepAlive=false",
        "GET     | HTTP/1.1 100 x   | X: y                        | NONE length=0 keepAlive=true",
        "GET     | HTTP/1.1 103 x   | Link: </a>                  | NONE length=0 keepAlive=true",
        "GET     | HTTP/1.1 101 x   | Upgrade: websocket          | SWITCHED length=0"
            + " keepAlive=false",
        "CONNECT | HTTP/1.1 200 OK  | Content-Length: 2           | SWITCHED length=0"
            + " keepAlive=false",
        "CONNECT | HTTP/1.1 407 no  | Content-Length: 2           | LENGTH length=2 keepAlive=true",
      })
  void framesTheBody(Method request, String statusLine, String field, String expected) {
    var events = ResponseReader.events(statusLine + "\r\n" + field + "\r\n\r\n", request);
    assertThat(events.getFirst()).endsWith(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "'HTTP/1.1 200 OK', OK",
    "'HTTP/1.1 200 ', ''",
    "'HTTP/1.1 200', ''",
    "'HTTP/1.1 200 a  b\tc', 'a  b\tc'",
    "'HTTP/1.1 200 \u00e9t\u00e9', \u00e9t\u00e9",
    "'HTTP/1.1 999 x', x",
  })
  void readsTheReason(String statusLine, String reason) {
    var head = new ResponseHead();
    var in = Wire.direct(statusLine + "\r\n\r\n");
    assertThat(new ResponseParser(HttpLimits.DEFAULTS).parse(in, head, Method.GET)).isTrue();
    assertThat(head.reason()).isEqualTo(reason);
    assertThat(head.status().code()).isEqualTo(Integer.parseInt(statusLine.substring(9, 12)));
  }

  /** RFC 9112 5.2: a user agent takes the break for spaces. A server refuses it. */
  @ParameterizedTest
  @CsvSource({
    "'A: b\r\n c', 'b   c'",
    "'A: b\r\n\tc\r\n d', 'b  \tc   d'",
    "'A:\r\n b', b",
    "'A: b\r\n ', b",
    "'A: b \r\n   \r\n c', 'b         c'",
  })
  void unfoldsAField(String field, String value) {
    var head = new ResponseHead();
    var in = Wire.heap("HTTP/1.1 200 OK\r\n" + field + "\r\nZ: z\r\n\r\n");
    assertThat(new ResponseParser(HttpLimits.DEFAULTS).parse(in, head, Method.GET)).isTrue();
    assertThat(head.headers().get("a").strip()).isEqualTo(value.strip());
    assertThat(head.headers().get("z")).isEqualTo("z");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "RFC 9112 2.3 | 'ICY 200 OK\r\n\r\n'",
        "RFC 9112 2.2 | '\r\nHTTP/1.1 200 OK\r\n\r\n'",
        "RFC 9112 2.3 | 'http/1.1 200 OK\r\n\r\n'",
        "RFC 9112 2.3 | 'HTTP/2.0 200 OK\r\n\r\n'",
        "RFC 9112 2.3 | 'HTTP/0.9 200 OK\r\n\r\n'",
        "RFC 9112 2.3 | ' HTTP/1.1 200 OK\r\n\r\n'",
        "RFC 9112 2.3 | '<html>\r\n\r\n'",
        "RFC 9112 4   | 'HTTP/1.1\r\n\r\n'",
        "RFC 9112 4   | 'HTTP/1.1 \r\n\r\n'",
        "RFC 9112 4   | 'HTTP/1.1 20\r\n\r\n'",
        "RFC 9112 4   | 'HTTP/1.1 2000 OK\r\n\r\n'",
        "RFC 9112 4   | 'HTTP/1.1 099 OK\r\n\r\n'",
        "RFC 9112 4   | 'HTTP/1.1 2x0 OK\r\n\r\n'",
        "RFC 9112 4   | 'HTTP/1.1  200 OK\r\n\r\n'",
        "RFC 9112 4   | 'HTTP/1.1\t200 OK\r\n\r\n'",
        "RFC 9112 4   | 'HTTP/1.1 200\tOK\r\n\r\n'",
        "RFC 9112 4   | 'HTTP/1.1 200 O\0K\r\n\r\n'",
        "RFC 9112 4   | 'HTTP/1.1 200 O\rK\r\n\r\n'",
        "RFC 9112 2.2 | 'HTTP/1.1 200 OK\n\n'",
        "RFC 9112 5.2 | 'HTTP/1.1 200 OK\r\n A: b\r\n\r\n'",
        "RFC 9112 6.3 | 'HTTP/1.1 200 OK\r\nContent-Length: 1\r\n 0\r\n\r\n'",
        "RFC 9112 2.2 | 'HTTP/1.1 200 OK\r\nA: b\r\n c\rd\r\n\r\n'",
        "RFC 9112 5.1 | 'HTTP/1.1 200 OK\r\nA : b\r\n\r\n'",
        "RFC 9110 5.5 | 'HTTP/1.1 200 OK\r\nA: b\0\r\n\r\n'",
        "RFC 9112 2.2 | 'HTTP/1.1 200 OK\r\nA: b\rSet-Cookie: c\r\n\r\n'",
        "RFC 9112 6.3 | 'HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n'",
        "RFC 9112 6.3 | 'HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n'",
        "RFC 9112 6.3 | 'HTTP/1.1 200 OK\r\n"
            + "Content-Length: 1\r\n"
            + "Transfer-Encoding: chunked\r\n\r\n"
            + "'",
        "RFC 9112 6.3 | 'HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n'",
        "RFC 9112 6.3 | 'HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\n\r\n'",
        "RFC 9112 6.1 | 'HTTP/1.0 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n'",
        "RFC 9112 7.1 | 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0x0\r\n\r\n'",
      })
  void refusesWhatIsMalformed(String section, String text) {
    var events = ResponseReader.events(text, Method.GET);
    assertThat(events).last().asString().startsWith("error 502").contains("(" + section + ");");
    assertSplitsDoNotMatter(text, Method.GET);
  }

  @ParameterizedTest
  @CsvSource({
    "'HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhell'",
    "'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n'",
  })
  void refusesABodyCutShort(String text) {
    var events = ResponseReader.events(text, Method.GET);
    assertThat(events).last().asString().startsWith("error 502").contains("(RFC 9112 8);");
  }

  @Test
  void readsABodyUntilTheConnectionCloses() {
    var events = ResponseReader.events("HTTP/1.0 200 OK\r\n\r\nall\r\n\r\nof it", Method.GET);
    assertThat(events).last().isEqualTo("data all\r\n\r\nof it");
    assertSplitsDoNotMatter("HTTP/1.0 200 OK\r\n\r\nall\r\n\r\nof it", Method.GET);
  }

  @Test
  void leavesTheBytesOfAnotherProtocolAlone() {
    assertThat(
            ResponseReader.events(
                "HTTP/1.1 101 Switching Protocols\r\n\r\n\u0081\u0005hello", Method.GET))
        .last()
        .isEqualTo("switched \u0081\u0005hello");
  }

  @Test
  void readsInterimResponsesAndPipelinedOnes() {
    var text =
        """
        HTTP/1.1 103 Early Hints\r
        Link: </a.css>\r
        \r
        HTTP/1.1 200 OK\r
        Transfer-Encoding: chunked\r
        \r
        2\r
        hi\r
        0\r
        Sum: 1\r
        \r
        HTTP/1.1 404 Not Found\r
        Content-Length: 3\r
        Connection: close\r
        \r
        no!\
        """;
    assertThat(ResponseReader.events(text, Method.GET))
        .containsExactly(
            "HTTP/1.1 103 Early Hints NONE length=0 keepAlive=true",
            "Link: </a.css>",
            "data ",
            "HTTP/1.1 200 OK CHUNKED length=-1 keepAlive=true",
            "Transfer-Encoding: chunked",
            "data hi",
            "trailer Sum: 1",
            "HTTP/1.1 404 Not Found LENGTH length=3 keepAlive=false",
            "Content-Length: 3",
            "Connection: close",
            "data no!");
    assertSplitsDoNotMatter(text, Method.GET);
  }

  private static void assertSplitsDoNotMatter(String text, Method request) {
    var bytes = Wire.bytes(text);
    var whole = ResponseReader.events(text, request);
    assertThat(ResponseReader.events(bytes, HttpLimits.DEFAULTS, request, presented -> 1))
        .isEqualTo(whole);
    IntStream.range(1, bytes.length)
        .forEach(split ->
            assertThat(
                    ResponseReader.events(
                        bytes,
                        HttpLimits.DEFAULTS,
                        request,
                        presented -> presented == 0 ? split : bytes.length))
                .isEqualTo(whole));
  }
}
