package dev.weir.websocket.handshake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.http.Headers;
import dev.weir.http.Method;
import dev.weir.websocket.DeflateSettings;
import dev.weir.websocket.OriginPolicy;
import dev.weir.websocket.WebSocketException.HandshakeFailed;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HandshakeTest {

  private static final String KEY = "dGhlIHNhbXBsZSBub25jZQ==";
  private static final String ACCEPT = "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=";
  private static final byte[] NONCE = "the sample nonce".getBytes(StandardCharsets.US_ASCII);

  private static final ServerHandshake SERVER =
      new ServerHandshake(
          new HandshakePolicy(
              OriginPolicy.sameOrigin(), List.of("chat", "mqtt"), DeflateSettings.SERVER));

  private static Headers request() {
    return Headers.of(
        "Host", "server.example",
        "Upgrade", "websocket",
        "Connection", "keep-alive, Upgrade",
        "Sec-WebSocket-Key", KEY,
        "Sec-WebSocket-Version", "13");
  }

  /** Adds, sets or (with {@code -}) removes what is given as {@code name: value; ...}. */
  private static Headers with(Headers headers, String changes) {
    for (String change : changes.split(" & ", -1)) {
      String[] parts = change.split(":", 2);
      if (change.startsWith("-")) {
        headers.remove(parts[0].substring(1));
      } else if (change.startsWith("+")) {
        headers.add(parts[0].substring(1), parts[1].strip());
      } else if (!change.isBlank()) {
        headers.set(parts[0], parts[1].strip());
      }
    }
    return headers;
  }

  private static HandshakeAnswer upgrade(Headers request) {
    return SERVER.upgrade(Method.GET, request, false, "server.example");
  }

  private static String lines(Headers headers) {
    var lines = new ArrayList<String>();
    headers.forEach((name, value) -> lines.add(name + ": " + value));
    return String.join(" & ", lines);
  }

  /** RFC 6455 1.3. */
  @Test
  void serverAcceptsTheSampleOfTheRfc() {
    var answer = assertInstanceOf(HandshakeAnswer.Accepted.class, upgrade(request()));
    assertEquals(101, answer.status().code());
    assertEquals(
        "Upgrade: websocket & Connection: Upgrade & Sec-WebSocket-Accept: " + ACCEPT,
        lines(answer.headers()));
    assertNull(answer.subprotocol());
    assertNull(answer.deflate());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Upgrade: WebSocket & Connection: upgrade",
        "Upgrade: foo, websocket",
        "Connection: close & +Connection: Upgrade",
        "Origin: http://server.example",
        "Origin: http://server.example:80",
        "Origin: https://server.example",
        "Origin: HTTP://Server.Example",
        "Sec-WebSocket-Protocol: other",
        "Sec-WebSocket-Extensions: x-unknown; a=\"b\"",
      })
  void serverAccepts(String changes) {
    assertInstanceOf(HandshakeAnswer.Accepted.class, upgrade(with(request(), changes)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "-Upgrade                         | 426",
        "Upgrade: h2c                     | 426",
        "-Connection                      | 426",
        "Connection: keep-alive           | 426",
        "-Sec-WebSocket-Version           | 426",
        "Sec-WebSocket-Version: 8         | 426",
        "Sec-WebSocket-Version: 13, 8     | 426",
        "Sec-WebSocket-Version: 013       | 426",
        "+Sec-WebSocket-Version: 13       | 426",
        "-Sec-WebSocket-Key               | 400",
        "Sec-WebSocket-Key:               | 400",
        "Sec-WebSocket-Key: abc           | 400",
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ= | 400",
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQAA | 400",
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25j!Q== | 400",
        "+Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ== | 400",
        "Origin: null                     | 403",
        "Origin: http://evil.example      | 403",
        "Origin: http://server.example:81 | 403",
        "Origin: file://server.example    | 403",
        "Origin: http://server.example & +Origin: http://server.example | 403",
        "Sec-WebSocket-Protocol: chat, chat | 400",
        "Sec-WebSocket-Protocol: chat room  | 400",
        "Sec-WebSocket-Protocol: chat & +Sec-WebSocket-Protocol: chat | 400",
        "Sec-WebSocket-Extensions:        | 400",
        "Sec-WebSocket-Extensions: a; =1  | 400",
      })
  void serverRefuses(String changes, int status) {
    var answer = assertInstanceOf(HandshakeAnswer.Refused.class, upgrade(with(request(), changes)));
    assertEquals(status, answer.status().code());
    if (status == 426) {
      assertTrue(lines(answer.headers()).startsWith("Upgrade: websocket & Connection: Upgrade"));
    }
    assertEquals(changes.contains("Version"), answer.headers().contains("Sec-WebSocket-Version"));
  }

  @Test
  void serverWantsGet() {
    var answer = SERVER.upgrade(Method.POST, request(), false, "server.example");
    assertEquals(405, answer.status().code());
    assertEquals("Allow: GET", lines(answer.headers()));
  }

  @Test
  void isUpgradeTellsWhoAnswers() {
    assertTrue(ServerHandshake.isUpgrade(request()));
    assertTrue(ServerHandshake.isUpgrade(Headers.of("Upgrade", "h2c, WebSocket")));
    assertTrue(!ServerHandshake.isUpgrade(Headers.of("Upgrade", "h2c")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "chat           | chat",
        "mqtt, chat     | mqtt",
        "x, chat, mqtt  | chat",
        "CHAT, mqtt     | mqtt",
        "x              | ",
      })
  void serverSpeaksTheFirstSubprotocolThatBothKnow(String wanted, String expected) {
    var answer =
        (HandshakeAnswer.Accepted) upgrade(with(request(), "Sec-WebSocket-Protocol: " + wanted));
    assertEquals(expected, answer.subprotocol());
    assertEquals(expected, answer.headers().get("Sec-WebSocket-Protocol"));
  }

  @Test
  void serverAcceptsCompression() {
    var offer = "Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits";
    var answer = (HandshakeAnswer.Accepted) upgrade(with(request(), offer));
    assertEquals(
        "permessage-deflate; client_no_context_takeover",
        answer.headers().get("Sec-WebSocket-Extensions"));
    assertNotNull(answer.deflate());
    var plain =
        new ServerHandshake(new HandshakePolicy(OriginPolicy.any(), List.of(), null))
            .upgrade(Method.GET, with(request(), offer), true, "x");
    assertNull(((HandshakeAnswer.Accepted) plain).deflate());
    assertTrue(!plain.headers().contains("Sec-WebSocket-Extensions"));
  }

  @Test
  void serverAnswersExtendedConnect() {
    var request =
        Headers.of(
            "sec-websocket-version", "13",
            "sec-websocket-protocol", "mqtt",
            "sec-websocket-extensions", "permessage-deflate",
            "origin", "https://server.example");
    var answer =
        assertInstanceOf(
            HandshakeAnswer.Accepted.class, SERVER.connect(request, true, "server.example"));
    assertEquals(200, answer.status().code());
    assertEquals("mqtt", answer.subprotocol());
    assertTrue(!answer.headers().contains("Upgrade"));
    assertTrue(!answer.headers().contains("Sec-WebSocket-Accept"));
    assertEquals(403, SERVER.connect(request, true, "other.example").status().code());
    request.set("sec-websocket-version", "12");
    var refused = SERVER.connect(request, true, "server.example");
    assertEquals(400, refused.status().code());
    assertEquals("Sec-WebSocket-Version: 13", lines(refused.headers()));
  }

  private static ClientHandshake client(List<String> subprotocols, DeflateSettings deflate) {
    return new ClientHandshake(NONCE, subprotocols, deflate);
  }

  @Test
  void clientAsks() {
    var headers = Headers.create();
    var asking = client(List.of("chat", "mqtt"), DeflateSettings.CLIENT);
    asking.addConnect(headers);
    assertEquals(
        "Sec-WebSocket-Version: 13 & Sec-WebSocket-Protocol: chat, mqtt"
            + " & Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits",
        lines(headers));
    assertEquals("Sec-WebSocket-Key: " + KEY, lines(asking.ofUpgrade()));
    var connect = Headers.create();
    client(List.of(), null).addConnect(connect);
    assertEquals("Sec-WebSocket-Version: 13", lines(connect));
  }

  private static Headers response() {
    return Headers.of(
        "Upgrade", "websocket", "Connection", "Upgrade", "Sec-WebSocket-Accept", ACCEPT);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Upgrade: WEBSOCKET & Connection: foo, upgrade",
        "Sec-WebSocket-Protocol: mqtt",
        "Sec-WebSocket-Extensions: permessage-deflate",
        "Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits=9",
      })
  void clientTakes(String changes) {
    var client = client(List.of("chat", "mqtt"), DeflateSettings.CLIENT);
    var established = client.upgraded(101, with(response(), changes));
    assertEquals(changes.contains("mqtt"), established.subprotocol() != null);
    assertEquals(changes.contains("deflate"), established.deflate() != null);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-Upgrade",
        "Upgrade: h2c",
        "+Upgrade: websocket",
        "-Connection",
        "Connection: close",
        "-Sec-WebSocket-Accept",
        "Sec-WebSocket-Accept: c3pPLMBiTxaQ9kYGzzhZRbK+xOo=",
        "+Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=",
        "Sec-WebSocket-Protocol: other",
        "Sec-WebSocket-Protocol: chat, mqtt",
        "Sec-WebSocket-Protocol: chat & +Sec-WebSocket-Protocol: chat",
        "Sec-WebSocket-Protocol: Chat",
        "Sec-WebSocket-Extensions: foo",
        "Sec-WebSocket-Extensions: permessage-deflate, foo",
        "Sec-WebSocket-Extensions: permessage-deflate, permessage-deflate",
        "Sec-WebSocket-Extensions: permessage-deflate; foo",
        "Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits",
        "Sec-WebSocket-Extensions: permessage-deflate; server_max_window_bits=16",
        "Sec-WebSocket-Extensions: ;",
        "Sec-WebSocket-Extensions:",
      })
  void clientRefuses(String changes) {
    var client = client(List.of("chat", "mqtt"), DeflateSettings.CLIENT);
    var headers = with(response(), changes);
    var e = assertThrows(HandshakeFailed.class, () -> client.upgraded(101, headers));
    assertEquals(101, e.code());
    if (changes.contains("Protocol") || changes.contains("Extensions")) {
      assertThrows(HandshakeFailed.class, () -> client.connected(200, headers));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 301, 400, 401, 426, 500})
  void clientWants101(int status) {
    var client = client(List.of(), null);
    var e = assertThrows(HandshakeFailed.class, () -> client.upgraded(status, response()));
    assertEquals(status, e.code());
  }

  @Test
  void clientTakesAnExtendedConnect() {
    var client = client(List.of("chat"), null);
    assertEquals(
        "chat", client.connected(200, Headers.of("sec-websocket-protocol", "chat")).subprotocol());
    assertThrows(HandshakeFailed.class, () -> client.connected(101, response()));
    assertThrows(
        HandshakeFailed.class,
        () -> client.connected(200, Headers.of("sec-websocket-extensions", "permessage-deflate")));
  }

  @Test
  void clientsMistakesAreItsOwn() {
    assertThrows(IllegalArgumentException.class, () -> client(List.of("a", "a"), null));
    assertThrows(IllegalArgumentException.class, () -> client(List.of("a b"), null));
    assertThrows(IllegalArgumentException.class, () -> client(List.of(""), null));
    assertThrows(
        IllegalArgumentException.class, () -> new ClientHandshake(new byte[15], List.of(), null));
  }
}
