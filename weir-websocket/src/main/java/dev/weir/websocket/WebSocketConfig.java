package dev.weir.websocket;

import java.time.Duration;

/**
 * How WebSockets behave, of a server's endpoint or of a client. Immutable; start from {@link
 * #DEFAULTS}.
 *
 * @param limits what a peer may send
 * @param maxQueuedBytes how much {@link WebSocket#send} queues for one connection
 * @param streamed whether messages come in pieces ({@link WebSocketHandler#piece}) rather than
 *     whole
 * @param closeTimeout how long to wait for the peer's Close frame
 */
public record WebSocketConfig(
    WebSocketLimits limits, int maxQueuedBytes, boolean streamed, Duration closeTimeout) {

  /** Whole messages, at most 16 MiB queued, five seconds for a close. */
  public static final WebSocketConfig DEFAULTS =
      new WebSocketConfig(WebSocketLimits.DEFAULTS, 16 << 20, false, Duration.ofSeconds(5));

  /** This with other limits. */
  public WebSocketConfig withLimits(WebSocketLimits value) {
    return new WebSocketConfig(value, maxQueuedBytes, streamed, closeTimeout);
  }

  /** This with another {@link #maxQueuedBytes}. */
  public WebSocketConfig withMaxQueuedBytes(int bytes) {
    return new WebSocketConfig(limits, bytes, streamed, closeTimeout);
  }

  /** This, with messages in pieces. */
  public WebSocketConfig withStreamed(boolean value) {
    return new WebSocketConfig(limits, maxQueuedBytes, value, closeTimeout);
  }

  /** This with another {@link #closeTimeout}. */
  public WebSocketConfig withCloseTimeout(Duration value) {
    return new WebSocketConfig(limits, maxQueuedBytes, streamed, value);
  }
}
