package dev.weir.tls;

import static dev.weir.tls.DerWriter.bitString;
import static dev.weir.tls.DerWriter.bool;
import static dev.weir.tls.DerWriter.integer;
import static dev.weir.tls.DerWriter.namedBits;
import static dev.weir.tls.DerWriter.octetString;
import static dev.weir.tls.DerWriter.oid;
import static dev.weir.tls.DerWriter.sequence;
import static dev.weir.tls.DerWriter.set;
import static dev.weir.tls.DerWriter.time;
import static dev.weir.tls.DerWriter.utf8String;
import static dev.weir.tls.DerWriter.value;

import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Writes an X.509 certificate (RFC 5280 4.1) and has JCA sign it.
 *
 * @param subject common name of the subject
 * @param issuer common name of the issuer; the same as the subject's if self-signed
 * @param key the subject's public key
 * @param names what the certificate is for: DNS names, wildcards, IP literals
 * @param authority whether the subject may issue certificates
 * @param notBefore start of validity
 * @param notAfter end of validity
 * @param serial positive serial number, at most 20 octets
 */
record CertificateWriter(
    String subject,
    String issuer,
    PublicKey key,
    List<String> names,
    boolean authority,
    Instant notBefore,
    Instant notAfter,
    BigInteger serial) {

  private static final String COMMON_NAME = "2.5.4.3";
  private static final String SUBJECT_KEY_IDENTIFIER = "2.5.29.14";
  private static final String KEY_USAGE = "2.5.29.15";
  private static final String SUBJECT_ALT_NAME = "2.5.29.17";
  private static final String BASIC_CONSTRAINTS = "2.5.29.19";
  private static final String EXTENDED_KEY_USAGE = "2.5.29.37";
  private static final String SERVER_AUTH = "1.3.6.1.5.5.7.3.1";
  private static final String CLIENT_AUTH = "1.3.6.1.5.5.7.3.2";

  private static final int DIGITAL_SIGNATURE = 0;
  private static final int KEY_CERT_SIGN = 5;

  /** Signs with the issuer's key, which must be EC P-256: ecdsa-with-SHA256 (RFC 5758 3.2). */
  X509Certificate sign(PrivateKey issuerKey) {
    byte[] algorithm = sequence(oid("1.2.840.10045.4.3.2"));
    byte[] toBeSigned =
        sequence(
            value(DerTag.constructed(0), integer(2)),
            integer(serial),
            algorithm,
            name(issuer),
            sequence(time(notBefore), time(notAfter)),
            name(subject),
            key.getEncoded(),
            value(DerTag.constructed(3), sequence(extensions())));
    try {
      var signature = Signature.getInstance("SHA256withECDSA");
      signature.initSign(issuerKey);
      signature.update(toBeSigned);
      byte[] der = sequence(toBeSigned, algorithm, bitString(signature.sign()));
      return (X509Certificate)
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(der));
    } catch (GeneralSecurityException e) {
      throw new CredentialError("the certificate could not be made: " + e.getMessage(), e);
    }
  }

  private static byte[] name(String commonName) {
    return sequence(set(sequence(oid(COMMON_NAME), utf8String(commonName))));
  }

  private byte[][] extensions() {
    var extensions = new ArrayList<byte[]>();
    extensions.add(critical(BASIC_CONSTRAINTS, authority ? sequence(bool(true)) : sequence()));
    extensions.add(
        critical(KEY_USAGE, authority ? namedBits(KEY_CERT_SIGN) : namedBits(DIGITAL_SIGNATURE)));
    if (!authority) {
      extensions.add(extension(EXTENDED_KEY_USAGE, sequence(oid(SERVER_AUTH), oid(CLIENT_AUTH))));
    }
    if (!names.isEmpty()) {
      byte[][] alternatives =
          names.stream().map(CertificateWriter::alternative).toArray(byte[][]::new);
      extensions.add(extension(SUBJECT_ALT_NAME, sequence(alternatives)));
    }
    // RFC 7093 2: the left-most 160 bits of SHA-256.
    byte[] keyIdentifier = Arrays.copyOf(CertificateDetails.sha256(key.getEncoded()), 20);
    extensions.add(extension(SUBJECT_KEY_IDENTIFIER, octetString(keyIdentifier)));
    return extensions.toArray(byte[][]::new);
  }

  /** RFC 5280 4.2.1.6. */
  private static byte[] alternative(String name) {
    var address = CertificateNames.address(name);
    return address != null
        ? value(DerTag.primitive(7), address.getAddress())
        : value(
            DerTag.primitive(2),
            CertificateNames.canonical(name).getBytes(StandardCharsets.US_ASCII));
  }

  private static byte[] critical(String id, byte[] content) {
    return sequence(oid(id), bool(true), octetString(content));
  }

  private static byte[] extension(String id, byte[] content) {
    return sequence(oid(id), octetString(content));
  }
}
