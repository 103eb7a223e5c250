package dev.weir.tls;

import org.jspecify.annotations.Nullable;

/** What a finished handshake agreed on. Safe from any thread. */
public interface TlsSession {
  /** Returns the version that is spoken. */
  TlsVersion version();

  /** Returns the IANA name of the cipher suite. */
  String cipherSuite();

  /** Returns the application protocol (RFC 7301), or null if none was negotiated. */
  @Nullable String alpn();

  /** Returns the host_name that the client sent (RFC 6066 3), or null if it sent none. */
  @Nullable String serverName();

  /** Returns the chain that the peer sent, leaf first, or null if it sent none. */
  @Nullable PeerCertificates peerCertificates();

  /** Returns whether the handshake resumed an earlier session. */
  boolean resumed();

  /**
   * Derives keying material (RFC 5705, RFC 8446 7.5). Both ends get the same bytes.
   *
   * @param context application context; null and empty differ before TLS 1.3
   * @param length number of bytes wanted
   * @throws UnsupportedOperationException if the library or the session cannot: a TLS 1.2 session
   *     needs the extended master secret (RFC 7627)
   */
  byte[] exportKeyingMaterial(String label, byte @Nullable [] context, int length);
}
