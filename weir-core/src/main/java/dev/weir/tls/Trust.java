package dev.weir.tls;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/**
 * Whom to believe: trust anchors, pins, and leniencies, each with a name of its own. One verdict
 * for every TLS library, which asks here instead of judging itself. Immutable and safe from any
 * thread; the ways to make one from files block.
 */
public final class Trust {
  private static final List<Path> SYSTEM_BUNDLES =
      List.of(
          Path.of("/etc/ssl/certs/ca-certificates.crt"),
          Path.of("/etc/pki/tls/certs/ca-bundle.crt"),
          Path.of("/etc/ssl/ca-bundle.pem"),
          Path.of("/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem"),
          Path.of("/etc/ssl/cert.pem"));

  private static final Trust NONE = new Trust(List.of(), List.of(), Set.of());

  /** What this trust is lenient about. */
  enum Leniency {
    ANY_ISSUER,
    SELF_SIGNED,
    EXPIRED,
    HOSTNAME
  }

  private final List<X509Certificate> anchors;
  private final List<Pin> pins;
  private final Set<Leniency> leniencies;

  private Trust(List<X509Certificate> anchors, List<Pin> pins, Set<Leniency> leniencies) {
    this.anchors = anchors;
    this.pins = pins;
    this.leniencies = leniencies;
  }

  /** Returns a trust that believes nobody, to start from. */
  public static Trust none() {
    return NONE;
  }

  /** Believes these certificates and whom they vouch for. */
  public static Trust certificates(Collection<X509Certificate> anchors) {
    if (anchors.isEmpty()) {
      throw new CredentialError("no certificate to trust");
    }
    return new Trust(List.copyOf(anchors), List.of(), Set.of());
  }

  /** Believes the certificates of a PEM file and whom they vouch for. */
  public static Trust pem(Path file) {
    return certificates(CertificateReader.read(PemReader.read(file)));
  }

  /** Believes the certificates of a PEM text and whom they vouch for. */
  public static Trust pem(String text) {
    return certificates(
        CertificateReader.read(PemReader.read("PEM text", text.getBytes(StandardCharsets.UTF_8))));
  }

  /** Believes whom this JDK believes: its cacerts, or what its system properties say. */
  public static Trust jdk() {
    try {
      var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      factory.init((KeyStore) null);
      for (var manager : factory.getTrustManagers()) {
        if (manager instanceof X509TrustManager x509) {
          return certificates(Arrays.asList(x509.getAcceptedIssuers()));
        }
      }
      throw new CredentialError("this JDK has no X.509 trust manager");
    } catch (GeneralSecurityException e) {
      throw new CredentialError("the JDK's trust store does not open: " + e.getMessage(), e);
    }
  }

  /**
   * Believes whom the operating system believes: the file that SSL_CERT_FILE names, or the first of
   * the usual bundles.
   */
  public static Trust system() {
    String named = System.getenv("SSL_CERT_FILE");
    var candidates = named == null ? SYSTEM_BUNDLES : List.of(Path.of(named));
    for (var file : candidates) {
      if (Files.isReadable(file)) {
        return pem(file);
      }
    }
    throw new CredentialError("found none of the system's trust bundles: " + candidates);
  }

  /**
   * Believes, whatever its chain and its names, the certificate with this SHA-256 fingerprint while
   * it is valid; a pin proves more than a name.
   */
  public static Trust pinnedCertificate(byte[] sha256) {
    return new Trust(List.of(), List.of(Pin.certificate(sha256)), Set.of());
  }

  /** Believes the key whose SubjectPublicKeyInfo has this SHA-256, as above. */
  public static Trust pinnedKey(byte[] spkiSha256) {
    return new Trust(List.of(), List.of(Pin.key(spkiSha256)), Set.of());
  }

  /** Believes everybody: any issuer, expired or not, for any host. For tests and first tries. */
  public static Trust insecure() {
    return NONE.trustAll().allowExpired().skipHostname();
  }

  /** Returns a trust that believes whom either believes, with the leniencies of both. */
  public Trust or(Trust other) {
    return new Trust(
        Stream.concat(anchors.stream(), other.anchors.stream()).distinct().toList(),
        Stream.concat(pins.stream(), other.pins.stream()).distinct().toList(),
        union(leniencies, other.leniencies));
  }

  /** Believes a certificate that is its own issuer; its names and validity still count. */
  public Trust allowSelfSigned() {
    return with(Leniency.SELF_SIGNED);
  }

  /** Believes certificates outside of their validity. */
  public Trust allowExpired() {
    return with(Leniency.EXPIRED);
  }

  /** Believes certificates that are valid for other hosts. */
  public Trust skipHostname() {
    return with(Leniency.HOSTNAME);
  }

  /** Believes any issuer; names and validity still count. */
  public Trust trustAll() {
    return with(Leniency.ANY_ISSUER);
  }

  private Trust with(Leniency leniency) {
    return new Trust(anchors, pins, union(leniencies, Set.of(leniency)));
  }

  private static Set<Leniency> union(Set<Leniency> one, Set<Leniency> other) {
    return Set.copyOf(Stream.concat(one.stream(), other.stream()).toList());
  }

  /** Returns the trust anchors, which servers may name when they ask for a certificate. */
  public List<X509Certificate> anchors() {
    return anchors;
  }

  /**
   * Judges the chain of a server. Computes for about a millisecond; does no I/O.
   *
   * @param chain certificates as they were sent, leaf first
   * @param host the host that the user asked for, a name or an IP literal
   * @param now the time at which they have to be valid
   * @throws RefusedCertificate if the server is not to be believed
   */
  public void checkServer(List<X509Certificate> chain, String host, Instant now)
      throws RefusedCertificate {
    new ChainJudge(this, now).judge(chain, host, true);
  }

  /**
   * Judges the chain of a client. Computes for about a millisecond; does no I/O.
   *
   * @param chain certificates as they were sent, leaf first
   * @param now the time at which they have to be valid
   * @throws RefusedCertificate if the client is not to be believed
   */
  public void checkClient(List<X509Certificate> chain, Instant now) throws RefusedCertificate {
    new ChainJudge(this, now).judge(chain, null, false);
  }

  List<Pin> pins() {
    return pins;
  }

  boolean allows(Leniency leniency) {
    return leniencies.contains(leniency);
  }

  /** A fingerprint, of a whole certificate or of its key. */
  record Pin(boolean ofKey, ByteBuffer sha256) {
    private static final int LENGTH = 32;

    static Pin certificate(byte[] sha256) {
      return new Pin(false, checked(sha256));
    }

    static Pin key(byte[] sha256) {
      return new Pin(true, checked(sha256));
    }

    private static ByteBuffer checked(byte[] sha256) {
      if (sha256.length != LENGTH) {
        throw new CredentialError("a SHA-256 pin has " + LENGTH + " bytes, not " + sha256.length);
      }
      return ByteBuffer.wrap(sha256.clone()).asReadOnlyBuffer();
    }

    boolean match(X509Certificate certificate) {
      byte[] actual =
          ofKey
              ? CertificateDetails.spkiSha256(certificate)
              : CertificateDetails.sha256(certificate);
      return sha256.equals(ByteBuffer.wrap(actual));
    }
  }

  /** Names what is believed, not whom by name. */
  @Override
  public String toString() {
    return "Trust[" + anchors.size() + " anchors, " + pins.size() + " pins, " + leniencies + "]";
  }
}
