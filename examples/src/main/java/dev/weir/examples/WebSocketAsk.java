package dev.weir.examples;

import dev.weir.Weir;
import dev.weir.tls.Trust;
import dev.weir.websocket.WebSocket;
import dev.weir.websocket.WebSocketHandler;
import java.util.concurrent.CompletableFuture;

/** A WebSocket client: asks one thing, and closes in order when it has heard the answer. */
public final class WebSocketAsk implements WebSocketHandler {

  private final String question;
  private final CompletableFuture<String> answer = new CompletableFuture<>();

  private WebSocketAsk(String question) {
    this.question = question;
  }

  /** Asks a server that may speak the subprotocol {@code ask}. */
  public static CompletableFuture<String> ask(Weir weir, Trust trust, String uri, String question) {
    WebSocketAsk handler = new WebSocketAsk(question);
    return weir.webSockets(trust)
        .withSubprotocols("ask")
        .open(uri, handler)
        .thenCompose(ws -> handler.answer);
  }

  @Override
  public void opened(WebSocket ws) {
    ws.send(question);
  }

  @Override
  public void text(WebSocket ws, String message) {
    answer.complete(message);
    ws.close();
  }

  @Override
  public void closed(WebSocket ws, int code, String reason) {
    answer.completeExceptionally(new IllegalStateException("no answer: " + code + " " + reason));
  }

  /** Asks the server at the URI that is given first what is given second. */
  public static void main(String[] args) {
    try (Weir weir = Weir.start()) {
      System.out.println(ask(weir, Trust.jdk(), args[0], args[1]).join());
    }
  }
}
