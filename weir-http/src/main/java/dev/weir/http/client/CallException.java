package dev.weir.http.client;

import dev.weir.stream.WeirException;
import org.jspecify.annotations.Nullable;

/**
 * Why a call ended without a whole response, when neither the carrier ({@link
 * dev.weir.stream.StreamException}) nor a message that breaks HTTP ({@link
 * dev.weir.http.HttpError}) is to blame.
 */
public final class CallException extends WeirException {

  private static final long serialVersionUID = 1L;

  /** What happened. */
  public enum Reason {
    /** The server closed the connection before it had answered (RFC 9112 8). */
    CONNECTION_LOST("RFC 9112 8"),
    /** The request cannot be sent as it is: a target, a Host or a head too large. */
    REQUEST("RFC 9112 3"),
    /** As many calls wait for the origin as may. */
    QUEUE_FULL(""),
    /** The body is longer than the caller allows. */
    BODY_TOO_LARGE(""),
    /** The caller's body source failed, or gave another length than it had told. */
    REQUEST_BODY("RFC 9110 8.6"),
    /** A redirect that must not be followed (RFC 9110 15.4): the message says why. */
    REDIRECT("RFC 9110 15.4"),
    /** The caller's handler failed. */
    HANDLER(""),
    /** The caller cancelled the call. */
    CANCELLED(""),
    /** The client has been closed. */
    CLOSED("");

    private final String reference;

    Reason(String reference) {
      this.reference = reference;
    }
  }

  private final Reason reason;

  CallException(Reason reason, String message, @Nullable Throwable cause) {
    super("http", -1, reason.reference, message, cause);
    this.reason = reason;
  }

  /** What happened. */
  public Reason reason() {
    return reason;
  }
}
