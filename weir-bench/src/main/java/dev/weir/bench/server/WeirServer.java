package dev.weir.bench.server;

import dev.weir.Host;
import dev.weir.Weir;
import dev.weir.http.BodyHandler;
import dev.weir.http.Headers;
import dev.weir.http.HttpResponse;
import dev.weir.tls.Identity;
import dev.weir.websocket.EncodedMessage;
import dev.weir.websocket.WebSocket;
import dev.weir.websocket.WebSocketHandler;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.LinkedHashSet;
import java.util.Set;

/** Weir, on one loop, of the kind that is asked for. */
final class WeirServer {

  private static final byte[] HELLO = Content.hello();
  private static final byte[] LARGE = Content.large();

  private WeirServer() {}

  static Running start(String loop, Content content) {
    Weir weir = Weir.start(1, loop);
    Set<WebSocket> all = new LinkedHashSet<>();
    Host host =
        weir.host(
            "*",
            h ->
                h.get("/", (request, response) -> hello(response))
                    .get(
                        "/100k",
                        (request, response) ->
                            response.header("content-type", Content.BINARY).bytes(LARGE))
                    .post("/upload", (request, response) -> request.body(new Upload(response)))
                    .files("/", content.www())
                    .webSocket("/ws", Echo::new)
                    .webSocket("/broadcast", () -> new Broadcast(all))
                    .listenPlain(Content.anyPort())
                    .tls(Identity.pem(content.certificate(), content.key()))
                    .listen(Content.anyPort()));
    int plain = port(host, 0);
    return new Running(plain, port(host, 1), plain, weir);
  }

  private static int port(Host host, int index) {
    return ((InetSocketAddress) host.addresses().get(index)).getPort();
  }

  private static void hello(HttpResponse response) {
    response.header("content-type", Content.TEXT).bytes(HELLO);
  }

  /** Reads a body to its end. */
  private record Upload(HttpResponse response) implements BodyHandler {
    @Override
    public void data(ByteBuffer bytes) {
      bytes.position(bytes.limit());
    }

    @Override
    public void end(Headers trailers) {
      hello(response);
    }
  }

  private static final class Echo implements WebSocketHandler {
    @Override
    public void text(WebSocket ws, String message) {
      ws.send(message);
    }

    @Override
    public void binary(WebSocket ws, ByteBuffer data) {
      ws.send(data);
    }
  }

  /** All WebSockets live on one loop, so they may share a set. */
  private record Broadcast(Set<WebSocket> all) implements WebSocketHandler {
    @Override
    public void opened(WebSocket ws) {
      all.add(ws);
    }

    @Override
    public void text(WebSocket ws, String message) {
      send(EncodedMessage.text(message));
    }

    @Override
    public void binary(WebSocket ws, ByteBuffer data) {
      send(EncodedMessage.binary(data));
    }

    private void send(EncodedMessage message) {
      for (WebSocket each : all) {
        each.send(message);
      }
    }

    @Override
    public void closed(WebSocket ws, int code, String reason) {
      all.remove(ws);
    }
  }
}
