package dev.weir.tls;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.testpeers.NeedsProgram;
import dev.weir.testpeers.Programs;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.interfaces.ECPrivateKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.PBEParameterSpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Private keys in every form that is met, and those that are refused. */
final class PrivateKeyReaderTest {
  private static final char[] PASSWORD = "open sesame".toCharArray();

  private static byte[] read(String label, byte[] der, char... password) {
    var block = new PemBlock(label, Map.of(), der, "test", 7);
    return PrivateKeyReader.read(block, password.length == 0 ? null : password).getEncoded();
  }

  /** What is inside of PKCS#8. */
  private static byte[] inner(KeyPair keys) {
    var info = new DerReader(keys.getPrivate().getEncoded()).enter(DerTag.SEQUENCE);
    info.integer();
    info.takeEncoded();
    return info.take(DerTag.OCTET_STRING);
  }

  @ParameterizedTest
  @CsvSource({
    "EC, secp256r1",
    "EC, secp384r1",
    "EC, secp521r1",
    "RSA, 2048",
    "RSASSA-PSS, 2048",
    "Ed25519, ''",
    "Ed448, ''",
  })
  void pkcs8(String algorithm, String parameters) {
    byte[] der = TestCa.keys(algorithm, parameters).getPrivate().getEncoded();
    assertArrayEquals(der, read("PRIVATE KEY", der));
  }

  @Test
  void pkcs8VersionTwoWithThePublicKey() {
    var keys = TestCa.keys("Ed25519", "");
    byte[] der = keys.getPrivate().getEncoded();
    var info = new DerReader(der).enter(DerTag.SEQUENCE);
    info.integer();
    byte[] two =
        DerWriter.sequence(
            DerWriter.integer(1),
            info.takeEncoded(),
            info.takeEncoded(),
            DerWriter.value(DerTag.primitive(1), new byte[33]));
    assertArrayEquals(der, read("PRIVATE KEY", two));
  }

  @Test
  void pkcs1() {
    var keys = TestCa.keys("RSA", "2048");
    assertArrayEquals(keys.getPrivate().getEncoded(), read("RSA PRIVATE KEY", inner(keys)));
  }

  @ParameterizedTest
  @CsvSource({
    "secp256r1, 1.2.840.10045.3.1.7",
    "secp384r1, 1.3.132.0.34",
    "secp521r1, 1.3.132.0.35",
  })
  void sec1(String curve, String oid) {
    var keys = TestCa.keys("EC", curve);
    byte[] sec1 = sec1(keys, DerWriter.value(DerTag.constructed(0), DerWriter.oid(oid)));
    assertArrayEquals(keys.getPrivate().getEncoded(), read("EC PRIVATE KEY", sec1));
  }

  private static byte[] sec1(KeyPair keys, byte[] parameters) {
    var key = new DerReader(inner(keys)).enter(DerTag.SEQUENCE);
    return DerWriter.sequence(key.takeEncoded(), key.takeEncoded(), parameters);
  }

  @Test
  void sec1WithoutItsCurve() {
    var error =
        assertThrows(
            PemError.class,
            () -> read("EC PRIVATE KEY", sec1(TestCa.keys("EC", "secp256r1"), new byte[0])));
    assertTrue(error.getMessage().startsWith("test:7: the EC key does not name its curve"));
  }

  @Test
  void sec1WithACurveSpeltOut() {
    byte[] explicit = DerWriter.value(DerTag.constructed(0), DerWriter.sequence());
    var error =
        assertThrows(
            PemError.class,
            () -> read("EC PRIVATE KEY", sec1(TestCa.keys("EC", "secp256r1"), explicit)));
    assertTrue(error.getMessage().contains("only named curves"), error.getMessage());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "PBEWithHmacSHA256AndAES_256",
        "PBEWithHmacSHA512AndAES_128",
        "PBEWithHmacSHA1AndAES_256",
        "PBEWithSHA1AndDESede",
      })
  void encrypted(String algorithm) throws Exception {
    byte[] der = TestCa.keys("EC", "secp256r1").getPrivate().getEncoded();
    byte[] encrypted = encrypt(algorithm, der, 2048);
    assertArrayEquals(der, read("ENCRYPTED PRIVATE KEY", encrypted, PASSWORD));
    var wrong =
        assertThrows(
            PemError.class, () -> read("ENCRYPTED PRIVATE KEY", encrypted, "wrong".toCharArray()));
    assertTrue(wrong.getMessage().contains("password does not open"), wrong.getMessage());
    var none = assertThrows(PemError.class, () -> read("ENCRYPTED PRIVATE KEY", encrypted));
    assertTrue(none.getMessage().contains("a password is needed"), none.getMessage());
  }

  private static byte[] encrypt(String algorithm, byte[] der, int iterations) throws Exception {
    var key = SecretKeyFactory.getInstance(algorithm).generateSecret(new PBEKeySpec(PASSWORD));
    var cipher = Cipher.getInstance(algorithm);
    cipher.init(Cipher.ENCRYPT_MODE, key, new PBEParameterSpec(new byte[8], iterations));
    byte[] encrypted = cipher.doFinal(der);
    if (algorithm.contains("SHA1AndDESede")) {
      return new EncryptedPrivateKeyInfo(cipher.getParameters(), encrypted).getEncoded();
    }
    return DerWriter.sequence(
        DerWriter.sequence(
            DerWriter.oid("1.2.840.113549.1.5.13"), cipher.getParameters().getEncoded()),
        DerWriter.octetString(encrypted));
  }

  /** Among a thousand wrong passwords some leave right padding; the message is the same. */
  @Test
  void wrongPasswordsAreCalledSo() throws Exception {
    byte[] der = TestCa.keys("EC", "secp256r1").getPrivate().getEncoded();
    byte[] encrypted = encrypt("PBEWithHmacSHA256AndAES_256", der, 1);
    for (int i = 0; i < 1000; i++) {
      char[] password = ("wrong" + i).toCharArray();
      var error =
          assertThrows(PemError.class, () -> read("ENCRYPTED PRIVATE KEY", encrypted, password));
      assertTrue(error.getMessage().contains("password does not open"), error.getMessage());
    }
  }

  @Test
  void roundsAreLimited() throws Exception {
    byte[] few = encrypt("PBEWithHmacSHA256AndAES_256", new byte[64], 65_536);
    // The count is a three-byte INTEGER, 65536: make it the limit and one more.
    int limit = KeyDecryption.MAX_ITERATIONS + 1;
    for (int i = 0; i < few.length - 4; i++) {
      if (few[i] == 2 && few[i + 1] == 3 && few[i + 2] == 1 && few[i + 3] == 0) {
        few[i + 2] = (byte) (limit >>> 16);
        few[i + 3] = (byte) (limit >>> 8);
        few[i + 4] = (byte) limit;
      }
    }
    var error = assertThrows(PemError.class, () -> read("ENCRYPTED PRIVATE KEY", few, PASSWORD));
    assertTrue(error.getMessage().contains("takes " + limit + " rounds"), error.getMessage());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          DSA PRIVATE KEY     | 3000                   | openssl pkcs8
          OPENSSH PRIVATE KEY | 3000                   | openssl pkcs8
          PRIVATE KEY         | 3000                   | the input ends
          PRIVATE KEY         | 300a02010730000400     | reaches past
          PRIVATE KEY         | 3007020107300004 00    | version 7
          PRIVATE KEY         | 300c020100300506032a03040400 | algorithm 1.2.3.4 is not supported
          PRIVATE KEY         | 300c020100300506032b65700400 | Ed25519 key is malformed
          PRIVATE KEY         | 300002                 | bytes too many
          RSA PRIVATE KEY     | 0400                   | expected SEQUENCE, found OCTET STRING
          RSA PRIVATE KEY     | 3003020100             | RSA key is malformed
          EC PRIVATE KEY      | 3003020101             | expected a value
          ENCRYPTED PRIVATE KEY | 3000                 | malformed
          ENCRYPTED PRIVATE KEY | 300b30070603550400050004 00 | cipher 2.5.4.0 is not supported
          ENCRYPTED PRIVATE KEY | 300a300506032b65700401 00 | cipher
          """)
  void refused(String label, String hex, String message) {
    byte[] der = java.util.HexFormat.of().parseHex(hex.replace(" ", ""));
    var error = assertThrows(PemError.class, () -> read(label, der, PASSWORD));
    assertTrue(error.getMessage().contains(message), error.getMessage());
    assertEquals(7, error.line());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ''                           | expected the header DEK-Info
          DES-CBC,0011223344556677     | old cipher DES-CBC is not supported
          AES-128-CBC,00               | IV of DEK-Info has 1 bytes
          AES-128-CBC,xy               | not hexadecimal
          AES-128-CBC                  | expected the header DEK-Info
          """)
  void oldEncryptionRefused(String dekInfo, String message) {
    var headers = Map.of("Proc-Type", "4,ENCRYPTED", "DEK-Info", dekInfo);
    var block = new PemBlock("RSA PRIVATE KEY", headers, new byte[16], "test", 7);
    var error = assertThrows(PemError.class, () -> PrivateKeyReader.read(block, PASSWORD));
    assertTrue(error.getMessage().contains(message), error.getMessage());
  }

  /** Every form that OpenSSL writes is the same key. */
  @ParameterizedTest
  @NeedsProgram("openssl")
  @CsvSource({
    "genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048, rsa -traditional",
    "genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048, rsa -traditional -aes256",
    "genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048, rsa -traditional -aes128",
    "genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048, rsa -traditional -des3",
    "genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256, ec",
    "genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-384, ec -aes192",
    "genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-521, pkcs8 -topk8",
    "genpkey -algorithm ED25519, pkcs8 -topk8 -v2 aes-256-cbc -v2prf hmacWithSHA512",
    "genpkey -algorithm ED25519, pkcs8 -topk8 -v1 PBE-SHA1-3DES",
    "genpkey -algorithm RSA-PSS -pkeyopt rsa_keygen_bits:2048, pkcs8 -topk8",
    "ecparam -genkey -name prime256v1, pkcs8 -topk8 -nocrypt",
  })
  void opensslForms(String make, String convert, @TempDir Path dir) throws Exception {
    var plain = dir.resolve("plain.pem");
    var converted = dir.resolve("converted.pem");
    openssl(dir, make + " -out plain.pem");
    String out = convert.contains("-nocrypt") ? "" : " -passout pass:" + new String(PASSWORD);
    openssl(dir, convert + " -in plain.pem -out converted.pem", out);
    assertEquals(key(plain), key(converted));
  }

  /** The secret itself, for EC keys come with and without the public key. */
  private static Object key(Path file) throws IOException {
    assertTrue(Files.exists(file), file.toString());
    var blocks = PemReader.read(file);
    CertificateReader.read(blocks);
    var key = PrivateKeyReader.read(blocks.getLast(), PASSWORD);
    return key instanceof ECPrivateKey ec ? ec.getS() : key;
  }

  private static void openssl(Path dir, String arguments, String... password) throws Exception {
    var command = new ArrayList<>(List.of(Programs.get("openssl").toString()));
    command.addAll(List.of(arguments.split(" ", -1)));
    for (String option : password) {
      if (!option.isEmpty()) {
        command.add("-passout");
        command.add(option.substring(" -passout ".length()));
      }
    }
    var process =
        new ProcessBuilder(command).directory(dir.toFile()).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), output);
  }

  @Test
  void pemOfAnIdentityReadsBack() {
    var identity = TestCa.root("root").issue("localhost");
    var again = Identity.pem(identity.keyToPem() + identity.chainToPem(), null);
    assertEquals(identity.chain(), again.chain());
    assertEquals(identity.key(), again.key());
  }
}
