package dev.weir.tls;

import java.security.cert.X509Certificate;
import java.util.List;

/**
 * The chain that a peer sent and that the {@link Trust} accepted.
 *
 * @param chain certificates, leaf first, as they were sent
 */
public record PeerCertificates(List<X509Certificate> chain) {
  /** Copies the chain, which has at least the leaf. */
  public PeerCertificates {
    chain = List.copyOf(chain);
    if (chain.isEmpty()) {
      throw new IllegalArgumentException("a chain without a leaf");
    }
  }

  /** Returns the details of the peer's own certificate. */
  public CertificateDetails leaf() {
    return CertificateDetails.of(chain.getFirst());
  }

  /**
   * Returns whether the peer's own certificate is valid for a host (RFC 9525 6.3), perhaps another
   * than the one that was asked for. It says nothing of whether the chain is to be believed.
   *
   * @param host a name or an IP literal
   */
  public boolean isValidFor(String host) {
    return CertificateNames.of(chain.getFirst()).match(host);
  }
}
