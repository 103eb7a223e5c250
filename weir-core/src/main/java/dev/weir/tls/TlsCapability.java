package dev.weir.tls;

/** What a {@link TlsProvider} can do; asking for what it cannot is refused when configuring. */
public enum TlsCapability {
  /** TLS 1.2, RFC 5246. */
  TLS_1_2,
  /** TLS 1.3, RFC 8446. */
  TLS_1_3,
  /** DTLS 1.2, RFC 6347. */
  DTLS_1_2,
  /** DTLS 1.3, RFC 9147. */
  DTLS_1_3,
  /** The handshake of QUIC, RFC 9001. */
  QUIC,
  /** Application protocol negotiation, RFC 7301. */
  ALPN,
  /** Server name indication, RFC 6066 3, on both sides. */
  SNI,
  /** Certificates of clients, sent and asked for. */
  CLIENT_AUTH,
  /** Resumed sessions: tickets or identifiers. */
  RESUMPTION,
  /** Early data, RFC 8446 2.3. */
  EARLY_DATA,
  /** Keying material exporters, RFC 5705 and RFC 8446 7.5. */
  EXPORTER,
  /** Secrets written for Wireshark, RFC 9850. */
  KEY_LOG,
  /** The order and choice of named groups. */
  GROUPS,
  /** Stapled OCSP responses, RFC 6066 8. */
  OCSP_STAPLING,
  /** Pre-shared keys from outside, RFC 8446 4.2.11 and RFC 4279. */
  EXTERNAL_PSK
}
