package dev.weir.tls;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.PBEParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** Opens private keys that a password protects, by the ciphers of JCA. */
final class KeyDecryption {
  /** Most rounds of a key derivation: as many as take about a second. */
  static final int MAX_ITERATIONS = 2_000_000;

  private static final String PBES2 = "1.2.840.113549.1.5.13";

  private KeyDecryption() {}

  /** Opens an EncryptedPrivateKeyInfo (RFC 5958 3): PBES2, or one of PKCS#12's schemes. */
  static byte[] pkcs8(byte[] der, char[] password) {
    try {
      var info = new EncryptedPrivateKeyInfo(der);
      AlgorithmParameters parameters = info.getAlgParameters();
      if (parameters == null) {
        throw new CredentialError("the cipher " + info.getAlgName() + " is not supported");
      }
      String algorithm = info.getAlgName();
      if (algorithm.equals("PBES2") || algorithm.equals(PBES2)) {
        // The parameters alone know which of its ciphers; this is how JCA tells.
        algorithm = parameters.toString();
      }
      int iterations = parameters.getParameterSpec(PBEParameterSpec.class).getIterationCount();
      if (iterations > MAX_ITERATIONS) {
        throw new CredentialError(
            "the key derivation takes "
                + iterations
                + " rounds, over the "
                + MAX_ITERATIONS
                + " that are allowed");
      }
      var spec = new PBEKeySpec(password);
      var key = SecretKeyFactory.getInstance(algorithm).generateSecret(spec);
      spec.clearPassword();
      var cipher = Cipher.getInstance(algorithm);
      cipher.init(Cipher.DECRYPT_MODE, key, parameters);
      return checked(cipher.doFinal(info.getEncryptedData()));
    } catch (IOException e) {
      throw new CredentialError("the encrypted key is malformed: " + e.getMessage(), e);
    } catch (GeneralSecurityException e) {
      throw wrong(e);
    }
  }

  /**
   * Opens a key in OpenSSL's old form: one round of MD5 makes the cipher's key of the password and
   * of the first eight bytes of the IV.
   */
  static byte[] openssl(PemBlock block, char[] password) {
    String[] info = block.headers().getOrDefault("DEK-Info", "").split(",", -1);
    if (info.length != 2) {
      throw new CredentialError("expected the header DEK-Info: CIPHER,IV");
    }
    String algorithm;
    int keyLength;
    switch (info[0]) {
      case "AES-128-CBC", "AES-192-CBC", "AES-256-CBC" -> {
        algorithm = "AES";
        keyLength = Integer.parseInt(info[0].substring(4, 7)) / 8;
      }
      case "DES-EDE3-CBC" -> {
        algorithm = "DESede";
        keyLength = 24;
      }
      default ->
          throw new CredentialError(
              "the old cipher "
                  + info[0]
                  + " is not supported; convert the key with `openssl pkcs8 -topk8`");
    }
    try {
      byte[] iv = HexFormat.of().parseHex(info[1]);
      var cipher = Cipher.getInstance(algorithm + "/CBC/PKCS5Padding");
      if (iv.length != cipher.getBlockSize()) {
        throw new CredentialError("the IV of DEK-Info has " + iv.length + " bytes");
      }
      byte[] key = opensslKey(password, Arrays.copyOf(iv, 8), keyLength);
      cipher.init(Cipher.DECRYPT_MODE, new SecretKeySpec(key, algorithm), new IvParameterSpec(iv));
      return checked(cipher.doFinal(block.der()));
    } catch (GeneralSecurityException e) {
      throw wrong(e);
    } catch (IllegalArgumentException e) {
      if (e instanceof CredentialError error) {
        throw error;
      }
      throw new CredentialError("the IV of DEK-Info is not hexadecimal", e);
    }
  }

  private static byte[] opensslKey(char[] password, byte[] salt, int length)
      throws GeneralSecurityException {
    byte[] secret = new String(password).getBytes(StandardCharsets.UTF_8);
    var md5 = MessageDigest.getInstance("MD5");
    byte[] key = new byte[length];
    byte[] previous = {};
    for (int made = 0; made < length; made += previous.length) {
      md5.update(previous);
      md5.update(secret);
      previous = md5.digest(salt);
      System.arraycopy(previous, 0, key, made, Math.min(previous.length, length - made));
    }
    return key;
  }

  /** One wrong password in 256 or so leaves right padding behind, but no DER. */
  private static byte[] checked(byte[] opened) {
    try {
      var reader = new DerReader(opened);
      reader.enter(DerTag.SEQUENCE);
      reader.finish();
      return opened;
    } catch (CredentialError e) {
      throw new CredentialError("the password does not open the key: what comes out is none", e);
    }
  }

  private static CredentialError wrong(GeneralSecurityException e) {
    return new CredentialError(
        "the password does not open the key, or its cipher is not supported: " + e.getMessage(), e);
  }
}
