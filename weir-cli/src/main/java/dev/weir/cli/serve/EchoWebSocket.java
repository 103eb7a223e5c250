package dev.weir.cli.serve;

import dev.weir.websocket.WebSocket;
import dev.weir.websocket.WebSocketHandler;
import java.nio.ByteBuffer;

/** Sends every message back. */
class EchoWebSocket implements WebSocketHandler {

  @Override
  public void text(WebSocket ws, String message) {
    ws.send(message);
  }

  @Override
  public void binary(WebSocket ws, ByteBuffer data) {
    ws.send(data);
  }
}
