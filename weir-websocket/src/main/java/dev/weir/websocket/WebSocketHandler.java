package dev.weir.websocket;

import java.nio.ByteBuffer;

/**
 * What an application does with one WebSocket. One handler per connection, its state in its own
 * fields. All calls come on the connection's loop, one at a time, and must not block. An exception
 * that escapes is logged and closes the connection with 1011 (RFC 6455 7.4.1).
 */
public interface WebSocketHandler {

  /** The opening handshake is done: messages can be sent. */
  default void opened(WebSocket ws) {}

  /** A whole text message. Without it, text closes the connection with 1003. */
  default void text(WebSocket ws, String message) {
    ws.close(CloseCode.UNSUPPORTED_DATA, "text is not taken here");
  }

  /**
   * A whole binary message. Without it, binary data closes the connection with 1003.
   *
   * @param data a view that is lent for the length of this call
   */
  default void binary(WebSocket ws, ByteBuffer data) {
    ws.close(CloseCode.UNSUPPORTED_DATA, "binary data is not taken here");
  }

  /**
   * A piece of a message, instead of {@link #text} and {@link #binary}, where the connection was
   * asked to stream.
   *
   * @param text whether it is text; then pieces are valid UTF-8 each by itself
   * @param bytes a view that is lent for the length of this call
   * @param last whether the message ends here
   */
  default void piece(WebSocket ws, boolean text, ByteBuffer bytes, boolean last) {}

  /** A ping has come; it has been answered. */
  default void ping(WebSocket ws, ByteBuffer payload) {}

  /** A pong has come, asked for or not. */
  default void pong(WebSocket ws, ByteBuffer payload) {}

  /** There is room to send; answers one {@link WebSocket#wantWritable()}. */
  default void writable(WebSocket ws) {}

  /**
   * The connection is over. The last call, once.
   *
   * @param code the peer's, {@link CloseCode#NO_STATUS} if it gave none, {@link CloseCode#ABNORMAL}
   *     if the connection ended without a Close frame, or the one that this side failed it with
   * @param reason the peer's words, or what was wrong
   */
  default void closed(WebSocket ws, int code, String reason) {}
}
