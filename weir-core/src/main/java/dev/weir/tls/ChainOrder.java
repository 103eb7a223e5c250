package dev.weir.tls;

import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Brings the certificates of an identity into the order of RFC 8446 4.4.2: the leaf, then each
 * issuer after what it issued.
 */
final class ChainOrder {
  private ChainOrder() {}

  static List<X509Certificate> order(PrivateKey key, List<X509Certificate> certificates) {
    var rest = new ArrayList<>(certificates);
    var chain = new ArrayList<X509Certificate>();
    X509Certificate last = leaf(key, rest);
    while (last != null) {
      chain.add(last);
      rest.remove(last);
      last = issuer(last, rest);
    }
    if (!rest.isEmpty()) {
      throw new CredentialError(
          "certificate "
              + rest.getFirst().getSubjectX500Principal()
              + " does not belong to the chain, which ends at issuer "
              + chain.getLast().getIssuerX500Principal());
    }
    return List.copyOf(chain);
  }

  private static X509Certificate leaf(PrivateKey key, List<X509Certificate> certificates) {
    for (var certificate : certificates) {
      if (belong(key, certificate.getPublicKey())) {
        return certificate;
      }
    }
    throw new CredentialError(
        "the private key ("
            + key.getAlgorithm()
            + ") belongs to none of the certificates: "
            + certificates.stream().map(c -> c.getSubjectX500Principal().toString()).toList());
  }

  private static @Nullable X509Certificate issuer(
      X509Certificate subject, List<X509Certificate> certificates) {
    for (var candidate : certificates) {
      if (candidate.getSubjectX500Principal().equals(subject.getIssuerX500Principal())
          && signed(candidate, subject)) {
        return candidate;
      }
    }
    return null;
  }

  private static boolean signed(X509Certificate issuer, X509Certificate subject) {
    try {
      subject.verify(issuer.getPublicKey());
      return true;
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  /** Whether the two make a pair, which a signature shows whatever the algorithm. */
  private static boolean belong(PrivateKey key, PublicKey publicKey) {
    if (!key.getAlgorithm().equals(publicKey.getAlgorithm())) {
      return false;
    }
    try {
      byte[] challenge = new byte[32];
      new SecureRandom().nextBytes(challenge);
      var signature = signature(key.getAlgorithm());
      signature.initSign(key);
      signature.update(challenge);
      byte[] proof = signature.sign();
      signature.initVerify(publicKey);
      signature.update(challenge);
      return signature.verify(proof);
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  private static Signature signature(String algorithm) throws GeneralSecurityException {
    var signature =
        Signature.getInstance(
            switch (algorithm) {
              case "EC" -> "SHA256withECDSA";
              case "RSA" -> "SHA256withRSA";
              default -> algorithm;
            });
    if (algorithm.equals("RSASSA-PSS")) {
      signature.setParameter(
          new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, 32, 1));
    }
    return signature;
  }
}
