package dev.weir.tls;

import org.jspecify.annotations.Nullable;

/** A version of TLS or DTLS that Weir speaks. Older ones are prohibited by RFC 8996. */
public enum TlsVersion {
  /** RFC 5246. */
  TLS_1_2("TLSv1.2", 0x0303),
  /** RFC 8446. */
  TLS_1_3("TLSv1.3", 0x0304),
  /** RFC 6347. */
  DTLS_1_2("DTLSv1.2", 0xfefd),
  /** RFC 9147. */
  DTLS_1_3("DTLSv1.3", 0xfefc);

  private final String text;
  private final int code;

  TlsVersion(String text, int code) {
    this.text = text;
    this.code = code;
  }

  /** Returns the customary name, {@code TLSv1.3} for one. */
  public String text() {
    return text;
  }

  /** Returns the ProtocolVersion on the wire, {@code 0x0304} for one. */
  public int code() {
    return code;
  }

  /** Returns the version with this customary name, or null if it is none of these. */
  public static @Nullable TlsVersion ofText(String text) {
    for (var version : values()) {
      if (version.text.equals(text)) {
        return version;
      }
    }
    return null;
  }
}
