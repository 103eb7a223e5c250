package dev.weir.tls;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/** A certificate authority of a test's own, which forgets its keys with the test. */
final class TestCa {
  /** The time that every clock of these tests tells. */
  static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

  private static int serials;

  private final String name;
  private final KeyPair keys;
  private final List<X509Certificate> chain;

  private TestCa(String name, KeyPair keys, List<X509Certificate> chain) {
    this.name = name;
    this.keys = keys;
    this.chain = chain;
  }

  static TestCa root(String name) {
    var keys = keys("EC", "secp256r1");
    var certificate =
        writer(name, name, keys, true, NOW, Duration.ofDays(365)).sign(keys.getPrivate());
    return new TestCa(name, keys, List.of(certificate));
  }

  /** An intermediate authority. */
  TestCa authority(String subject) {
    var subjectKeys = keys("EC", "secp256r1");
    var certificate =
        writer(subject, name, subjectKeys, true, NOW, Duration.ofDays(300)).sign(keys.getPrivate());
    var path = new ArrayList<>(List.of(certificate));
    path.addAll(chain);
    return new TestCa(subject, subjectKeys, path);
  }

  PrivateKey key() {
    return keys.getPrivate();
  }

  X509Certificate certificate() {
    return chain.getFirst();
  }

  Trust trust() {
    return Trust.certificates(List.of(chain.getLast()));
  }

  Identity issue(String... names) {
    return issue(keys("EC", "secp256r1"), NOW, Duration.ofDays(30), names);
  }

  Identity issue(Instant notBefore, Duration validity, String... names) {
    return issue(keys("EC", "secp256r1"), notBefore, validity, names);
  }

  /** Issues a certificate; the chain has the intermediates, but not the root. */
  Identity issue(KeyPair subjectKeys, Instant notBefore, Duration validity, String... names) {
    var leaf =
        writer(names[0], name, subjectKeys, false, notBefore, validity, names)
            .sign(keys.getPrivate());
    var path = new ArrayList<>(List.of(leaf));
    path.addAll(chain.subList(0, chain.size() - 1));
    return Identity.of(subjectKeys.getPrivate(), path);
  }

  /** A server whose clock stands. */
  static TlsServerConfig.Builder server(Identity... identities) {
    return TlsServerConfig.of(identities).clock(InstantSource.fixed(NOW));
  }

  /** A client whose clock stands. */
  static TlsClientConfig.Builder client(Trust trust) {
    return TlsClientConfig.of(trust).clock(InstantSource.fixed(NOW));
  }

  X509Certificate sign(CertificateWriter writer) {
    return writer.sign(keys.getPrivate());
  }

  static KeyPair keys(String algorithm, String parameters) {
    try {
      var generator = KeyPairGenerator.getInstance(algorithm);
      switch (algorithm) {
        case "EC" -> generator.initialize(new ECGenParameterSpec(parameters));
        case "RSA", "RSASSA-PSS" -> generator.initialize(Integer.parseInt(parameters));
        default -> {}
      }
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  private static CertificateWriter writer(
      String subject,
      String issuer,
      KeyPair keys,
      boolean authority,
      Instant notBefore,
      Duration validity,
      String... names) {
    return new CertificateWriter(
        subject,
        issuer,
        keys.getPublic(),
        List.of(names),
        authority,
        notBefore,
        notBefore.plus(validity),
        BigInteger.valueOf(++serials));
  }
}
