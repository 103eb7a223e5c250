package dev.weir.tls;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.tls.RefusedCertificate.Reason;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Verdicts, one leniency at a time. */
final class TrustTest {
  private static final Instant NOW = TestCa.NOW;
  private static final Instant LATER = NOW.plus(Duration.ofDays(60));
  private static final Instant EARLIER = NOW.minus(Duration.ofDays(60));

  private static final TestCa ROOT = TestCa.root("Root");
  private static final TestCa OTHER = TestCa.root("Other");
  private static final Identity GOOD = ROOT.issue("a.example");
  private static final Identity BY_MIDDLE = ROOT.authority("Middle").issue("a.example");
  private static final Identity SELF = Identity.selfSigned(NOW, Duration.ofDays(30), "a.example");
  private static final Identity AUTHORITY_AS_LEAF = authorityAsLeaf();

  /** A certificate that may sign others, but not be a server's. */
  private static Identity authorityAsLeaf() {
    var keys = TestCa.keys("EC", "secp256r1");
    var certificate =
        ROOT.sign(
            new CertificateWriter(
                "a.example",
                "Root",
                keys.getPublic(),
                List.of("a.example"),
                true,
                NOW,
                NOW.plus(Duration.ofDays(30)),
                BigInteger.ONE));
    return Identity.of(keys.getPrivate(), List.of(certificate));
  }

  static Stream<Arguments> verdicts() {
    var pinned = Trust.pinnedCertificate(SELF.fingerprintSha256());
    var pinnedKey = Trust.pinnedKey(SELF.spkiSha256());
    var self = Trust.certificates(List.of(SELF.leaf()));
    return Stream.of(
        verdict("known root", ROOT.trust(), GOOD, NOW, "a.example", null),
        verdict("known root, intermediate", ROOT.trust(), BY_MIDDLE, NOW, "a.example", null),
        verdict("leaf itself", self, SELF, NOW, "a.example", null),
        verdict("other root", OTHER.trust(), GOOD, NOW, "a.example", Reason.UNTRUSTED),
        verdict("nobody", Trust.none(), GOOD, NOW, "a.example", Reason.UNTRUSTED),
        verdict("other host", ROOT.trust(), GOOD, NOW, "b.example", Reason.WRONG_HOST),
        verdict("leaf itself, other host", self, SELF, NOW, "b.example", Reason.WRONG_HOST),
        verdict("expired", ROOT.trust(), GOOD, LATER, "a.example", Reason.EXPIRED),
        verdict("not yet valid", ROOT.trust(), GOOD, EARLIER, "a.example", Reason.NOT_YET_VALID),
        verdict("leaf itself, expired", self, SELF, LATER, "a.example", Reason.EXPIRED),
        verdict("self-signed", ROOT.trust(), SELF, NOW, "a.example", Reason.SELF_SIGNED),
        verdict(
            "authority as leaf", ROOT.trust(), AUTHORITY_AS_LEAF, NOW, "a.example", Reason.INVALID),
        // one leniency each, and what it does not forgive
        verdict("allowSelfSigned", ROOT.trust().allowSelfSigned(), SELF, NOW, "a.example", null),
        verdict(
            "allowSelfSigned, other issuer",
            OTHER.trust().allowSelfSigned(),
            GOOD,
            NOW,
            "a.example",
            Reason.UNTRUSTED),
        verdict(
            "allowSelfSigned, other host",
            Trust.none().allowSelfSigned(),
            SELF,
            NOW,
            "b.example",
            Reason.WRONG_HOST),
        verdict(
            "allowSelfSigned, expired",
            Trust.none().allowSelfSigned(),
            SELF,
            LATER,
            "a.example",
            Reason.EXPIRED),
        verdict("allowExpired", ROOT.trust().allowExpired(), GOOD, LATER, "a.example", null),
        verdict(
            "allowExpired, intermediate",
            ROOT.trust().allowExpired(),
            BY_MIDDLE,
            NOW.plus(Duration.ofDays(5000)),
            "a.example",
            null),
        verdict(
            "allowExpired, too early",
            ROOT.trust().allowExpired(),
            GOOD,
            EARLIER,
            "a.example",
            null),
        verdict(
            "allowExpired, other root",
            OTHER.trust().allowExpired(),
            GOOD,
            LATER,
            "a.example",
            Reason.UNTRUSTED),
        verdict(
            "allowExpired, other host",
            ROOT.trust().allowExpired(),
            GOOD,
            LATER,
            "b.example",
            Reason.WRONG_HOST),
        verdict("skipHostname", ROOT.trust().skipHostname(), GOOD, NOW, "b.example", null),
        verdict(
            "skipHostname, other root",
            OTHER.trust().skipHostname(),
            GOOD,
            NOW,
            "b.example",
            Reason.UNTRUSTED),
        verdict(
            "skipHostname, expired",
            ROOT.trust().skipHostname(),
            GOOD,
            LATER,
            "b.example",
            Reason.EXPIRED),
        verdict("trustAll", OTHER.trust().trustAll(), GOOD, NOW, "a.example", null),
        verdict("trustAll, self-signed", Trust.none().trustAll(), SELF, NOW, "a.example", null),
        verdict(
            "trustAll, other host",
            Trust.none().trustAll(),
            GOOD,
            NOW,
            "b.example",
            Reason.WRONG_HOST),
        verdict(
            "trustAll, expired", Trust.none().trustAll(), GOOD, LATER, "a.example", Reason.EXPIRED),
        verdict("insecure", Trust.insecure(), SELF, LATER, "b.example", null),
        // pins
        verdict("pinned", pinned, SELF, NOW, "anything", null),
        verdict("pinned, expired", pinned, SELF, LATER, "a.example", Reason.EXPIRED),
        verdict("pinned, allowExpired", pinned.allowExpired(), SELF, LATER, "a.example", null),
        verdict("pinned, other", pinned, GOOD, NOW, "a.example", Reason.NOT_PINNED),
        verdict("pinned key", pinnedKey, SELF, NOW, "anything", null),
        verdict("pinned key, other", pinnedKey, GOOD, NOW, "a.example", Reason.NOT_PINNED),
        verdict("pinned or known", pinned.or(ROOT.trust()), GOOD, NOW, "a.example", null),
        verdict(
            "pinned or known, neither",
            pinned.or(OTHER.trust()),
            GOOD,
            NOW,
            "a.example",
            Reason.UNTRUSTED));
  }

  private static Arguments verdict(
      String name, Trust trust, Identity identity, Instant now, String host, Reason expected) {
    return Arguments.of(name, trust, identity, now, host, expected);
  }

  @ParameterizedTest(name = "{0}: {5}")
  @MethodSource("verdicts")
  void servers(
      String name, Trust trust, Identity identity, Instant now, String host, Reason expected) {
    if (expected == null) {
      assertDoesNotThrow(() -> trust.checkServer(identity.chain(), host, now), name);
    } else {
      var refused =
          assertThrows(
              RefusedCertificate.class, () -> trust.checkServer(identity.chain(), host, now), name);
      assertEquals(expected, refused.reason(), refused.getMessage());
      assertFalse(refused.getMessage().isBlank());
    }
  }

  @Test
  void clientsHaveNoHost() throws Exception {
    ROOT.trust().checkClient(GOOD.chain(), NOW);
    var refused =
        assertThrows(RefusedCertificate.class, () -> OTHER.trust().checkClient(GOOD.chain(), NOW));
    assertEquals(Reason.UNTRUSTED, refused.reason());
  }

  @Test
  void messagesSayWhatToKnow() {
    assertEquals(
        "the certificate is for a.example, not for b.example",
        message(ROOT.trust(), GOOD, NOW, "b.example"));
    assertEquals(
        "certificate CN=a.example was issued by CN=Root, from whom no trusted certificate is"
            + " reached",
        message(OTHER.trust(), GOOD, NOW, "a.example"));
    assertEquals(
        "certificate CN=a.example is self-signed and not trusted",
        message(OTHER.trust(), SELF, NOW, "a.example"));
    assertEquals(
        "certificate CN=a.example expired at " + GOOD.notAfter(),
        message(ROOT.trust(), GOOD, LATER, "a.example"));
  }

  private static String message(Trust trust, Identity identity, Instant now, String host) {
    return assertThrows(
            RefusedCertificate.class, () -> trust.checkServer(identity.chain(), host, now))
        .getMessage();
  }

  /** An issuer of the right name but with another key has not signed. */
  @Test
  void namesakesAreNotTrusted() {
    var refused =
        assertThrows(
            RefusedCertificate.class,
            () -> TestCa.root("Root").trust().checkServer(GOOD.chain(), "a.example", NOW));
    assertEquals(Reason.INVALID, refused.reason());
  }

  @Test
  void expiredIntermediatesAreTheReason() {
    var late = NOW.plus(Duration.ofDays(310));
    var leaf = ROOT.authority("Middle").issue(NOW, Duration.ofDays(364), "a.example");
    var refused =
        assertThrows(
            RefusedCertificate.class,
            () -> ROOT.trust().checkServer(leaf.chain(), "a.example", late));
    assertEquals(Reason.EXPIRED, refused.reason(), refused.getMessage());
  }

  @Test
  void anchorsFromPem(@TempDir Path dir) throws Exception {
    String pem = GOOD.chainToPem().strip() + "\n";
    var file = Files.writeString(dir.resolve("ca.pem"), pem);
    assertEquals(List.of(GOOD.leaf()), Trust.pem(file).anchors());
    assertEquals(List.of(GOOD.leaf()), Trust.pem(pem).anchors());
    assertThrows(CredentialError.class, () -> Trust.pem("no certificate"));
    assertEquals(2, Trust.pem(pem).or(ROOT.trust()).anchors().size());
    assertEquals(1, Trust.pem(pem).or(Trust.pem(pem)).anchors().size());
  }

  @Test
  void pinsHave32Bytes() {
    assertThrows(CredentialError.class, () -> Trust.pinnedCertificate(new byte[20]));
    assertThrows(CredentialError.class, () -> Trust.pinnedKey(new byte[33]));
  }

  @Test
  void theJdkBelievesMany() {
    assertTrue(Trust.jdk().anchors().size() > 50);
    var refused =
        assertThrows(
            RefusedCertificate.class,
            () -> Trust.jdk().checkServer(GOOD.chain(), "a.example", NOW));
    assertEquals(Reason.UNTRUSTED, refused.reason());
  }
}
