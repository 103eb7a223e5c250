package dev.weir.stream;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** Why a carrier could not be opened, or ended before its time. */
public abstract sealed class StreamException extends WeirException {

  @Serial private static final long serialVersionUID = 1L;

  private StreamException(String layer, long code, String message, @Nullable Throwable cause) {
    super(layer, code, "", message, cause);
  }

  /** The name could not be resolved, or no address accepted a connection. */
  public static final class ConnectFailed extends StreamException {
    @Serial private static final long serialVersionUID = 1L;

    /** Names what was tried and what the last attempt answered. */
    public ConnectFailed(String message, @Nullable Throwable cause) {
      super("connect", -1, message, cause);
    }
  }

  /** The peer, or something on the way, cut the connection. */
  public static final class Reset extends StreamException {
    @Serial private static final long serialVersionUID = 1L;

    /**
     * @param code the peer's code, or -1 where the carrier has none
     */
    public Reset(String layer, long code, String message, @Nullable Throwable cause) {
      super(layer, code, message, cause);
    }
  }

  /** A limit in time was passed: connecting, handshake, idle, liveness, closing. */
  public static final class TimedOut extends StreamException {
    @Serial private static final long serialVersionUID = 1L;

    /**
     * @param layer what was waited for
     */
    public TimedOut(String layer, String message) {
      super(layer, -1, message, null);
    }
  }

  /** TLS failed: the handshake, a record, or an end without close_notify. */
  public static final class TlsFailed extends StreamException {
    @Serial private static final long serialVersionUID = 1L;

    /**
     * Wraps what the engine said.
     *
     * @param code the number of the alert that was sent or received (RFC 8446 6), or -1
     */
    public TlsFailed(long code, String message, @Nullable Throwable cause) {
      super("tls", code, message, cause);
    }
  }

  /**
   * This side gave up: {@link ByteStream#reset}, a handler that threw, or a loop that was closed.
   */
  public static final class Aborted extends StreamException {
    @Serial private static final long serialVersionUID = 1L;

    /** Says who gave up and why. */
    public Aborted(String layer, long code, String message, @Nullable Throwable cause) {
      super(layer, code, message, cause);
    }
  }
}
