package dev.weir.tls;

import java.util.Map;

/**
 * One encapsulated structure of a PEM text (RFC 7468).
 *
 * @param label what stands after BEGIN
 * @param headers the RFC 1421 headers that old OpenSSL keys have; empty otherwise
 * @param der the decoded content, owned by the caller
 * @param source the file name, or what else the text came from
 * @param line the line of BEGIN, counted from 1
 */
record PemBlock(String label, Map<String, String> headers, byte[] der, String source, int line) {
  static final String CERTIFICATE = "CERTIFICATE";

  PemError error(String message) {
    return new PemError(source, line, message);
  }

  PemError error(String message, Throwable cause) {
    return new PemError(source, line, message, cause);
  }
}
