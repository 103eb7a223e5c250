package dev.weir.http.h1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.weir.http.Headers;
import dev.weir.http.HttpLimits;
import dev.weir.http.HttpVersion;
import dev.weir.http.Method;
import dev.weir.http.Status;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the encoders of heads write, to the byte. */
class EncoderTest {
  private static final long SECOND = 784_111_777;

  private final ResponseEncoder responses = new ResponseEncoder();
  private final RequestEncoder requests = new RequestEncoder();
  private final ByteBuffer out = ByteBuffer.allocateDirect(1 << 14);

  private String response(
      Status status, Headers headers, BodyFraming framing, long length, Persistence persistence) {
    out.clear();
    assertThat(responses.encode(out, status, headers, framing, length, persistence, SECOND))
        .isTrue();
    return Wire.text(out.flip());
  }

  private String request(Method method, String target, Headers headers, BodyFraming framing) {
    out.clear();
    assertThat(
            requests.encode(
                out, method, target, "example.org", headers, framing, 5, Persistence.IMPLIED))
        .isTrue();
    return Wire.text(out.flip());
  }

  /** RFC 9110 10.1.4. */
  @Test
  void namesTeInConnection() {
    assertThat(request(Method.GET, "/", Headers.of("TE", "trailers"), BodyFraming.NONE))
        .isEqualTo("GET / HTTP/1.1\r\nHost: example.org\r\nTE: trailers\r\nConnection: TE\r\n\r\n");
    assertThat(
            request(
                Method.GET,
                "/",
                Headers.of("TE", "trailers", "Connection", "close, te"),
                BodyFraming.NONE))
        .endsWith("TE: trailers\r\nConnection: close, te\r\n\r\n");
  }

  @Test
  void writesAResponseHead() {
    var headers = Headers.of("Content-Type", "text/plain", "x-own", "\u00e9");
    assertThat(response(Status.OK, headers, BodyFraming.LENGTH, 13, Persistence.IMPLIED))
        .isEqualTo(
            """
            HTTP/1.1 200 OK\r
            Content-Type: text/plain\r
            x-own: \u00e9\r
            Date: Sun, 06 Nov 1994 08:49:37 GMT\r
            Content-Length: 13\r
            \r
            """);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "LENGTH      | 0                   | CLOSE      | Content-Length: 0, Connection: close",
        "LENGTH      | 9223372036854775807 | KEEP_ALIVE | Content-Length: 9223372036854775807,"
            + " Connection: keep-alive",
        "CHUNKED     | -1                  | IMPLIED    | Transfer-Encoding: chunked",
        "UNTIL_CLOSE | -1                  | CLOSE      | Connection: close",
        "NONE        | -1                  | IMPLIED    | ''",
        "NONE        | 7                   | IMPLIED    | Content-Length: 7",
      })
  void framesAResponse(BodyFraming framing, long length, Persistence persistence, String fields) {
    var headers = Headers.of("Date", "x", "Transfer-Encoding", "gzip");
    if (framing != BodyFraming.NONE) {
      headers.add("Content-Length", "99");
    }
    var lines = fields.isEmpty() ? "" : fields.replace(", ", "\r\n") + "\r\n";
    assertThat(response(Status.OK, headers, framing, length, persistence))
        .isEqualTo("HTTP/1.1 200 OK\r\nDate: x\r\n" + lines + "\r\n");
  }

  @ParameterizedTest
  @ValueSource(ints = {100, 101, 103, 204})
  void saysNoLengthWhereThereIsNoBody(int code) {
    var headers = Headers.of("Content-Length", "5", "Transfer-Encoding", "chunked", "Date", "x");
    assertThat(response(Status.of(code), headers, BodyFraming.NONE, 5, Persistence.IMPLIED))
        .isEqualTo("HTTP/1.1 " + Status.of(code) + "\r\nDate: x\r\n\r\n");
  }

  @Test
  void letsHeadAndNotModifiedSayTheLengthOfGet() {
    var headers = Headers.of("Content-Length", "5", "Date", "x");
    assertThat(response(Status.OK, headers, BodyFraming.NONE, -1, Persistence.IMPLIED))
        .isEqualTo("HTTP/1.1 200 OK\r\nContent-Length: 5\r\nDate: x\r\n\r\n");
    assertThat(response(Status.NOT_MODIFIED, headers, BodyFraming.NONE, -1, Persistence.IMPLIED))
        .isEqualTo("HTTP/1.1 304 Not Modified\r\nContent-Length: 5\r\nDate: x\r\n\r\n");
  }

  @Test
  void putsNeitherDateNorConnectionOfItsOwnOnAnInterimResponse() {
    var headers = Headers.of("Connection", "Upgrade", "Upgrade", "websocket");
    assertThat(
            response(
                Status.SWITCHING_PROTOCOLS, headers, BodyFraming.SWITCHED, -1, Persistence.CLOSE))
        .isEqualTo(
            "HTTP/1.1 101 Switching Protocols\r\n"
                + "Connection: Upgrade\r\n"
                + "Upgrade: websocket\r\n\r\n");
  }

  @Test
  void writesAStatusThatNobodyRegistered() {
    assertThat(
            response(
                Status.of(799),
                Headers.of("Date", "x"),
                BodyFraming.LENGTH,
                0,
                Persistence.IMPLIED))
        .startsWith("HTTP/1.1 799 \r\n");
    assertThat(
            response(
                Status.of(299),
                Headers.of("Date", "x"),
                BodyFraming.LENGTH,
                0,
                Persistence.IMPLIED))
        .startsWith("HTTP/1.1 299 \r\n");
  }

  @Test
  void writesANewDateOnlyForANewSecond() {
    var none = Headers.create();
    assertThat(response(Status.OK, none, BodyFraming.LENGTH, 0, Persistence.IMPLIED))
        .contains("Date: Sun, 06 Nov 1994 08:49:37 GMT");
    out.clear();
    responses.encode(out, Status.OK, none, BodyFraming.LENGTH, 0, Persistence.IMPLIED, SECOND + 1);
    assertThat(Wire.text(out.flip())).contains("Date: Sun, 06 Nov 1994 08:49:38 GMT");
  }

  /** What is kept of a head for the next that begins alike is never taken for another's. */
  @ParameterizedTest
  @CsvSource({
    "200, content-type, text/plain, 200, Content-Type, text/plain",
    "200, x-own,        a,          200, X-Own,        a",
    "200, x-own,        a,          200, x-own,        b",
    "200, x-own,        a,          200, x-two,        a",
    "200, x-own,        a,          216, x-own,        a",
    "404, x-own,        a,          200, x-own,        a",
    "200, date,         a,          200, x-own,        a",
    "200, x-own,        a,          200, date,         a",
  })
  void writesHeadsThatAreAlikeEachAsItIs(
      int code, String name, String value, int secondCode, String secondName, String secondValue) {
    var first = Headers.of(name, value);
    var second = Headers.of(secondName, secondValue);
    for (int n = 0; n < 3; n++) {
      assertThat(response(Status.of(code), first, BodyFraming.LENGTH, n, Persistence.IMPLIED))
          .isEqualTo(alone(code, first, n));
      assertThat(
              response(Status.of(secondCode), second, BodyFraming.LENGTH, n, Persistence.IMPLIED))
          .isEqualTo(alone(secondCode, second, n));
    }
  }

  /** As an encoder writes it that has written nothing before. */
  private String alone(int code, Headers headers, long length) {
    out.clear();
    new ResponseEncoder()
        .encode(
            out, Status.of(code), headers, BodyFraming.LENGTH, length, Persistence.IMPLIED, SECOND);
    return Wire.text(out.flip());
  }

  @Test
  void keepsNoHeadThatIsLong() {
    var headers = Headers.of("X", "y".repeat(600));
    var once = response(Status.OK, headers, BodyFraming.LENGTH, 1, Persistence.IMPLIED);
    assertThat(response(Status.OK, headers, BodyFraming.LENGTH, 1, Persistence.IMPLIED))
        .isEqualTo(once);
    assertThat(response(Status.OK, headers, BodyFraming.CHUNKED, -1, Persistence.CLOSE))
        .isEqualTo(
            once.replace("Content-Length: 1", "Transfer-Encoding: chunked\r\nConnection: close"));
  }

  @Test
  void writesNothingWhereThereIsNoRoom() {
    var headers = Headers.of("X", "y".repeat(3000));
    var whole = response(Status.OK, headers, BodyFraming.LENGTH, 1, Persistence.IMPLIED);
    for (int room : new int[] {0, 1, 100, whole.length() - 1}) {
      var small = ByteBuffer.allocate(room);
      assertThat(
              responses.encode(
                  small, Status.OK, headers, BodyFraming.LENGTH, 1, Persistence.IMPLIED, SECOND))
          .isFalse();
      assertThat(small.position()).isZero();
    }
    var exact = ByteBuffer.allocate(whole.length());
    assertThat(
            responses.encode(
                exact, Status.OK, headers, BodyFraming.LENGTH, 1, Persistence.IMPLIED, SECOND))
        .isTrue();
    assertThat(Wire.text(exact.flip())).isEqualTo(whole);
  }

  @ParameterizedTest
  @CsvSource({
    "GET,     HTTP_1_1, 200, 5,  LENGTH",
    "GET,     HTTP_1_1, 200, 0,  LENGTH",
    "GET,     HTTP_1_1, 200, -1, CHUNKED",
    "GET,     HTTP_1_0, 200, -1, UNTIL_CLOSE",
    "GET,     HTTP_1_0, 200, 5,  LENGTH",
    "HEAD,    HTTP_1_1, 200, 5,  NONE",
    "GET,     HTTP_1_1, 204, 5,  NONE",
    "GET,     HTTP_1_1, 304, 5,  NONE",
    "GET,     HTTP_1_1, 103, -1, NONE",
    "GET,     HTTP_1_1, 101, -1, SWITCHED",
    "CONNECT, HTTP_1_1, 200, -1, SWITCHED",
    "CONNECT, HTTP_1_1, 502, 5,  LENGTH",
  })
  void choosesTheFraming(
      Method method, HttpVersion peer, int code, long length, BodyFraming expected) {
    assertThat(ResponseEncoder.framing(method, peer, Status.of(code), length)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "HTTP_1_1, true, IMPLIED", "HTTP_1_0, true, KEEP_ALIVE",
    "HTTP_1_1, false, CLOSE", "HTTP_1_0, false, CLOSE",
  })
  void saysWhatThePeerMustBeTold(HttpVersion peer, boolean keepAlive, Persistence expected) {
    assertThat(Persistence.of(peer, keepAlive)).isEqualTo(expected);
  }

  @Test
  void writesARequestHead() {
    assertThat(
            request(
                Method.POST,
                "/a?b",
                Headers.of("Accept", "*/*", "Content-Length", "9"),
                BodyFraming.LENGTH))
        .isEqualTo(
            """
            POST /a?b HTTP/1.1\r
            Host: example.org\r
            Accept: */*\r
            Content-Length: 5\r
            \r
            """);
    assertThat(request(Method.of("BREW"), "/", Headers.of("HOST", "other:81"), BodyFraming.CHUNKED))
        .isEqualTo("BREW / HTTP/1.1\r\nHost: other:81\r\nTransfer-Encoding: chunked\r\n\r\n");
    assertThat(request(Method.GET, "*", Headers.create(), BodyFraming.NONE))
        .isEqualTo("GET * HTTP/1.1\r\nHost: example.org\r\n\r\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/a b",
        "/a\r\nX: y",
        "/\u00e9",
        "/a#b",
        "/\0",
        "/ HTTP/1.1\r\nHost: x\r\n\r\n"
      })
  void refusesATargetThatWouldSplitTheRequest(String target) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> request(Method.GET, target, Headers.create(), BodyFraming.NONE))
        .withMessageContaining("RFC 9112 3.2");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a b", "a\r\nX: y", "user@a", "a/b"})
  void refusesAnAuthorityThatIsNone(String authority) {
    assertThatIllegalArgumentException()
        .isThrownBy(() ->
            requests.encode(
                out,
                Method.GET,
                "/",
                authority,
                Headers.create(),
                BodyFraming.NONE,
                0,
                Persistence.IMPLIED))
        .withMessageContaining("RFC 9110 7.2");
  }

  @ParameterizedTest
  @ValueSource(strings = {"UNTIL_CLOSE", "SWITCHED"})
  void refusesARequestWithoutEnd(BodyFraming framing) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> request(Method.POST, "/", Headers.create(), framing));
  }

  /** What an encoder writes, the parser of the other side reads as it was meant. */
  @Test
  void isReadByTheParsers() {
    var headers = Headers.of("A", "b", "Long", "x".repeat(5000), "A", "c \t d");
    var head = new RequestHead();
    var text = request(Method.PATCH, "/p?q=%2F", headers, BodyFraming.CHUNKED);
    assertThat(new RequestParser(HttpLimits.DEFAULTS).parse(Wire.heap(text), head)).isTrue();
    assertThat(head.method()).isEqualTo(Method.PATCH);
    assertThat(head.target()).isEqualTo("/p?q=%2F");
    assertThat(head.headers().all("a")).containsExactly("b", "c \t d");
    assertThat(head.headers().get("long")).hasSize(5000);
    assertThat(head.framing()).isEqualTo(BodyFraming.CHUNKED);

    var answer = new ResponseHead();
    text = response(Status.IM_USED, headers, BodyFraming.LENGTH, 3, Persistence.CLOSE);
    assertThat(new ResponseParser(HttpLimits.DEFAULTS).parse(Wire.direct(text), answer, Method.GET))
        .isTrue();
    assertThat(answer.status()).isEqualTo(Status.IM_USED);
    assertThat(answer.reason()).isEqualTo("IM Used");
    assertThat(answer.contentLength()).isEqualTo(3);
    assertThat(answer.keepAlive()).isFalse();
    assertThat(answer.headers().all("a")).containsExactly("b", "c \t d");
  }
}
