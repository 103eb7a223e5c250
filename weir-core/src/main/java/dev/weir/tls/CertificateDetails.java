package dev.weir.tls;

import java.net.InetAddress;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;

/**
 * What a handler may want to know of a certificate, as values.
 *
 * @param subject distinguished name, RFC 2253 form
 * @param issuer distinguished name, RFC 2253 form
 * @param dnsNames dNSNames of the subjectAltName, lower case, wildcards as they are
 * @param addresses iPAddresses of the subjectAltName
 * @param notBefore start of validity
 * @param notAfter end of validity
 * @param serial serial number in hexadecimal
 * @param keyAlgorithm kind of the public key, {@code EC} for one
 * @param sha256 SHA-256 of the certificate in hexadecimal
 * @param spkiSha256 SHA-256 of the SubjectPublicKeyInfo in hexadecimal
 */
public record CertificateDetails(
    String subject,
    String issuer,
    List<String> dnsNames,
    List<InetAddress> addresses,
    Instant notBefore,
    Instant notAfter,
    String serial,
    String keyAlgorithm,
    String sha256,
    String spkiSha256) {

  /** Returns the details of a certificate. */
  public static CertificateDetails of(X509Certificate certificate) {
    var names = CertificateNames.of(certificate);
    return new CertificateDetails(
        certificate.getSubjectX500Principal().getName(),
        certificate.getIssuerX500Principal().getName(),
        names.dns(),
        names.addresses(),
        certificate.getNotBefore().toInstant(),
        certificate.getNotAfter().toInstant(),
        certificate.getSerialNumber().toString(16),
        certificate.getPublicKey().getAlgorithm(),
        HexFormat.of().formatHex(sha256(certificate)),
        HexFormat.of().formatHex(spkiSha256(certificate)));
  }

  static byte[] sha256(X509Certificate certificate) {
    try {
      return sha256(certificate.getEncoded());
    } catch (CertificateEncodingException e) {
      throw new CredentialError("the certificate has no encoding", e);
    }
  }

  static byte[] spkiSha256(X509Certificate certificate) {
    return sha256(certificate.getPublicKey().getEncoded());
  }

  static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every JDK has SHA-256", e);
    }
  }
}
