package dev.weir.websocket;

import dev.weir.net.Validity;
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
 * @param validity after which silence to ping the peer, and after which to hang up on it with 1006;
 *     or {@code null} to wait for ever: no other idle limit applies to a WebSocket. Costs some 150
 *     bytes for each connection
 */
public record WebSocketConfig(
    WebSocketLimits limits,
    int maxQueuedBytes,
    boolean streamed,
    Duration closeTimeout,
    @Nullable DeflateSettings deflate,
    Validity.@Nullable Policy validity) {

  /** For servers: whole messages, at most 16 MiB queued, five seconds for a close, compression. */
  public static final WebSocketConfig SERVER =
      new WebSocketConfig(
          WebSocketLimits.DEFAULTS,
          16 << 20,
          false,
          Duration.ofSeconds(5),
          DeflateSettings.SERVER,
          null);

  /**
   * For clients: the same, with the compression that suits them, and a server that has been silent
   * for five minutes is pinged.
   */
  public static final WebSocketConfig CLIENT =
      SERVER.withDeflate(DeflateSettings.CLIENT).withValidity(Validity.Policy.DEFAULT);

  /** This with other limits. */
  public WebSocketConfig withLimits(WebSocketLimits value) {
    return new WebSocketConfig(value, maxQueuedBytes, streamed, closeTimeout, deflate, validity);
  }

  /** This with another {@link #maxQueuedBytes}. */
  public WebSocketConfig withMaxQueuedBytes(int bytes) {
    return new WebSocketConfig(limits, bytes, streamed, closeTimeout, deflate, validity);
  }

  /** This, with messages in pieces or whole. */
  public WebSocketConfig withStreamed(boolean value) {
    return new WebSocketConfig(limits, maxQueuedBytes, value, closeTimeout, deflate, validity);
  }

  /** This with another {@link #closeTimeout}. */
  public WebSocketConfig withCloseTimeout(Duration value) {
    return new WebSocketConfig(limits, maxQueuedBytes, streamed, value, deflate, validity);
  }

  /** This with another compression, or none. */
  public WebSocketConfig withDeflate(@Nullable DeflateSettings value) {
    return new WebSocketConfig(limits, maxQueuedBytes, streamed, closeTimeout, value, validity);
  }

  /** This noticing peers that have vanished at other times, or never. */
  public WebSocketConfig withValidity(Validity.@Nullable Policy value) {
    return new WebSocketConfig(limits, maxQueuedBytes, streamed, closeTimeout, deflate, value);
  }
}
