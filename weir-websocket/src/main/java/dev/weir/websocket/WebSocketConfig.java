package dev.weir.websocket;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How WebSockets behave, those of a server's endpoint or of a client. Immutable; start from {@link
 * #SERVER} or {@link #CLIENT}.
 *
 * @param limits what a peer may send
 * @param maxQueuedBytes how much {@link WebSocket#send} queues for one connection
 * @param streamed whether messages come in pieces ({@link WebSocketHandler#piece}) rather than
 *     whole
 * @param closeTimeout how long to wait for the peer's Close frame
 * @param deflate how to compress, or {@code null} not to
 */
public record WebSocketConfig(
    WebSocketLimits limits,
    int maxQueuedBytes,
    boolean streamed,
    Duration closeTimeout,
    @Nullable DeflateSettings deflate) {

  /** For servers: whole messages, at most 16 MiB queued, five seconds for a close, compression. */
  public static final WebSocketConfig SERVER =
      new WebSocketConfig(
          WebSocketLimits.DEFAULTS, 16 << 20, false, Duration.ofSeconds(5), DeflateSettings.SERVER);

  /** For clients: the same, with the compression that suits them. */
  public static final WebSocketConfig CLIENT = SERVER.withDeflate(DeflateSettings.CLIENT);

  /** This with other limits. */
  public WebSocketConfig withLimits(WebSocketLimits value) {
    return new WebSocketConfig(value, maxQueuedBytes, streamed, closeTimeout, deflate);
  }

  /** This with another {@link #maxQueuedBytes}. */
  public WebSocketConfig withMaxQueuedBytes(int bytes) {
    return new WebSocketConfig(limits, bytes, streamed, closeTimeout, deflate);
  }

  /** This, with messages in pieces or whole. */
  public WebSocketConfig withStreamed(boolean value) {
    return new WebSocketConfig(limits, maxQueuedBytes, value, closeTimeout, deflate);
  }

  /** This with another {@link #closeTimeout}. */
  public WebSocketConfig withCloseTimeout(Duration value) {
    return new WebSocketConfig(limits, maxQueuedBytes, streamed, value, deflate);
  }

  /** This with another compression, or none. */
  public WebSocketConfig withDeflate(@Nullable DeflateSettings value) {
    return new WebSocketConfig(limits, maxQueuedBytes, streamed, closeTimeout, value);
  }
}
