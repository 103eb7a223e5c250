package dev.weir.stream;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The consumer of a {@link ByteStream}. All calls come on the stream's loop, one at a time, and
 * must not block. An exception that escapes a callback is logged and resets the stream; it harms no
 * other.
 */
public interface StreamHandler {

  /** The stream can be used: connected, accepted, and where there is TLS, its handshake done. */
  default void opened(ByteStream stream) {}

  /**
   * Bytes have come. {@code bytes} is a view of a buffer that the loop owns and lends for the
   * length of this call. Take what can be used and leave the position there: what is left is kept
   * by the carrier and comes again, in front of what arrives next, or after {@link
   * ByteStream#resume()} if the handler paused. A handler that is not paused must be able to make
   * progress within {@link #MAX_LEFT} bytes; a carrier resets the stream otherwise.
   */
  void received(ByteStream stream, ByteBuffer bytes);

  /** The most that may be left in {@link #received} while not paused, in bytes. */
  int MAX_LEFT = 44 * 1024;

  /**
   * The peer has ended its direction; no more bytes will come. Ours stays open until {@link
   * ByteStream#end()} or {@link ByteStream#close()}. By default the stream is closed in order.
   */
  default void ended(ByteStream stream) {
    stream.close();
  }

  /** The stream can take bytes again; answers one {@link ByteStream#wantWritable()}. */
  default void writable(ByteStream stream) {}

  /**
   * The context is shutting down: finish what has begun, begin nothing new, and close. What is
   * still open at the shutdown's deadline is cut. By default the stream is closed in order at once.
   */
  default void drain(ByteStream stream) {
    stream.close();
  }

  /**
   * The stream is gone. The last call, exactly one for every stream that was opened, and for one
   * that could not be.
   *
   * @param problem why, or {@code null} if both directions ended in order
   */
  default void closed(ByteStream stream, @Nullable WeirException problem) {}
}
