package dev.weir.tls;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.testpeers.NeedsProgram;
import dev.weir.testpeers.Programs;
import java.io.ByteArrayOutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Keys and chains that belong together, and those that do not. */
final class IdentityTest {
  private static final char[] PASSWORD = "open sesame".toCharArray();

  private final TestCa root = TestCa.root("Root");
  private final TestCa middle = root.authority("Middle");
  private final Identity identity = middle.issue("a.example", "*.b.example", "192.0.2.1");

  @Test
  void chainsOutOfOrderArePutInOrder() {
    var leaf = identity.chain().get(0);
    var all = List.of(root.certificate(), identity.chain().get(1), leaf);
    var ordered = Identity.of(identity.key(), all);
    assertEquals(List.of(leaf, middle.certificate(), root.certificate()), ordered.chain());
    assertEquals(leaf, ordered.leaf());
  }

  @Test
  void duplicatesAreRefused() {
    var twice = List.of(identity.leaf(), identity.leaf());
    assertThrows(CredentialError.class, () -> Identity.of(identity.key(), twice));
  }

  @Test
  void strangersInTheChainAreRefused() {
    var stranger = TestCa.root("Stranger").certificate();
    var mixed = new ArrayList<>(identity.chain());
    mixed.add(stranger);
    var error = assertThrows(CredentialError.class, () -> Identity.of(identity.key(), mixed));
    assertTrue(
        error.getMessage().contains("CN=Stranger does not belong to the chain"),
        error.getMessage());
  }

  /** An issuer of the right name but with another key is a stranger too. */
  @Test
  void namesakesInTheChainAreRefused() {
    var namesake = TestCa.root("Middle").certificate();
    var chain = List.of(identity.leaf(), namesake);
    assertThrows(CredentialError.class, () -> Identity.of(identity.key(), chain));
  }

  @ParameterizedTest
  @CsvSource({"EC, secp256r1", "EC, secp384r1", "RSA, 2048", "Ed25519, ''", "RSASSA-PSS, 2048"})
  void keysAreMatchedByASignature(String algorithm, String parameters) {
    var keys = TestCa.keys(algorithm, parameters);
    var issued = root.issue(keys, TestCa.NOW, Duration.ofDays(1), "localhost");
    assertEquals(keys.getPrivate(), issued.key());
    var other = TestCa.keys(algorithm, parameters).getPrivate();
    var error = assertThrows(CredentialError.class, () -> Identity.of(other, issued.chain()));
    assertTrue(
        error.getMessage().contains("belongs to none of the certificates: [CN=localhost]"),
        error.getMessage());
  }

  @Test
  void pemMissesAPart() {
    var noKey =
        assertThrows(CredentialError.class, () -> Identity.pem(identity.chainToPem(), null));
    assertEquals("no private key, but CERTIFICATE", noKey.getMessage());
    var noChain =
        assertThrows(CredentialError.class, () -> Identity.pem(identity.keyToPem(), null));
    assertEquals("no certificate, but PRIVATE KEY", noChain.getMessage());
    var nothing = assertThrows(CredentialError.class, () -> Identity.pem("", null));
    assertEquals("no private key, but no PEM block at all", nothing.getMessage());
    var twoKeys = identity.keyToPem() + identity.chainToPem() + identity.keyToPem();
    var error = assertThrows(PemError.class, () -> Identity.pem(twoKeys, null));
    assertTrue(error.getMessage().contains("a second private key"), error.getMessage());
  }

  @ParameterizedTest
  @CsvSource({
    "PUBLIC KEY, expected a certificate",
    "CERTIFICATE REQUEST, expected a certificate",
    "TRUSTED CERTIFICATE, openssl x509",
    "GIBBERISH, unknown kind of block",
    "CERTIFICATE, malformed certificate",
  })
  void otherBlocksAreRefused(String label, String message) {
    String pem =
        identity.keyToPem() + "-----BEGIN " + label + "-----\nMAA=\n-----END " + label + "-----\n";
    var error = assertThrows(PemError.class, () -> Identity.pem(pem, null));
    assertTrue(error.getMessage().contains(message), error.getMessage());
  }

  @Test
  void revocationListsArePassedOver() {
    String crl = "-----BEGIN X509 CRL-----\nMAA=\n-----END X509 CRL-----\n";
    assertEquals(
        identity.chain(),
        Identity.pem(crl + identity.chainToPem() + identity.keyToPem(), null).chain());
  }

  @Test
  void pemFiles(@TempDir Path dir) throws Exception {
    var chain = Files.writeString(dir.resolve("chain.pem"), identity.chainToPem());
    var key = Files.writeString(dir.resolve("key.pem"), identity.keyToPem());
    var both =
        Files.writeString(dir.resolve("both.pem"), identity.keyToPem() + identity.chainToPem());
    assertEquals(identity.chain(), Identity.pem(chain, key).chain());
    assertEquals(identity.chain(), Identity.pem(both, both).chain());
    var missing = dir.resolve("missing.pem");
    var error = assertThrows(UncheckedIOException.class, () -> Identity.pem(missing, key));
    assertTrue(error.getMessage().contains("missing.pem"), error.getMessage());
    var junk = Files.writeString(chain, identity.chainToPem().replaceFirst("[+/A]", "?"));
    var pemError = assertThrows(PemError.class, () -> Identity.pem(junk, key));
    assertTrue(pemError.source().endsWith("chain.pem"), pemError.source());
  }

  @Test
  void pkcs12(@TempDir Path dir) throws Exception {
    var store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    var chain = identity.chain().toArray(new Certificate[0]);
    store.setKeyEntry("one", identity.key(), PASSWORD, chain);
    var out = new ByteArrayOutputStream();
    store.store(out, PASSWORD);
    var file = Files.write(dir.resolve("id.p12"), out.toByteArray());

    assertEquals(identity.chain(), Identity.pkcs12(file, PASSWORD).chain());
    assertEquals(identity.key(), Identity.pkcs12(out.toByteArray(), PASSWORD).key());
    assertThrows(
        CredentialError.class, () -> Identity.pkcs12(out.toByteArray(), "no".toCharArray()));
    assertThrows(CredentialError.class, () -> Identity.pkcs12(new byte[10], PASSWORD));
    store.setKeyEntry("two", identity.key(), PASSWORD, chain);
    var error = assertThrows(CredentialError.class, () -> Identity.keyStore(store, PASSWORD));
    assertEquals("expected one key entry, found [one, two]", error.getMessage());
  }

  @Test
  void namesAndDetails() throws Exception {
    assertEquals(List.of("a.example", "*.b.example"), identity.dnsNames());
    assertEquals(List.of(InetAddress.ofLiteral("192.0.2.1")), identity.addresses());
    assertTrue(identity.serves("x.b.example"));
    assertFalse(identity.serves("b.example"));
    var details = identity.details();
    assertEquals("CN=a.example", details.subject());
    assertEquals("CN=Middle", details.issuer());
    assertEquals("EC", details.keyAlgorithm());
    assertEquals(Duration.ofDays(30), Duration.between(details.notBefore(), details.notAfter()));
    assertEquals(details.notAfter(), identity.notAfter());
    assertEquals(HexFormat.of().formatHex(identity.fingerprintSha256()), details.sha256());
    assertEquals(HexFormat.of().formatHex(identity.spkiSha256()), details.spkiSha256());
    assertFalse(identity.toString().contains("Private"));
  }

  @Test
  void selfSigned() throws Exception {
    var now = Instant.parse("2026-11-22T10:00:00.5Z");
    var self = Identity.selfSigned(now, Duration.ofDays(14), "localhost", "127.0.0.1", "::1");
    var leaf = self.leaf();
    leaf.verify(leaf.getPublicKey());
    assertEquals(3, leaf.getVersion());
    assertEquals("SHA256withECDSA", leaf.getSigAlgName());
    assertEquals(Instant.parse("2026-11-22T10:00:00Z"), leaf.getNotBefore().toInstant());
    assertEquals(Instant.parse("2026-12-06T10:00:00Z"), self.notAfter());
    assertEquals(-1, leaf.getBasicConstraints());
    assertTrue(leaf.getKeyUsage()[0]);
    assertEquals(List.of("1.3.6.1.5.5.7.3.1", "1.3.6.1.5.5.7.3.2"), leaf.getExtendedKeyUsage());
    assertEquals(List.of("localhost"), self.dnsNames());
    assertEquals(
        List.of(InetAddress.ofLiteral("127.0.0.1"), InetAddress.ofLiteral("::1")),
        self.addresses());
    assertTrue(leaf.getSerialNumber().signum() > 0);
    assertEquals(127, leaf.getSerialNumber().bitLength());
    var other = Identity.selfSigned(now, Duration.ofDays(14), "localhost");
    assertFalse(java.util.Arrays.equals(self.spkiSha256(), other.spkiSha256()));
    assertThrows(CredentialError.class, () -> Identity.selfSigned(now, Duration.ofDays(1)));
    String longName = "a".repeat(60) + ".example.org";
    assertTrue(Identity.selfSigned(now, Duration.ofDays(1), longName).serves(longName));
  }

  @Test
  @NeedsProgram("openssl")
  void opensslReadsWhatWeWrite(@TempDir Path dir) throws Exception {
    var self = Identity.selfSigned(TestCa.NOW, Duration.ofDays(14), "localhost", "::1");
    var file = Files.writeString(dir.resolve("self.pem"), self.chainToPem());
    Files.writeString(dir.resolve("key.pem"), self.keyToPem());
    String text =
        openssl(dir, "x509", "-in", file.toString(), "-noout", "-text", "-fingerprint", "-sha256");
    assertTrue(text.contains("DNS:localhost, IP Address:0:0:0:0:0:0:0:1"), text);
    assertTrue(text.contains("CA:FALSE"), text);
    assertTrue(text.contains("X509v3 Key Usage: critical"), text);
    String fingerprint =
        HexFormat.ofDelimiter(":").withUpperCase().formatHex(self.fingerprintSha256());
    assertTrue(text.contains(fingerprint), text);
    String verified =
        openssl(
            dir,
            "verify",
            "-x509_strict",
            "-no_check_time",
            "-CAfile",
            file.toString(),
            file.toString());
    assertTrue(verified.endsWith("OK\n"), verified);
    String publicKey = openssl(dir, "pkey", "-in", "key.pem", "-pubout");
    assertEquals(openssl(dir, "x509", "-in", "self.pem", "-pubkey", "-noout"), publicKey);
  }

  private static String openssl(Path dir, String... arguments) throws Exception {
    var command = new ArrayList<>(List.of(Programs.get("openssl").toString()));
    command.addAll(List.of(arguments));
    var process =
        new ProcessBuilder(command).directory(dir.toFile()).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), output);
    return output;
  }

  @Test
  void fingerprintsAreThoseOfTheEncoding() throws Exception {
    var digest = java.security.MessageDigest.getInstance("SHA-256");
    assertArrayEquals(digest.digest(identity.leaf().getEncoded()), identity.fingerprintSha256());
  }
}
