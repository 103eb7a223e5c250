package dev.weir.websocket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.weir.net.Endpoint;
import dev.weir.net.Listener;
import dev.weir.stream.ByteStream;
import dev.weir.stream.StreamHandler;
import dev.weir.testkit.SimHost;
import dev.weir.testkit.SimNetwork;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a WebSocket's URI may be, and what the request for it says (RFC 6455 3, 4.1). */
class WebSocketUriTest {

  private final SimNetwork net = new SimNetwork(1);
  private final SimHost near = net.host("near");
  private final SimHost far = net.host("far");
  private final WebSocketClient client = WebSocketClient.on(near.context(1), NoTls.CONTEXT);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://far/",
        "ws:/chat",
        "ws:///chat",
        "//far/chat",
        "ws://user@far/",
        "ws://user:password@far/",
        "ws://far/chat#room"
      })
  void isRefused(String uri) {
    assertThrows(IllegalArgumentException.class, () -> client.open(uri, new Echo()));
  }

  @ParameterizedTest
  @CsvSource({
    "ws://far, GET / HTTP/1.1, Host: far",
    "WS://far:8080/chat?room=1, GET /chat?room=1 HTTP/1.1, Host: far:8080",
    "ws://far?room=%231, GET /?room=%231 HTTP/1.1, Host: far",
    "ws://[::1]:80/, GET / HTTP/1.1, Host: [::1]"
  })
  void isAskedFor(String uri, String requestLine, String host) {
    var head = new StringBuilder();
    Listener listener =
        far.context(1)
            .listen(
                far.address(80),
                stream ->
                    new StreamHandler() {
                      @Override
                      public void received(ByteStream from, ByteBuffer bytes) {
                        head.append(StandardCharsets.ISO_8859_1.decode(bytes));
                        from.close();
                      }
                    });
    var opening = client.withEndpoint(Endpoint.of(listener.address())).open(uri, new Echo());
    net.runUntil(opening::isDone);
    listener.close();

    assertEquals(requestLine, head.toString().lines().findFirst().orElseThrow());
    assertEquals(1, head.toString().lines().filter(host::equals).count(), head::toString);
    net.runUntilIdle();
    net.assertNothingLeft();
  }
}
