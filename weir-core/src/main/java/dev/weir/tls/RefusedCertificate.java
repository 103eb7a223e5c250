package dev.weir.tls;

import java.security.cert.CertificateException;

/** The verdict of a {@link Trust} that does not believe a chain. */
public final class RefusedCertificate extends CertificateException {
  private static final long serialVersionUID = 1;

  /** What is wrong, and the alert that RFC 8446 6.2 has for it. */
  public enum Reason {
    /** No chain leads to a trust anchor. */
    UNTRUSTED(TlsAlert.UNKNOWN_CA),
    /** The certificate is its own issuer and no trust anchor. */
    SELF_SIGNED(TlsAlert.UNKNOWN_CA),
    /** It has another fingerprint than was pinned. */
    NOT_PINNED(TlsAlert.CERTIFICATE_UNKNOWN),
    /** Its validity is over. */
    EXPIRED(TlsAlert.CERTIFICATE_EXPIRED),
    /** Its validity has not begun. */
    NOT_YET_VALID(TlsAlert.BAD_CERTIFICATE),
    /** It is valid for other hosts. */
    WRONG_HOST(TlsAlert.BAD_CERTIFICATE),
    /** It has been revoked. */
    REVOKED(TlsAlert.CERTIFICATE_REVOKED),
    /** A signature is wrong, or too weak, or the key may not be used so. */
    INVALID(TlsAlert.BAD_CERTIFICATE);

    private final TlsAlert alert;

    Reason(TlsAlert alert) {
      this.alert = alert;
    }

    /** Returns the alert that fits; some libraries send a less exact one. */
    public TlsAlert alert() {
      return alert;
    }
  }

  private final Reason reason;

  RefusedCertificate(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  RefusedCertificate(Reason reason, String message, Throwable cause) {
    super(message, cause);
    this.reason = reason;
  }

  /** Returns what is wrong. */
  public Reason reason() {
    return reason;
  }
}
