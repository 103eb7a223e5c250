package dev.weir.tls;

import dev.weir.tls.RefusedCertificate.Reason;
import dev.weir.tls.Trust.Leniency;
import java.security.GeneralSecurityException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertPathValidatorException.BasicReason;
import java.security.cert.CertificateException;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import javax.net.ssl.CertPathTrustManagerParameters;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Judges one chain at one time by a {@link Trust}. The path itself (signatures, constraints, key
 * usage, distrusted and weak algorithms) is the JDK's to check; validity of the leaf, names, pins
 * and leniencies are ours, so that the reason is exact and the same for every TLS library.
 */
final class ChainJudge {
  /** The JDK's word for a TLS 1.3 exchange, where the key only ever signs. */
  private static final String ANY_EXCHANGE = "UNKNOWN";

  private final Trust trust;
  private final Instant now;

  ChainJudge(Trust trust, Instant now) {
    this.trust = trust;
    this.now = now;
  }

  void judge(List<X509Certificate> chain, @Nullable String host, boolean server)
      throws RefusedCertificate {
    var leaf = chain.getFirst();
    if (!trust.allows(Leniency.EXPIRED)) {
      checkValidity(leaf);
    }
    if (trust.pins().stream().anyMatch(pin -> pin.match(leaf))) {
      return;
    }
    checkPath(chain, server);
    if (host != null && !trust.allows(Leniency.HOSTNAME)) {
      checkHost(leaf, host);
    }
  }

  private void checkValidity(X509Certificate certificate) throws RefusedCertificate {
    var notBefore = certificate.getNotBefore().toInstant();
    var notAfter = certificate.getNotAfter().toInstant();
    if (now.isAfter(notAfter)) {
      throw refusal(
          Reason.EXPIRED, BasicReason.EXPIRED, describe(certificate) + " expired at " + notAfter);
    }
    if (now.isBefore(notBefore)) {
      throw refusal(
          Reason.NOT_YET_VALID,
          BasicReason.NOT_YET_VALID,
          describe(certificate) + " is not valid before " + notBefore);
    }
  }

  private static void checkHost(X509Certificate leaf, String host) throws RefusedCertificate {
    var names = CertificateNames.of(leaf);
    if (!names.match(host)) {
      throw new RefusedCertificate(
          Reason.WRONG_HOST, "the certificate is for " + names + ", not for " + host);
    }
  }

  private void checkPath(List<X509Certificate> chain, boolean server) throws RefusedCertificate {
    var leaf = chain.getFirst();
    boolean selfSigned = leaf.getIssuerX500Principal().equals(leaf.getSubjectX500Principal());
    boolean ownAnchor =
        trust.allows(Leniency.ANY_ISSUER) || (selfSigned && trust.allows(Leniency.SELF_SIGNED));
    var anchors = ownAnchor ? List.of(leaf) : trust.anchors();
    if (anchors.isEmpty()) {
      throw trust.pins().isEmpty()
          ? untrusted(leaf, selfSigned, null)
          : new RefusedCertificate(
              Reason.NOT_PINNED, describe(leaf) + " has none of the pinned fingerprints");
    }
    var path = chain.toArray(new X509Certificate[0]);
    try {
      var manager = manager(anchors, chain);
      if (server) {
        manager.checkServerTrusted(path, ANY_EXCHANGE);
      } else {
        manager.checkClientTrusted(path, ANY_EXCHANGE);
      }
    } catch (CertificateException e) {
      throw refusal(chain, selfSigned, e);
    }
  }

  private X509TrustManager manager(List<X509Certificate> anchors, List<X509Certificate> chain) {
    try {
      var trusted = new HashSet<TrustAnchor>();
      anchors.forEach(anchor -> trusted.add(new TrustAnchor(anchor, null)));
      var parameters = new PKIXBuilderParameters(trusted, new X509CertSelector());
      parameters.setRevocationEnabled(false);
      parameters.setDate(Date.from(trust.allows(Leniency.EXPIRED) ? validTime(chain) : now));
      var factory = TrustManagerFactory.getInstance("PKIX");
      factory.init(new CertPathTrustManagerParameters(parameters));
      return (X509TrustManager) factory.getTrustManagers()[0];
    } catch (GeneralSecurityException e) {
      throw new CredentialError("the trust anchors are not usable: " + e.getMessage(), e);
    }
  }

  /** Returns the time nearest to now at which the whole chain is valid, if there is one. */
  private Instant validTime(List<X509Certificate> chain) {
    var time = now;
    for (var certificate : chain) {
      var notAfter = certificate.getNotAfter().toInstant();
      time = time.isAfter(notAfter) ? notAfter : time;
    }
    for (var certificate : chain) {
      var notBefore = certificate.getNotBefore().toInstant();
      time = time.isBefore(notBefore) ? notBefore : time;
    }
    return time;
  }

  private RefusedCertificate refusal(
      List<X509Certificate> chain, boolean selfSigned, CertificateException e)
      throws RefusedCertificate {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof CertPathValidatorException path
          && path.getReason() instanceof BasicReason reason) {
        return switch (reason) {
          case EXPIRED -> new RefusedCertificate(Reason.EXPIRED, message(path), path);
          case NOT_YET_VALID -> new RefusedCertificate(Reason.NOT_YET_VALID, message(path), path);
          case REVOKED -> new RefusedCertificate(Reason.REVOKED, message(path), path);
          default -> new RefusedCertificate(Reason.INVALID, message(path), path);
        };
      }
    }
    if (e.getCause() instanceof GeneralSecurityException) {
      if (!trust.allows(Leniency.EXPIRED)) {
        // No path was found, perhaps for the only one has expired: that is the better reason.
        for (var certificate : chain) {
          checkValidity(certificate);
        }
      }
      return untrusted(chain.getFirst(), selfSigned, e);
    }
    return new RefusedCertificate(Reason.INVALID, describe(chain.getFirst()) + ": " + message(e));
  }

  private static RefusedCertificate untrusted(
      X509Certificate leaf, boolean selfSigned, @Nullable CertificateException e) {
    var reason = selfSigned ? Reason.SELF_SIGNED : Reason.UNTRUSTED;
    String message =
        selfSigned
            ? describe(leaf) + " is self-signed and not trusted"
            : describe(leaf)
                + " was issued by "
                + leaf.getIssuerX500Principal().getName()
                + ", from whom no trusted certificate is reached";
    return e == null
        ? new RefusedCertificate(reason, message)
        : new RefusedCertificate(reason, message, e);
  }

  private static RefusedCertificate refusal(Reason reason, BasicReason basic, String message) {
    return new RefusedCertificate(
        reason, message, new CertPathValidatorException(message, null, null, -1, basic));
  }

  private static String describe(X509Certificate certificate) {
    return "certificate " + certificate.getSubjectX500Principal().getName();
  }

  private static String message(Exception e) {
    return e.getMessage() == null ? e.toString() : e.getMessage();
  }
}
