package dev.weir.tls;

import java.io.ByteArrayInputStream;
import java.lang.System.Logger.Level;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Takes the certificates out of PEM blocks and judges what else is among them. */
final class CertificateReader {
  private static final System.Logger LOG = System.getLogger("dev.weir.tls");

  private CertificateReader() {}

  static List<X509Certificate> read(List<PemBlock> blocks) {
    var certificates = new ArrayList<X509Certificate>();
    for (var block : blocks) {
      switch (block.label()) {
        case PemBlock.CERTIFICATE, "X509 CERTIFICATE" -> certificates.add(certificate(block));
        case "X509 CRL" ->
            LOG.log(Level.WARNING, "ignored {0}: revocation is not checked by lists", block);
        case "EC PARAMETERS", "DH PARAMETERS" -> {
          // OpenSSL writes them before a key, which names its curve itself.
        }
        case "TRUSTED CERTIFICATE" ->
            throw block.error("OpenSSL's own form; convert it with `openssl x509 -in FILE`");
        case "CERTIFICATE REQUEST", "NEW CERTIFICATE REQUEST", "PUBLIC KEY" ->
            throw block.error(
                "expected a certificate; a "
                    + block.label().toLowerCase(Locale.ROOT)
                    + " is not one yet");
        default -> {
          if (!PrivateKeyReader.isPrivateKey(block)) {
            throw block.error("unknown kind of block: " + block.label());
          }
        }
      }
    }
    return certificates;
  }

  private static X509Certificate certificate(PemBlock block) {
    try {
      var outer = new DerReader(block.der());
      outer.enter(DerTag.SEQUENCE);
      outer.finish();
      return (X509Certificate)
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(block.der()));
    } catch (CertificateException | CredentialError e) {
      throw block.error("malformed certificate: " + e.getMessage(), e);
    }
  }
}
