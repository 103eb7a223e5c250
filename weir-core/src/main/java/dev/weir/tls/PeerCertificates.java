package dev.weir.tls;

/** The chain that a peer sent, leaf first. */
public final class PeerCertificates {
  private PeerCertificates() {}
}
