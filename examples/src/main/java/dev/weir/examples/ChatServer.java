package dev.weir.examples;

import dev.weir.Weir;
import dev.weir.websocket.EncodedMessage;
import dev.weir.websocket.WebSocket;
import dev.weir.websocket.WebSocketHandler;
import java.net.InetSocketAddress;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A chat: what one says is encoded once and sent to everybody. */
public final class ChatServer {

  private final Set<WebSocket> members = ConcurrentHashMap.newKeySet();

  private ChatServer() {}

  /** Starts it; port 0 for any. */
  public static Weir start(int port) {
    ChatServer chat = new ChatServer();
    Weir weir = Weir.start();
    weir.host(
        "localhost",
        host ->
            host.listenPlain(new InetSocketAddress("localhost", port))
                .webSocket("/chat", () -> chat.new Member()));
    return weir;
  }

  private final class Member implements WebSocketHandler {
    @Override
    public void opened(WebSocket ws) {
      members.add(ws);
    }

    @Override
    public void text(WebSocket ws, String message) {
      EncodedMessage encoded = EncodedMessage.text(message);
      members.forEach(member -> member.send(encoded));
    }

    @Override
    public void closed(WebSocket ws, int code, String reason) {
      members.remove(ws);
    }
  }

  /** Serves until it is stopped. */
  public static void main(String[] args) throws InterruptedException {
    try (Weir weir = start(8080)) {
      weir.awaitShutdown();
    }
  }
}
