package dev.weir.websocket;

import dev.weir.loop.Loop;
import dev.weir.stream.Carrier;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One WebSocket (RFC 6455), as client or as server, on whatever carries it.
 *
 * <p>Two ways to send. {@link #send} takes a whole message from any thread and queues what does not
 * leave at once, up to a limit. {@link #write} belongs to the loop, queues nothing and says how
 * much it took: together with {@link #wantWritable()} memory stays bounded however large the
 * message is.
 */
public interface WebSocket {

  /**
   * Sends a text message. Any thread; messages of one thread keep their order.
   *
   * @throws QueueFullException if {@link WebSocketConfig#maxQueuedBytes} are waiting already:
   *     nothing was accepted
   */
  void send(String text);

  /**
   * Sends a binary message, from position to limit. The bytes are copied unless they leave at once;
   * the position moves to the limit. Any thread, as {@link #send(String)}.
   */
  void send(ByteBuffer data);

  /**
   * Sends a message that is encoded, and compressed where that was agreed on, once for all the
   * connections that it is sent to. Any thread, as {@link #send(String)}.
   */
  void send(EncodedMessage message);

  /**
   * Sends a message, or more of the one under way, as much as there is room for. Loop thread.
   *
   * @param text whether the message is text; then {@code data} is valid UTF-8, which is not checked
   * @param data its position moves past what was taken
   * @param last whether the message ends with the last byte of {@code data}
   * @return whether all was taken; if not, {@link #wantWritable()} and go on with the rest
   */
  boolean write(boolean text, ByteBuffer data, boolean last);

  /** Asks for one call of {@link WebSocketHandler#writable}. Loop thread. */
  void wantWritable();

  /** Sends a ping with at most 125 bytes. Any thread; dropped if there is no room. */
  void sendPing(ByteBuffer payload);

  /** Stops delivery until {@link #resume()}, and so the peer. Loop thread. */
  void pause();

  /** Ends a {@link #pause()}. Loop thread. */
  void resume();

  /**
   * Starts the closing handshake; what was sent before leaves before it, what is sent after it does
   * not. Has no effect the second time. Any thread.
   *
   * @param code a code that may travel, see {@link CloseCode#mayTravel}
   * @param reason at most 123 bytes as UTF-8
   * @throws IllegalArgumentException if {@code code} may not travel or {@code reason} is too long
   */
  void close(int code, String reason);

  /** Closes with 1000 and no reason. Any thread. */
  default void close() {
    close(CloseCode.NORMAL, "");
  }

  /** Whether messages can be sent: neither side has closed. Any thread. */
  boolean isOpen();

  /** How many bytes wait to be sent. Any thread. */
  int queuedBytes();

  /**
   * The smoothed time from ping to pong (RFC 6298 2), of the pings that {@link
   * WebSocketConfig#validity} has sent; empty before the first was answered. Loop thread.
   */
  Optional<Duration> roundTripTime();

  /** The subprotocol that was agreed on, or {@code null}. Any thread. */
  @Nullable String subprotocol();

  /** What is known of the connection below. Any thread. */
  Carrier carrier();

  /** The loop that the connection lives on. Any thread. */
  Loop loop();
}
