package dev.weir.websocket;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

/** Sends back what comes, and remembers how it ended. */
final class Echo implements WebSocketHandler {

  final List<Integer> codes = new CopyOnWriteArrayList<>();

  /** Completes with the first of {@link #codes}. */
  final CompletableFuture<Integer> over = new CompletableFuture<>();

  @Override
  public void text(WebSocket ws, String message) {
    ws.send(message);
  }

  @Override
  public void binary(WebSocket ws, ByteBuffer data) {
    ws.send(data);
  }

  @Override
  public void closed(WebSocket ws, int code, String reason) {
    codes.add(code);
    over.complete(code);
  }
}
