package dev.weir.websocket.session;

import dev.weir.websocket.WebSocketException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Hears what a peer's bytes mean. Called on the loop, within {@link WebSocketSession#receive}.
 *
 * <p>Buffers hold their bytes from position to limit, are lent until the method returns, and may be
 * changed meanwhile. The session may be called back from every method. What a method throws leaves
 * {@code receive} with the session still consistent.
 */
public interface SessionListener {

  /**
   * A whole text message came. Not called in sessions that stream.
   *
   * @param utf8 valid UTF-8
   */
  void text(ByteBuffer utf8);

  /**
   * A whole binary message came. Not called in sessions that stream.
   *
   * @param data its bytes
   */
  void binary(ByteBuffer data);

  /**
   * A piece of a message came. Called in sessions that stream only.
   *
   * @param text whether the message is text; then pieces are valid UTF-8 each by itself
   * @param bytes the piece, which may be empty if it is the last
   * @param last whether the message ends here
   */
  void piece(boolean text, ByteBuffer bytes, boolean last);

  /**
   * A ping came; the answer is already on its way.
   *
   * @param payload up to 125 bytes
   */
  default void ping(ByteBuffer payload) {}

  /**
   * A pong came, asked for or not (RFC 6455 5.5.3).
   *
   * @param payload up to 125 bytes
   */
  default void pong(ByteBuffer payload) {}

  /**
   * The connection is over; nothing else comes. Called once.
   *
   * @param code the peer's close code, {@code NO_STATUS} if its Close frame held none, {@code
   *     ABNORMAL} if there was no Close frame; or the code with which this end failed the
   *     connection
   * @param reason the peer's words, or the error's
   * @param error what the peer did wrong, or null
   */
  void closed(int code, String reason, @Nullable WebSocketException error);
}
