package dev.weir.http.h1;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.http.HttpLimits;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every way to get a head wrong, and the status that its RFC names for it. */
class MalformedRequestTest {
  private static final String HOST = "Host: h\r\n";

  private static Arguments line(int status, String section, String requestLine) {
    return Arguments.of(status, section, requestLine + "\r\n" + HOST + "\r\n");
  }

  private static Arguments field(int status, String section, String line) {
    return Arguments.of(
        status, section, "POST / HTTP/1.1\r\nA: b\r\n" + HOST + line + "\r\nC: d\r\n\r\n");
  }

  private static Arguments raw(int status, String section, String head) {
    return Arguments.of(status, section, head);
  }

  static Stream<Arguments> requestLines() {
    return Stream.of(
        line(400, "RFC 9112 3", " GET / HTTP/1.1"),
        line(400, "RFC 9112 3", "\tGET / HTTP/1.1"),
        line(400, "RFC 9112 3", "GET\t/ HTTP/1.1"),
        line(400, "RFC 9112 3", "G(T / HTTP/1.1"),
        line(400, "RFC 9112 3", "G\0T / HTTP/1.1"),
        line(400, "RFC 9112 3", "G\u00e9T / HTTP/1.1"),
        line(400, "RFC 9112 3", "GET"),
        line(400, "RFC 9112 3", "\u0016\u0003\u0001"),
        line(400, "RFC 9112 3.2", "GET "),
        line(400, "RFC 9112 3.2", "GET  / HTTP/1.1"),
        line(400, "RFC 9112 3.2", "GET /"),
        line(400, "RFC 9112 3.2", "GET /\tHTTP/1.1"),
        line(400, "RFC 9112 3.2", "GET /\u007f HTTP/1.1"),
        line(400, "RFC 9112 3.2", "GET /\u0001 HTTP/1.1"),
        line(400, "RFC 9112 3.2", "GET /\rX: y HTTP/1.1"),
        line(400, "RFC 9112 3.2", "GET /caf\u00e9 HTTP/1.1"),
        line(400, "RFC 9112 3.2", "GET /a#fragment HTTP/1.1"),
        line(400, "RFC 9112 3.2", "GET relative HTTP/1.1"),
        line(400, "RFC 9112 3.2", "GET ?query HTTP/1.1"),
        line(400, "RFC 9112 3.2", "GET example.org:80 HTTP/1.1"),
        line(400, "RFC 9112 3.2", "GET http:/example.org/ HTTP/1.1"),
        line(400, "RFC 9112 3.2", "GET 1http://example.org/ HTTP/1.1"),
        line(400, "RFC 9112 3.2", "GET :// HTTP/1.1"),
        line(400, "RFC 9110 4.2", "GET http:// HTTP/1.1"),
        line(400, "RFC 9110 4.2", "GET http:///path HTTP/1.1"),
        line(400, "RFC 9110 4.2", "GET http://user@example.org/ HTTP/1.1"),
        line(400, "RFC 9110 4.2", "GET http://example.org:http/ HTTP/1.1"),
        line(400, "RFC 9110 4.2", "GET http://example.org:65536/ HTTP/1.1"),
        line(400, "RFC 9110 4.2", "GET http://[::1/ HTTP/1.1"),
        line(400, "RFC 9110 4.2", "GET http://[]/ HTTP/1.1"),
        line(400, "RFC 9110 4.2", "GET http://[::1]x/ HTTP/1.1"),
        line(400, "RFC 9110 4.2", "GET http://a%zz/ HTTP/1.1"),
        line(400, "RFC 9110 4.2", "GET http://a%2 HTTP/1.1"),
        line(400, "RFC 9112 3.2.3", "CONNECT example.org HTTP/1.1"),
        line(400, "RFC 9112 3.2.3", "CONNECT example.org: HTTP/1.1"),
        line(400, "RFC 9112 3.2.3", "CONNECT :443 HTTP/1.1"),
        line(400, "RFC 9112 3.2.3", "CONNECT / HTTP/1.1"),
        line(400, "RFC 9112 3.2.3", "CONNECT http://example.org:443 HTTP/1.1"),
        line(400, "RFC 9112 3.2.3", "CONNECT a:443?b HTTP/1.1"),
        line(400, "RFC 9112 3.2.4", "GET * HTTP/1.1"),
        line(400, "RFC 9112 3.2", "OPTIONS *x HTTP/1.1"),
        line(400, "RFC 9112 2.3", "GET / "),
        line(400, "RFC 9112 2.3", "GET / HTTP/1.1 "),
        line(400, "RFC 9112 2.3", "GET / x HTTP/1.1"),
        line(400, "RFC 9112 2.3", "GET / http/1.1"),
        line(400, "RFC 9112 2.3", "GET / HTTP/1"),
        line(400, "RFC 9112 2.3", "GET / HTTP/1.10"),
        line(400, "RFC 9112 2.3", "GET / HTTP/11.1"),
        line(400, "RFC 9112 2.3", "GET / HTTP/1,1"),
        line(400, "RFC 9112 2.3", "GET / HTTP/x.1"),
        line(400, "RFC 9112 2.3", "GET / HTTPS/1.1"),
        line(505, "RFC 9110 15.6.6", "GET / HTTP/0.9"),
        line(505, "RFC 9110 15.6.6", "GET / HTTP/2.0"),
        line(505, "RFC 9110 15.6.6", "GET / HTTP/3.1"),
        raw(400, "RFC 9112 2.2", "\r\n\r\n\r\nGET / HTTP/1.1\r\nHost: h\r\n\r\n"),
        raw(400, "RFC 9112 2.2", "\nGET / HTTP/1.1\r\nHost: h\r\n\r\n"),
        raw(400, "RFC 9112 3", "\r\rGET / HTTP/1.1\r\nHost: h\r\n\r\n"));
  }

  static Stream<Arguments> fieldLines() {
    return Stream.of(
        field(400, "RFC 9112 5.2", " folded"),
        field(400, "RFC 9112 5.2", "\tfolded: x"),
        raw(400, "RFC 9112 5.2", "GET / HTTP/1.1\r\n Host: h\r\n\r\n"),
        field(400, "RFC 9112 5.1", "X : y"),
        field(400, "RFC 9112 5.1", "Content-Length\t: 5"),
        field(400, "RFC 9110 5.1", ": y"),
        field(400, "RFC 9112 5", "no colon".replace(" ", "-")),
        field(400, "RFC 9112 5.1", "no colon"),
        field(400, "RFC 9110 5.1", "X\0Y: z"),
        field(400, "RFC 9110 5.1", "X\u00e9: z"),
        field(400, "RFC 9110 5.1", "X(Y): z"),
        field(400, "RFC 9110 5.1", "\"X\": z"),
        field(400, "RFC 9110 5.1", "X/Y: z"),
        field(400, "RFC 9110 5.5", "X: y\0z"),
        field(400, "RFC 9110 5.5", "X: \u0001"),
        field(400, "RFC 9110 5.5", "X: 0123456789\u000babc"),
        field(400, "RFC 9110 5.5", "X: y\u007f"),
        field(400, "RFC 9110 5.5", "X: 01234567890123456789\u001b[31m"),
        field(400, "RFC 9112 2.2", "X: y\rContent-Length: 5"),
        field(400, "RFC 9112 2.2", "X: y\r"),
        field(400, "RFC 9110 5.1", "\rX: y"),
        field(400, "RFC 9112 2.2", "X: y\nContent-Length: 5"),
        raw(400, "RFC 9112 2.2", "GET / HTTP/1.1\nHost: h\n\n"),
        raw(400, "RFC 9112 2.2", "GET / HTTP/1.1\r\nHost: h\n\r\n"),
        raw(400, "RFC 9112 2.2", "GET / HTTP/1.1\r\nHost: h\r\n\n"));
  }

  static Stream<Arguments> hosts() {
    return Stream.of(
        raw(400, "RFC 9112 3.2", "GET / HTTP/1.1\r\n\r\n"),
        raw(400, "RFC 9112 3.2", "GET http://example.org/ HTTP/1.1\r\n\r\n"),
        raw(400, "RFC 9112 3.2", "GET / HTTP/1.1\r\nHost: a\r\nHost: a\r\n\r\n"),
        raw(400, "RFC 9112 3.2", "GET / HTTP/1.0\r\nHost: a\r\nHOST: b\r\n\r\n"),
        raw(400, "RFC 9112 3.2", "GET / HTTP/1.1\r\nHost: a, b\r\n\r\n"),
        raw(400, "RFC 9112 3.2", "GET / HTTP/1.1\r\nHost: a b\r\n\r\n"),
        raw(400, "RFC 9112 3.2", "GET / HTTP/1.1\r\nHost: user@a\r\n\r\n"),
        raw(400, "RFC 9112 3.2", "GET / HTTP/1.1\r\nHost: a/b\r\n\r\n"),
        raw(400, "RFC 9112 3.2", "GET / HTTP/1.1\r\nHost: http://a\r\n\r\n"),
        raw(400, "RFC 9112 3.2", "GET / HTTP/1.1\r\nHost: a:b\r\n\r\n"),
        raw(400, "RFC 9112 3.2", "GET / HTTP/1.1\r\nHost: a:80:80\r\n\r\n"),
        raw(400, "RFC 9112 3.2", "GET / HTTP/1.1\r\nHost: :80\r\n\r\n"),
        raw(400, "RFC 9112 3.2", "GET / HTTP/1.1\r\nHost: ::1\r\n\r\n"),
        raw(400, "RFC 9112 3.2", "GET / HTTP/1.1\r\nHost: \u00e9\r\n\r\n"));
  }

  static Stream<Arguments> framing() {
    return Stream.of(
        field(400, "RFC 9112 6.3", "Content-Length:"),
        field(400, "RFC 9112 6.3", "Content-Length: +5"),
        field(400, "RFC 9112 6.3", "Content-Length: -5"),
        field(400, "RFC 9112 6.3", "Content-Length: 5x"),
        field(400, "RFC 9112 6.3", "Content-Length: x5"),
        field(400, "RFC 9112 6.3", "Content-Length: 0x5"),
        field(400, "RFC 9112 6.3", "Content-Length: 5.0"),
        field(400, "RFC 9112 6.3", "Content-Length: 5 5"),
        field(400, "RFC 9112 6.3", "Content-Length: \"5\""),
        field(400, "RFC 9112 6.3", "Content-Length: 5, 6"),
        field(400, "RFC 9112 6.3", "Content-Length: 5,"),
        field(400, "RFC 9112 6.3", "Content-Length: ,5"),
        field(400, "RFC 9112 6.3", "Content-Length: 5,,5"),
        field(400, "RFC 9112 6.3", "Content-Length: 5;5"),
        field(400, "RFC 9112 6.3", "Content-Length: 9223372036854775808"),
        field(400, "RFC 9112 6.3", "Content-Length: 18446744073709551621"),
        field(400, "RFC 9112 6.3", "Content-Length: 5\r\nContent-Length: 6"),
        field(400, "RFC 9112 6.3", "content-length: 0\r\nCONTENT-LENGTH: 5"),
        field(400, "RFC 9112 6.3", "Transfer-Encoding: chunked\r\nContent-Length: 5"),
        field(400, "RFC 9112 6.3", "Content-Length: 5\r\nTransfer-Encoding: chunked"),
        field(400, "RFC 9112 6.3", "Content-Length: 5\r\nTransfer-Encoding: gzip"),
        field(400, "RFC 9112 6.3", "Transfer-Encoding:"),
        field(400, "RFC 9112 6.3", "Transfer-Encoding: gzip"),
        field(400, "RFC 9112 6.3", "Transfer-Encoding: identity"),
        field(400, "RFC 9112 6.3", "Transfer-Encoding: xchunked"),
        field(400, "RFC 9112 6.3", "Transfer-Encoding: chunkedx"),
        field(400, "RFC 9112 6.3", "Transfer-Encoding: chunked, gzip"),
        field(400, "RFC 9112 6.3", "Transfer-Encoding: chunked, chunked"),
        field(400, "RFC 9112 6.3", "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked"),
        field(400, "RFC 9112 6.3", "Transfer-Encoding: chunked\r\nTransfer-Encoding: x"),
        field(400, "RFC 9112 6.3", "Transfer-Encoding: chunked,"),
        field(400, "RFC 9112 6.3", "Transfer-Encoding: ,chunked"),
        field(400, "RFC 9112 6.3", "Transfer-Encoding: chunked;a=b"),
        field(400, "RFC 9112 6.3", "Transfer-Encoding: \"chunked\""),
        field(400, "RFC 9112 6.3", "Transfer-Encoding: chunked chunked"),
        field(501, "RFC 9112 6.1", "Transfer-Encoding: gzip, chunked"),
        field(501, "RFC 9112 6.1", "Transfer-Encoding: gzip\r\nTransfer-Encoding: chunked"),
        raw(400, "RFC 9112 6.1", "POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n"),
        field(417, "RFC 9110 10.1.1", "Expect: 200-ok"),
        field(417, "RFC 9110 10.1.1", "Expect:"),
        field(417, "RFC 9110 10.1.1", "Expect: 100-continue\r\nExpect: x"));
  }

  static Stream<Arguments> all() {
    return Stream.of(requestLines(), fieldLines(), hosts(), framing()).flatMap(s -> s);
  }

  @ParameterizedTest
  @MethodSource("all")
  void isRefused(int status, String section, String head) {
    var events = RequestReader.events(head);
    assertThat(events).hasSize(1);
    assertThat(events.getFirst()).startsWith("error " + status).contains("(" + section + ");");
  }

  @ParameterizedTest
  @MethodSource("all")
  void isRefusedTheSameWhereverItIsSplit(int status, String section, String head) {
    var bytes = Wire.bytes(head);
    var whole = RequestReader.events(head);
    assertThat(RequestReader.events(bytes, HttpLimits.DEFAULTS, presented -> 1)).isEqualTo(whole);
    IntStream.range(1, bytes.length)
        .forEach(split ->
            assertThat(
                    RequestReader.events(
                        bytes,
                        HttpLimits.DEFAULTS,
                        presented -> presented == 0 ? split : bytes.length))
                .isEqualTo(whole));
  }
}
