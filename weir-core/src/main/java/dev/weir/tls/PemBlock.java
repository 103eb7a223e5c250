package dev.weir.tls;

import java.util.Map;

/** One encapsulated structure of a PEM text (RFC 7468). */
final class PemBlock {
  static final String CERTIFICATE = "CERTIFICATE";

  private final String label;
  private final Map<String, String> headers;
  private final byte[] der;
  private final String source;
  private final int line;

  PemBlock(String label, Map<String, String> headers, byte[] der, String source, int line) {
    this.label = label;
    this.headers = headers;
    this.der = der;
    this.source = source;
    this.line = line;
  }

  /** What stands after BEGIN. */
  String label() {
    return label;
  }

  /** The RFC 1421 headers that old OpenSSL keys have; empty otherwise. */
  Map<String, String> headers() {
    return headers;
  }

  /** The decoded content itself, not a copy. */
  byte[] der() {
    return der;
  }

  PemError error(String message) {
    return new PemError(source, line, message);
  }

  PemError error(String message, Throwable cause) {
    return new PemError(source, line, message, cause);
  }

  /** Names where the block begins, as {@code file:line}. */
  @Override
  public String toString() {
    return label + " at " + source + ":" + line;
  }
}
