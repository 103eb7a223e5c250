package dev.weir.tls;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The alerts of RFC 8446 6 and of RFC 5246 7.2, with their codes. */
public enum TlsAlert {
  CLOSE_NOTIFY(0),
  UNEXPECTED_MESSAGE(10),
  BAD_RECORD_MAC(20),
  RECORD_OVERFLOW(22),
  HANDSHAKE_FAILURE(40),
  BAD_CERTIFICATE(42),
  UNSUPPORTED_CERTIFICATE(43),
  CERTIFICATE_REVOKED(44),
  CERTIFICATE_EXPIRED(45),
  CERTIFICATE_UNKNOWN(46),
  ILLEGAL_PARAMETER(47),
  UNKNOWN_CA(48),
  ACCESS_DENIED(49),
  DECODE_ERROR(50),
  DECRYPT_ERROR(51),
  PROTOCOL_VERSION(70),
  INSUFFICIENT_SECURITY(71),
  INTERNAL_ERROR(80),
  INAPPROPRIATE_FALLBACK(86),
  USER_CANCELED(90),
  /** RFC 5246 only. */
  NO_RENEGOTIATION(100),
  MISSING_EXTENSION(109),
  UNSUPPORTED_EXTENSION(110),
  UNRECOGNIZED_NAME(112),
  BAD_CERTIFICATE_STATUS_RESPONSE(113),
  UNKNOWN_PSK_IDENTITY(115),
  CERTIFICATE_REQUIRED(116),
  NO_APPLICATION_PROTOCOL(120),
  /** RFC 9849. */
  ECH_REQUIRED(121);

  private final int code;
  private final String text = name().toLowerCase(Locale.ROOT);

  TlsAlert(int code) {
    this.code = code;
  }

  /** Returns the AlertDescription on the wire. */
  public int code() {
    return code;
  }

  /** Returns the name as the RFCs write it, {@code bad_record_mac} for one. */
  public String text() {
    return text;
  }

  /** Returns the alert with this code, or null if no RFC known to Weir defines it. */
  public static @Nullable TlsAlert ofCode(int code) {
    for (var alert : values()) {
      if (alert.code == code) {
        return alert;
      }
    }
    return null;
  }

  /** Returns the alert that the RFCs call so, or null. */
  public static @Nullable TlsAlert ofText(String text) {
    for (var alert : values()) {
      if (alert.text.equals(text)) {
        return alert;
      }
    }
    return null;
  }
}
