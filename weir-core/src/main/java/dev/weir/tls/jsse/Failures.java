package dev.weir.tls.jsse;

import dev.weir.tls.RefusedCertificate;
import dev.weir.tls.TlsAlert;
import dev.weir.tls.TlsError;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLProtocolException;
import org.jspecify.annotations.Nullable;

/**
 * Finds the alert in an exception of JSSE, which tells it only by the start of the message: {@code
 * (bad_record_mac) Tag mismatch}. A test per case watches that this stays so.
 */
final class Failures {
  private static final String RECEIVED = "Received fatal alert: ";
  private static final String UNKNOWN = "Unknown alert description (";

  private Failures() {}

  static TlsError of(SSLException e) {
    String message = e.getMessage() == null ? "" : e.getMessage();
    int close = message.startsWith("(") ? message.indexOf(") ") : -1;
    var named = close < 0 ? null : TlsAlert.ofText(message.substring(1, close));
    String text = close < 0 ? message : message.substring(close + 2);
    if (text.startsWith(RECEIVED)) {
      return new TlsError.PeerAlert(
          named, "the peer gave up and sent the alert " + text.substring(RECEIVED.length()), e);
    }
    if (text.startsWith(UNKNOWN)) {
      return new TlsError.PeerAlert(null, "the peer gave up; " + text, e);
    }
    // Without a name JSSE's transport sends one of these two, by the kind of exception.
    var alert =
        named != null
            ? named
            : e instanceof SSLProtocolException
                ? TlsAlert.UNEXPECTED_MESSAGE
                : TlsAlert.INTERNAL_ERROR;
    var refusal = refusal(e);
    return refusal != null
        ? new TlsError.CertificateRefused(alert, refusal)
        : new TlsError.Refused(alert, text, e);
  }

  private static @Nullable RefusedCertificate refusal(Throwable e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof RefusedCertificate refused) {
        return refused;
      }
    }
    return null;
  }
}
