package dev.weir.http.h1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.weir.http.HeaderName;
import dev.weir.http.HttpError;
import dev.weir.http.HttpLimits;
import dev.weir.http.HttpVersion;
import dev.weir.http.Method;
import dev.weir.http.h1.RequestHead.TargetForm;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a well-formed head says; the malformed ones are in {@link MalformedRequestTest}. */
class RequestParserTest {
  private final RequestHead head = new RequestHead();

  private RequestHead parse(String text) {
    var in = Wire.heap(text);
    assertThat(new RequestParser(HttpLimits.DEFAULTS).parse(in, head)).isTrue();
    assertThat(in.remaining()).isZero();
    return head;
  }

  @Test
  void readsAllOfAHead() {
    parse(
        """
        POST /a/b?c=d&e=%20 HTTP/1.1\r
        host: example.org:8080\r
        X-Own:  some value\t \r
        CONTENT-LENGTH: 5\r
        x-own:\r
        \r
        """);
    assertThat(head.method()).isSameAs(Method.POST);
    assertThat(head.target()).isEqualTo("/a/b?c=d&e=%20");
    assertThat(head.form()).isEqualTo(TargetForm.ORIGIN);
    assertThat(head.path()).isEqualTo("/a/b");
    assertThat(head.query()).isEqualTo("c=d&e=%20");
    assertThat(head.authority()).isEqualTo("example.org:8080");
    assertThat(head.version()).isEqualTo(HttpVersion.HTTP_1_1);
    assertThat(head.framing()).isEqualTo(BodyFraming.LENGTH);
    assertThat(head.contentLength()).isEqualTo(5);
    assertThat(head.keepAlive()).isTrue();
    assertThat(head.upgrade()).isFalse();
    assertThat(head.expectContinue()).isFalse();
    assertThat(head.headers().size()).isEqualTo(4);
    assertThat(head.headers().name(0)).isSameAs(HeaderName.HOST);
    assertThat(head.headers().name(1)).hasToString("X-Own");
    assertThat(head.headers().all("x-OWN")).containsExactly("some value", "");
  }

  @ParameterizedTest
  @CsvSource({
    "GET /,                            ORIGIN,    /,      ,    h",
    "GET //a,                          ORIGIN,    //a,    ,    h",
    "GET /?,                           ORIGIN,    /,      '',  h",
    "GET /a?b?c,                       ORIGIN,    /a,     b?c, h",
    "GET /{|}^`\"<>\\,                 ORIGIN,    '/{|}^`\"<>\\', , h",
    "GET http://www.example.org/p?q,   ABSOLUTE,  /p,     q,   www.example.org",
    "GET http://example.org,           ABSOLUTE,  /,      ,    example.org",
    "GET http://example.org?q,         ABSOLUTE,  /,      q,   example.org",
    "GET HTTPS://[2001:db8::1]:443/,   ABSOLUTE,  /,      ,    [2001:db8::1]:443",
    "OPTIONS http://example.org:8001,  ABSOLUTE,  *,      ,    example.org:8001",
    "OPTIONS *,                        ASTERISK,  *,      ,    h",
    "OPTIONS /,                        ORIGIN,    /,      ,    h",
    "CONNECT example.org:443,          AUTHORITY, '',     ,    example.org:443",
    "CONNECT [::1]:80,                 AUTHORITY, '',     ,    [::1]:80",
    "BREW /pot-0,                      ORIGIN,    /pot-0, ,    h",
    "get /,                            ORIGIN,    /,      ,    h",
  })
  void tellsTheFormsOfTargetsApart(
      String line, TargetForm form, String path, String query, String authority) {
    parse(line + " HTTP/1.1\r\nHost: h\r\n\r\n");
    assertThat(head.form()).isEqualTo(form);
    assertThat(head.path()).isEqualTo(path);
    assertThat(head.query()).isEqualTo(query);
    assertThat(head.authority()).isEqualTo(authority);
    assertThat(head.method() + " " + head.target()).isEqualTo(line);
  }

  @ParameterizedTest
  @CsvSource({
    "1.1, 'Connection: close',                    false",
    "1.1, 'Connection: Keep-Alive',               true",
    "1.1, 'Connection: x, CLOSE , y',             false",
    "1.1, 'Connection: closed',                   true",
    "1.1, 'Connection: keep-alive, close',        false",
    "1.1, 'X: y',                                 true",
    "1.0, 'X: y',                                 false",
    "1.0, 'Connection: keep-alive',               true",
    "1.0, 'Connection: keep-alive, close',        false",
    "1.2, 'X: y',                                 true",
  })
  void decidesAboutPersistence(String version, String field, boolean keepAlive) {
    parse("GET / HTTP/" + version + "\r\nHost: h\r\n" + field + "\r\n\r\n");
    assertThat(head.keepAlive()).isEqualTo(keepAlive);
  }

  @Test
  void readsOptionsOfAllConnectionFields() {
    parse("GET / HTTP/1.1\r\nHost: h\r\nConnection: x\r\nConnection: ,,close\r\n\r\n");
    assertThat(head.keepAlive()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "1.1, 'Connection: Upgrade', 'Upgrade: websocket', true",
    "1.1, 'Connection: a, upgrade', 'Upgrade: websocket', true",
    "1.1, 'Connection: a', 'Upgrade: websocket', false",
    "1.1, 'Connection: upgrade', 'X: y', false",
    "1.0, 'Connection: upgrade', 'Upgrade: websocket', false",
  })
  void seesAnUpgradeOnlyIfBothFieldsOfferIt(
      String version, String connection, String upgrade, boolean offered) {
    parse("GET / HTTP/" + version + "\r\nHost: h\r\n" + connection + "\r\n" + upgrade + "\r\n\r\n");
    assertThat(head.upgrade()).isEqualTo(offered);
  }

  @ParameterizedTest
  @CsvSource({
    "1.1, 'Content-Length: 0',                     NONE,    0",
    "1.1, 'Content-Length: 5, 5',                  LENGTH,  5",
    "1.1, 'Content-Length: 9223372036854775807',   LENGTH,  9223372036854775807",
    "1.1, 'Content-Length:\t007 ',                 LENGTH,  7",
    "1.1, 'Transfer-Encoding: chunked',            CHUNKED, -1",
    "1.1, 'Transfer-Encoding:CHUNKED ',            CHUNKED, -1",
    "1.0, 'X: y',                                  NONE,    0",
  })
  void framesTheBody(String version, String field, BodyFraming framing, long length) {
    parse("POST / HTTP/" + version + "\r\nHost: h\r\n" + field + "\r\n\r\n");
    assertThat(head.framing()).isEqualTo(framing);
    assertThat(head.contentLength()).isEqualTo(length);
  }

  @ParameterizedTest
  @CsvSource({
    "1.1, 'Expect: 100-continue', 'Content-Length: 1', true",
    "1.1, 'Expect: 100-Continue', 'Transfer-Encoding: chunked', true",
    "1.1, 'Expect: 100-continue', 'X: no body', false",
    "1.0, 'Expect: 100-continue', 'Content-Length: 1', false",
    "1.0, 'Expect: anything', 'Content-Length: 1', false",
  })
  void knowsWhoWaitsForContinue(String version, String expect, String field, boolean waits) {
    parse("PUT / HTTP/" + version + "\r\nHost: h\r\n" + expect + "\r\n" + field + "\r\n\r\n");
    assertThat(head.expectContinue()).isEqualTo(waits);
  }

  @Test
  void needsNoHostFromVersion10() {
    parse("GET / HTTP/1.0\r\n\r\n");
    assertThat(head.authority()).isEmpty();
  }

  @Test
  void takesAnEmptyHost() {
    parse("GET / HTTP/1.1\r\nHost:\r\n\r\n");
    assertThat(head.authority()).isEmpty();
  }

  @Test
  void skipsTwoEmptyLinesBeforeTheRequestLine() {
    parse("\r\n\r\nGET / HTTP/1.1\r\nHost: h\r\n\r\n");
    assertThat(head.path()).isEqualTo("/");
  }

  @Test
  void readsPipelinedHeadsOneByOne() {
    var in =
        Wire.direct(
            "GET /1 HTTP/1.1\r\nHost: a\r\n\r\nGET /2 HTTP/1.1\r\nHost: b\r\nX: y\r\n\r\nGET");
    var parser = new RequestParser(HttpLimits.DEFAULTS);
    assertThat(parser.parse(in, head)).isTrue();
    assertThat(head.target() + head.authority() + head.headers().size()).isEqualTo("/1a1");
    assertThat(parser.parse(in, head)).isTrue();
    assertThat(head.target() + head.authority() + head.headers().size()).isEqualTo("/2b2");
    assertThat(parser.parse(in, head)).isFalse();
    assertThat(in.remaining()).isEqualTo(3);
  }

  @Test
  void refusesAWrongRequestLineBeforeTheRestComes() {
    var parser = new RequestParser(HttpLimits.DEFAULTS);
    assertThat(parser.parse(Wire.heap("HELO example.or"), head)).isFalse();
    var error =
        catchThrowableOfType(
            HttpError.class, () -> parser.parse(Wire.heap("HELO example.org\r\nMA"), head));
    assertThat(error.status().code()).isEqualTo(400);
  }

  @Test
  void keepsFieldsBeyondTheExchangeOnlyInACopy() {
    parse("GET /1 HTTP/1.1\r\nHost: a\r\nX: y\r\n\r\n");
    var copy = head.headers().copy();
    parse("GET /2 HTTP/1.1\r\nHost: b\r\n\r\n");
    assertThat(copy.get("x")).isEqualTo("y");
    assertThat(copy.get("host")).isEqualTo("a");
    assertThat(head.headers().contains("X")).isFalse();
  }

  @Test
  void makesTheSameStringsOnce() {
    var first = parse("GET /same HTTP/1.1\r\nHost: a\r\n\r\n").target();
    parse("GET /other HTTP/1.1\r\nHost: a\r\n\r\n");
    assertThat(parse("GET /same HTTP/1.1\r\nHost: a\r\n\r\n").target()).isSameAs(first);
  }
}
