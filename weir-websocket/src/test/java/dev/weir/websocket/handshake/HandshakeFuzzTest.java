package dev.weir.websocket.handshake;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.weir.http.Headers;
import dev.weir.http.Method;
import dev.weir.websocket.DeflateSettings;
import dev.weir.websocket.OriginPolicy;
import dev.weir.websocket.WebSocketException.HandshakeFailed;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Whatever the fields: both sides accept or refuse, and say no more than they were told. */
final class HandshakeFuzzTest {

  private static final String[] NAMES = {
    "Upgrade",
    "Connection",
    "Origin",
    "Sec-WebSocket-Key",
    "Sec-WebSocket-Version",
    "Sec-WebSocket-Protocol",
    "Sec-WebSocket-Extensions",
    "Sec-WebSocket-Accept"
  };
  private static final List<String> SUBPROTOCOLS = List.of("chat", "mqtt");
  private static final ServerHandshake SERVER =
      new ServerHandshake(
          new HandshakePolicy(OriginPolicy.sameOrigin(), SUBPROTOCOLS, DeflateSettings.SERVER));

  @FuzzTest
  void acceptsOrRefuses(FuzzedDataProvider data) {
    var request =
        Headers.of(
            "Upgrade", "websocket",
            "Connection", "Upgrade",
            "Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ==",
            "Sec-WebSocket-Version", "13");
    var response =
        Headers.of(
            "Upgrade", "websocket",
            "Connection", "Upgrade",
            "Sec-WebSocket-Accept", "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
    while (data.remainingBytes() > 0) {
      String name = data.pickValue(NAMES);
      String value = data.consumeAsciiString(100);
      if (value.chars().allMatch(c -> c >= ' ' && c < 0x7F)) {
        (data.consumeBoolean() ? request : response).add(name, value);
      }
    }
    String authority = "server.example";
    for (HandshakeAnswer answer :
        List.of(
            SERVER.upgrade(Method.GET, request, true, authority),
            SERVER.connect(request, true, authority))) {
      if (answer instanceof HandshakeAnswer.Accepted accepted
          && accepted.subprotocol() != null
          && !SUBPROTOCOLS.contains(accepted.subprotocol())) {
        throw new AssertionError(accepted.subprotocol());
      }
    }
    try {
      var client =
          new ClientHandshake(
              "the sample nonce".getBytes(StandardCharsets.US_ASCII),
              SUBPROTOCOLS,
              DeflateSettings.CLIENT);
      client.upgraded(101, response);
    } catch (HandshakeFailed e) {
      if (e.code() != 101) {
        throw new AssertionError(e);
      }
    }
  }
}
