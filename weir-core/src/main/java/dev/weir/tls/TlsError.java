package dev.weir.tls;

import dev.weir.stream.WeirException;
import org.jspecify.annotations.Nullable;

/**
 * A TLS connection failed. The message says what was received, what was expected and, where there
 * is something to do about it, what. After one of these the engine only yields, by {@link
 * TlsEngine#wrap}, the bytes of the alert that tells the peer, if there is one to send.
 */
public abstract sealed class TlsError extends WeirException {
  private static final long serialVersionUID = 1;

  private final @Nullable TlsAlert alert;

  private TlsError(@Nullable TlsAlert alert, String message, @Nullable Throwable cause) {
    super("tls", alert == null ? -1 : alert.code(), "RFC 8446 6", message, cause);
    this.alert = alert;
  }

  /** Returns the alert that was sent or received; null where there was none, or an unknown one. */
  public @Nullable TlsAlert alert() {
    return alert;
  }

  /**
   * The peer broke the protocol, or nothing that both sides accept was found; we sent the alert.
   */
  public static final class Refused extends TlsError {
    private static final long serialVersionUID = 1;

    /** Makes an error for the alert that is sent. */
    public Refused(TlsAlert alert, String message, @Nullable Throwable cause) {
      super(alert, alert.text() + ": " + message, cause);
    }
  }

  /** The peer gave up and said why by an alert. */
  public static final class PeerAlert extends TlsError {
    private static final long serialVersionUID = 1;

    /** Makes an error for the alert that was received. */
    public PeerAlert(@Nullable TlsAlert alert, String message, @Nullable Throwable cause) {
      super(alert, message, cause);
    }
  }

  /** The peer's certificate was refused; {@link #refusal()} says why, more finely than an alert. */
  public static final class CertificateRefused extends TlsError {
    private static final long serialVersionUID = 1;

    private final RefusedCertificate refusal;

    /** Makes an error for the verdict and for the alert that is sent. */
    public CertificateRefused(TlsAlert alert, RefusedCertificate refusal) {
      super(alert, alert.text() + ": " + refusal.getMessage(), refusal);
      this.refusal = refusal;
    }

    /** Returns the verdict of the {@link Trust}. */
    public RefusedCertificate refusal() {
      return refusal;
    }
  }

  /**
   * The transport ended without close_notify (RFC 8446 6.1): what was received may be cut short, by
   * a careless peer or by an attacker.
   */
  public static final class Truncated extends TlsError {
    private static final long serialVersionUID = 1;

    /** Makes an error that carries no alert. */
    public Truncated(String message) {
      super(null, message, null);
    }
  }
}
