package dev.weir.cli.serve;

import dev.weir.websocket.WebSocket;
import dev.weir.websocket.WebSocketHandler;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.OptionalDouble;

/** A handler whose connection is shown on the page: pings once a second to know the round trip. */
final class CountedWebSocket implements WebSocketHandler {

  private static final Duration PING_EVERY = Duration.ofSeconds(1);

  private final LiveConnections live;
  private final String target;
  private final WebSocketHandler handler;
  private volatile double rttMillis = -1;

  CountedWebSocket(LiveConnections live, String target, WebSocketHandler handler) {
    this.live = live;
    this.target = target;
    this.handler = handler;
  }

  String target() {
    return target;
  }

  /** The last round trip, if there was one. */
  OptionalDouble rttMillis() {
    double last = rttMillis;
    return last < 0 ? OptionalDouble.empty() : OptionalDouble.of(last);
  }

  @Override
  public void opened(WebSocket ws) {
    live.opened(ws.carrier().id(), this);
    handler.opened(ws);
    ping(ws);
  }

  private void ping(WebSocket ws) {
    if (ws.isOpen()) {
      ws.sendPing(ByteBuffer.allocate(Long.BYTES).putLong(System.nanoTime()).flip());
      ws.loop().schedule(PING_EVERY, () -> ping(ws));
    }
  }

  @Override
  public void pong(WebSocket ws, ByteBuffer payload) {
    if (payload.remaining() == Long.BYTES) {
      rttMillis = (System.nanoTime() - payload.getLong(payload.position())) / 1e6;
    }
    handler.pong(ws, payload);
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
