package dev.weir.tls;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Makes a private key of a PEM block, whichever of its five customary forms it has. All of them are
 * brought into PKCS#8 (RFC 5958), which is what JCA reads.
 */
final class PrivateKeyReader {
  static final String RSA = "1.2.840.113549.1.1.1";
  static final String EC = "1.2.840.10045.2.1";

  private static final Map<String, String> ALGORITHMS =
      Map.of(
          RSA,
          "RSA",
          "1.2.840.113549.1.1.10",
          "RSASSA-PSS",
          EC,
          "EC",
          "1.3.101.112",
          "Ed25519",
          "1.3.101.113",
          "Ed448");

  private PrivateKeyReader() {}

  static boolean isPrivateKey(PemBlock block) {
    return block.label().endsWith("PRIVATE KEY");
  }

  /**
   * Reads a key.
   *
   * @param password opens an encrypted key; not needed otherwise
   */
  static PrivateKey read(PemBlock block, char @Nullable [] password) {
    try {
      return switch (block.label()) {
        case "PRIVATE KEY" -> pkcs8(block.der());
        case "ENCRYPTED PRIVATE KEY" -> pkcs8(KeyDecryption.pkcs8(block.der(), required(password)));
        case "RSA PRIVATE KEY" -> pkcs8(wrapRsa(content(block, password)));
        case "EC PRIVATE KEY" -> pkcs8(wrapEc(content(block, password)));
        default ->
            throw new CredentialError(
                block.label() + " is not supported; convert it with `openssl pkcs8 -topk8 -nodes`");
      };
    } catch (PemError e) {
      throw e;
    } catch (CredentialError e) {
      throw block.error(e.getMessage() == null ? "bad key" : e.getMessage(), e);
    }
  }

  private static byte[] content(PemBlock block, char @Nullable [] password) {
    String procType = block.headers().get("Proc-Type");
    if (procType == null) {
      return block.der();
    }
    return KeyDecryption.openssl(block, required(password));
  }

  private static char[] required(char @Nullable [] password) {
    if (password == null) {
      throw new CredentialError("the key is encrypted: a password is needed");
    }
    return password;
  }

  /** Version 2 keys (RFC 5958) lose their attributes and public key: JCA needs neither. */
  static PrivateKey pkcs8(byte[] der) {
    var outer = new DerReader(der);
    var info = outer.enter(DerTag.SEQUENCE);
    outer.finish();
    int version = info.integer().intValue();
    if (version != 0 && version != 1) {
      throw new CredentialError("PKCS#8 version " + version + " is unknown");
    }
    byte[] algorithm = info.takeEncoded();
    byte[] key = info.take(DerTag.OCTET_STRING);
    String oid = new DerReader(algorithm).enter(DerTag.SEQUENCE).oid();
    String name = ALGORITHMS.get(oid);
    if (name == null) {
      throw new CredentialError(
          "key algorithm " + oid + " is not supported; use EC, RSA or Ed25519");
    }
    byte[] plain = DerWriter.sequence(DerWriter.integer(0), algorithm, DerWriter.octetString(key));
    try {
      return KeyFactory.getInstance(name).generatePrivate(new PKCS8EncodedKeySpec(plain));
    } catch (GeneralSecurityException e) {
      throw new CredentialError("the " + name + " key is malformed: " + e.getMessage(), e);
    }
  }

  /** RFC 8017 A.1.2 in PKCS#8. */
  private static byte[] wrapRsa(byte[] pkcs1) {
    new DerReader(pkcs1).enter(DerTag.SEQUENCE).integer();
    return DerWriter.sequence(
        DerWriter.integer(0),
        DerWriter.sequence(DerWriter.oid(RSA), DerWriter.NULL),
        DerWriter.octetString(pkcs1));
  }

  /** RFC 5915 3 in PKCS#8; the curve moves from the key to the algorithm. */
  private static byte[] wrapEc(byte[] sec1) {
    var key = new DerReader(sec1).enter(DerTag.SEQUENCE);
    byte[] version = DerWriter.integer(key.integer());
    byte[] secret = key.takeEncoded();
    if (!key.nextIs(DerTag.constructed(0))) {
      throw new CredentialError(
          "the EC key does not name its curve; convert it with `openssl pkcs8 -topk8 -nodes`");
    }
    var parameters = key.enter(DerTag.constructed(0));
    if (!parameters.nextIs(DerTag.OID)) {
      throw new CredentialError(
          "the EC key spells its curve out; only named curves (RFC 5480 2.1.1) are supported");
    }
    return DerWriter.sequence(
        DerWriter.integer(0),
        DerWriter.sequence(DerWriter.oid(EC), parameters.takeEncoded()),
        DerWriter.octetString(DerWriter.sequence(version, secret)));
  }
}
