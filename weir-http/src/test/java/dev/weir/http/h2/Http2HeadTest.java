package dev.weir.http.h2;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.http.HeaderName;
import dev.weir.http.Http2Error;
import dev.weir.http.Http2ErrorCode;
import dev.weir.http.HttpVersion;
import dev.weir.http.Method;
import dev.weir.http.Status;
import dev.weir.http.fields.RecentStrings;
import dev.weir.http.h2.Http2Head.Kind;
import dev.weir.http.hpack.HpackDecoder;
import dev.weir.http.hpack.HpackEncoder;
import dev.weir.http.hpack.StringLiterals;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class Http2HeadTest {

  /**
   * Lines parted by {@code |}; {@code *} stands for the four pseudo-headers of a request, and a
   * path of {@code @} for an asterisk.
   */
  private static Http2Head read(Kind kind, boolean ends, String lines) {
    var text = lines.replace("*", String.join("|", ScriptedPeer.GET)).replace(": @", ": *");
    var each = Arrays.stream(text.split("\\|")).filter(l -> !l.isEmpty()).toArray(String[]::new);
    var block = Frames.block(new HpackEncoder(), each);
    var head = new Http2Head(20);
    head.begin(kind, ends);
    var decoder = new HpackDecoder(new StringLiterals(new RecentStrings()));
    head.decoded(decoder.decode(ByteBuffer.wrap(block), 1000, head));
    return head;
  }

  private static Http2Head checked(Kind kind, boolean ends, String lines) {
    var head = read(kind, ends, lines);
    head.check(1);
    return head;
  }

  private static void refuses(Kind kind, boolean ends, String section, String lines) {
    var head = read(kind, ends, lines);
    var error = assertThrows(Http2Error.class, () -> head.check(7), lines);
    assertEquals(Http2ErrorCode.PROTOCOL_ERROR, error.error());
    assertEquals(7, error.streamId());
    assertEquals(section, error.reference());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "RFC 9113 8.3.1; :scheme: http|:path: /|:authority: a",
        "RFC 9113 8.3.1; :method: GET|:path: /|:authority: a",
        "RFC 9113 8.3.1; :method: GET|:scheme: http|:authority: a",
        "RFC 9113 8.3.1; :method: GET|:scheme: http|:path: /",
        "RFC 9113 8.3.1; x: y",
        "RFC 9113 8.3; *|:method: GET",
        "RFC 9113 8.3; *|:scheme: http",
        "RFC 9113 8.3; *|:path: /",
        "RFC 9113 8.3; *|:authority: localhost",
        "RFC 9113 8.3; :method: CONNECT|:protocol: a|:protocol: b|:scheme: http|:path:"
            + " /|:authority: a",
        "RFC 9113 8.3.1; *|:status: 200",
        "RFC 9113 8.2; *|:unknown: x",
        "RFC 9113 8.3; :method: GET|x: y|:scheme: http|:path: /|:authority: a",
        "RFC 9113 8.3; *|x: y|:authority: localhost",
        "RFC 9113 8.3.1; :method: GET|:scheme: http|:path: |:authority: a",
        "RFC 9113 8.3.1; :method: GET|:scheme: http|:path: a/b|:authority: a",
        "RFC 9113 8.3.1; :method: GET|:scheme: http|:path: /a b|:authority: a",
        "RFC 9113 8.3.1; :method: GET|:scheme: http|:path: /a#b|:authority: a",
        "RFC 9113 8.3.1; :method: GET|:scheme: http|:path: http://a/|:authority: a",
        "RFC 9113 8.3.1; :method: GET|:scheme: |:path: /|:authority: a",
        "RFC 9113 8.3.1; :method: GET|:scheme: ht tp|:path: /|:authority: a",
        "RFC 9113 8.3.1; :method: GET|:scheme: 1http|:path: /|:authority: a",
        "RFC 9113 8.3.1; :method: GET|:scheme: http|:path: /|:authority: ",
        "RFC 9113 8.3.1; :method: GET|:scheme: http|:path: /|:authority: a:b",
        "RFC 9113 8.3.1; :method: GET|:scheme: http|:path: /|:authority: user@a",
        "RFC 9113 8.3.1; :method: GET|:scheme: http|:path: /|:authority: a/b",
        "RFC 9113 8.3.1; :method: GET|:scheme: http|:path: /|host: a b",
        "RFC 9113 8.3.1; *|host: other",
        "RFC 9113 8.3.1; *|host: localhost|host: other",
        "RFC 9113 8.3.1; *|host: localhost|host: localhost",
        "RFC 9113 8.3.1; :method: GET|:scheme: http|:path: /|host: a|host: b",
        "RFC 9110 9.1; :method: G T|:scheme: http|:path: /|:authority: a",
        "RFC 9110 9.1; :method: |:scheme: http|:path: /|:authority: a",
        "RFC 9113 8.5; :method: CONNECT|:authority: a:1|:path: /",
        "RFC 9113 8.5; :method: CONNECT|:authority: a:1|:scheme: http",
        "RFC 9113 8.5; :method: CONNECT|host: a:1",
        "RFC 9113 8.3.1; :method: CONNECT|:protocol: websocket|:authority: a",
        "RFC 8441 4; *|:protocol: websocket",
        "RFC 9113 8.2; *|X: y",
        "RFC 9113 8.2; *|x y: z",
        "RFC 9113 8.2.1; '*|x: y '",
        "RFC 9113 8.2.1; *|x:  y",
        "RFC 9113 8.2.2; *|connection: close",
        "RFC 9113 8.2.2; *|keep-alive: 1",
        "RFC 9113 8.2.2; *|proxy-connection: close",
        "RFC 9113 8.2.2; *|transfer-encoding: chunked",
        "RFC 9113 8.2.2; *|upgrade: h2c",
        "RFC 9113 8.2.2; *|te: gzip",
        "RFC 9113 8.2.2; *|te: trailers, gzip",
        "RFC 9113 8.1.1; *|content-length: 1",
        "RFC 9113 8.1.1; *|content-length: -1",
        "RFC 9113 8.1.1; *|content-length: ",
        "RFC 9113 8.1.1; *|content-length: 0, 0",
        "RFC 9113 8.1.1; *|content-length: 0|content-length: 1",
        "RFC 9113 8.1.1; *|content-length: 9223372036854775808",
      })
  void refusesRequests(String section, String lines) {
    refuses(Kind.REQUEST, true, section, lines);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "*",
        "*|te: trailers",
        "*|host: LOCALHOST",
        "*|content-length: 0",
        "*|content-length: 0|content-length: 0",
        "*|x:",
        ":path: /|:authority: a|:scheme: http|:method: GET",
        ":method: GET|:scheme: coap+tcp|:path: /|host: a",
        ":method: CONNECT|:authority: a:443",
        ":method: CONNECT|:protocol: websocket|:scheme: https|:path: /chat|:authority: a",
        ":method: GET|:scheme: http|:path: /?|:authority: [::1]:80",
        ":method: GET|:scheme: http|:path: /a?b=/?&c|:authority: a",
      })
  void takesRequests(String lines) {
    assertTrue(checked(Kind.REQUEST, true, lines).endsStream());
  }

  @Test
  void takesAnAsteriskForOptionsOnly() {
    var rest = "|:scheme: http|:path: @|:authority: a";
    var head = checked(Kind.REQUEST, true, ":method: OPTIONS" + rest);
    assertEquals("*", head.path());
    assertEquals("*", head.target());
    refuses(Kind.REQUEST, true, "RFC 9113 8.3.1", ":method: GET" + rest);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "RFC 9113 8.3.2; x: y",
        "RFC 9113 8.3.2; :status: 200|:status: 200",
        "RFC 9113 8.3.2; :status: 200|:path: /",
        "RFC 9113 8.3.2; :status: 20",
        "RFC 9113 8.3.2; :status: 2000",
        "RFC 9113 8.3.2; :status: 2x0",
        "RFC 9113 8.3.2; :status: 099",
        "RFC 9113 8.3.2; :status: 101",
        "RFC 9113 8.3.2; :status: ",
        "RFC 9113 8.3; x: y|:status: 200",
        "RFC 9113 8.2.2; :status: 200|connection: close",
        "RFC 9113 8.2; :status: 200|Server: x",
        "RFC 9113 8.1.1; :status: 200|content-length: x",
      })
  void refusesResponses(String section, String lines) {
    refuses(Kind.RESPONSE, false, section, lines);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "RFC 9113 8.3; :status: 200",
        "RFC 9113 8.3; x: y|:path: /",
        "RFC 9113 8.2; X: y",
        "RFC 9113 8.2.2; transfer-encoding: chunked",
      })
  void refusesTrailers(String section, String lines) {
    refuses(Kind.TRAILERS, true, section, lines);
  }

  @Test
  void saysWhatARequestIs() {
    var head =
        checked(
            Kind.REQUEST,
            false,
            ":method: PUT|:scheme: https|:path: /a/b?c=d?|:authority: h:1|content-length: 5"
                + "|priority: u=1, i");
    assertEquals(Method.PUT, head.method());
    assertEquals("https", head.scheme());
    assertEquals("h:1", head.authority());
    assertEquals("/a/b?c=d?", head.target());
    assertEquals("/a/b", head.path());
    assertEquals("c=d?", head.query());
    assertNull(head.protocol());
    assertEquals(5, head.contentLength());
    assertEquals(HttpVersion.HTTP_2, head.version());
    assertEquals(new Priority(1, true), head.priority());
  }

  @Test
  void saysWhatAConnectIs() {
    var head = checked(Kind.REQUEST, false, ":method: CONNECT|:authority: h:1");
    assertEquals("h:1", head.target());
    assertEquals("", head.path());
    assertEquals("", head.scheme());
    assertNull(head.query());
    assertNull(head.priority());
    assertEquals(-1, head.contentLength());
  }

  @Test
  void takesTheAuthorityFromHost() {
    var head = checked(Kind.REQUEST, true, ":method: GET|:scheme: http|:path: /|host: h");
    assertEquals("h", head.authority());
    assertEquals(0, head.contentLength());
  }

  @Test
  void saysTheStatus() {
    assertEquals(Status.NOT_FOUND, checked(Kind.RESPONSE, true, ":status: 404").status());
    assertEquals(999, checked(Kind.RESPONSE, true, ":status: 999").status().code());
    assertThrows(IllegalStateException.class, () -> checked(Kind.REQUEST, true, "*").status());
  }

  @Test
  void joinsCookies() {
    var head = checked(Kind.REQUEST, true, "*|cookie: a=1|x: y|cookie: b=2; c=3");
    assertEquals(List.of("a=1; b=2; c=3"), head.headers().all(HeaderName.COOKIE));
  }

  @Test
  void leavesARequestThatIsTooLargeToItsServer() {
    assertTrue(checked(Kind.REQUEST, true, "*|x: " + "y".repeat(1000)).isTooLarge());
    assertTrue(checked(Kind.REQUEST, true, "*" + "|x: y".repeat(21)).isTooLarge());
    assertFalse(checked(Kind.REQUEST, true, "*" + "|x: y".repeat(20)).isTooLarge());
  }

  @Test
  void refusesWhatElseIsTooLarge() {
    refuses(Kind.RESPONSE, true, "RFC 9113 10.5.1", ":status: 200" + "|x: y".repeat(21));
    refuses(Kind.TRAILERS, true, "RFC 9113 10.5.1", "x: y" + "|x: y".repeat(21));
  }

  @Test
  void tellsAFaultBeforeTheSize() {
    refuses(Kind.REQUEST, true, "RFC 9113 8.2.2", "*|te: gzip" + "|x: y".repeat(21));
  }

  @Test
  void canBeUsedAgain() {
    var head = checked(Kind.REQUEST, false, "*|content-length: 7|x: y");
    head.begin(Kind.RESPONSE, false);
    assertEquals("", head.scheme());
    assertEquals("", head.target());
    assertEquals(-1, head.contentLength());
    assertEquals(0, head.headers().size());
  }
}
