package dev.weir.cli.serve;

import dev.weir.websocket.WebSocket;
import dev.weir.websocket.WebSocketHandler;
import java.nio.ByteBuffer;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** A handler whose connection is shown on the page, with its round-trip time. */
final class CountedWebSocket implements WebSocketHandler {

  private final LiveConnections live;
  private final String target;
  private final WebSocketHandler handler;
  private @Nullable WebSocket webSocket;

  CountedWebSocket(LiveConnections live, String target, WebSocketHandler handler) {
    this.live = live;
    this.target = target;
    this.handler = handler;
  }

  String target() {
    return target;
  }

  /** The round-trip time, if it is known. On the connection's loop. */
  OptionalDouble rttMillis() {
    WebSocket ws = webSocket;
    return ws == null
        ? OptionalDouble.empty()
        : ws.roundTripTime().stream().mapToDouble(rtt -> rtt.toNanos() / 1e6).findFirst();
  }

  @Override
  public void opened(WebSocket ws) {
    webSocket = ws;
    live.opened(ws.carrier().id(), this);
    handler.opened(ws);
  }

  @Override
  public void text(WebSocket ws, String message) {
    handler.text(ws, message);
  }

  @Override
  public void binary(WebSocket ws, ByteBuffer data) {
    handler.binary(ws, data);
  }

  @Override
  public void closed(WebSocket ws, int code, String reason) {
    live.closed(ws.carrier().id(), this);
    handler.closed(ws, code, reason);
  }
}
