package dev.weir.tls;

/** Whether a server asks its clients for a certificate. */
public enum ClientAuth {
  /** Clients are not asked. */
  NONE,
  /** Clients are asked and may decline; a certificate that is sent must be trusted. */
  OPTIONAL,
  /** A client without a trusted certificate is refused. */
  REQUIRED
}
