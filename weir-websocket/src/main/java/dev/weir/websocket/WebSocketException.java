package dev.weir.websocket;

import dev.weir.stream.WeirException;
import java.io.Serial;

/**
 * What a peer did that ends a WebSocket, or keeps it from being opened.
 *
 * <p>Carries no stack trace: it tells of the peer's bytes, not of a fault in this program, and a
 * peer must not be able to make errors expensive.
 */
public abstract sealed class WebSocketException extends WeirException {

  @Serial private static final long serialVersionUID = 1L;

  private WebSocketException(int code, String reference, String message) {
    super("websocket", code, reference, message, null);
  }

  @Override
  @SuppressWarnings("UnsynchronizedOverridesSynchronized") // there is nothing to guard
  public final Throwable fillInStackTrace() {
    return this;
  }

  /** The peer broke the protocol; {@link #code} is the close code that this end answers with. */
  public static final class Violation extends WebSocketException {
    @Serial private static final long serialVersionUID = 1L;

    /**
     * Tells what was received.
     *
     * @param closeCode as {@link CloseCode#PROTOCOL_ERROR}
     * @param reference the section that was broken, as {@code RFC 6455 5.2}
     * @param message what was received and what was expected
     */
    public Violation(int closeCode, String reference, String message) {
      super(closeCode, reference, message);
    }
  }

  /** The peer sent more than a limit of this end allows; {@link #code} is 1009. */
  public static final class MessageTooBig extends WebSocketException {
    @Serial private static final long serialVersionUID = 1L;

    /**
     * Tells what was exceeded.
     *
     * @param limit {@link WebSocketLimits#maxMessageBytes}
     */
    public MessageTooBig(long limit) {
      super(
          CloseCode.MESSAGE_TOO_BIG,
          "RFC 6455 7.4.1",
          "message of more than " + limit + " bytes, which is the limit maxMessageBytes");
    }
  }

  /** The server's answer does not open a WebSocket; {@link #code} is its HTTP status. */
  public static final class HandshakeFailed extends WebSocketException {
    @Serial private static final long serialVersionUID = 1L;

    /**
     * Tells what was answered.
     *
     * @param status the HTTP status of the answer
     * @param reference the section that was broken, as {@code RFC 6455 4.1}
     * @param message what was received and what was expected
     */
    public HandshakeFailed(int status, String reference, String message) {
      super(status, reference, message);
    }
  }
}
