package dev.weir.tls;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A private key and the certificate chain that proves it: what one end of a connection shows.
 * Immutable and safe from any thread. The ways to make one from files block; all of them throw
 * {@link CredentialError} for what does not fit together, and {@link UncheckedIOException} for a
 * file that cannot be read.
 */
public final class Identity {
  private static final int MAX_COMMON_NAME = 64;

  private final PrivateKey key;
  private final List<X509Certificate> chain;

  private Identity(PrivateKey key, List<X509Certificate> chain) {
    this.key = key;
    this.chain = chain;
  }

  /**
   * Makes an identity of a key and its chain. Certificates out of order are put in order; those
   * that do not belong to the chain are refused.
   */
  public static Identity of(PrivateKey key, List<X509Certificate> certificates) {
    return new Identity(key, ChainOrder.order(key, certificates));
  }

  /** Reads a chain and an unencrypted key from PEM files, which may be the same file. */
  public static Identity pem(Path chain, Path key) {
    return pem(chain, key, null);
  }

  /** Reads a chain and a key from PEM files; the password opens an encrypted key. */
  public static Identity pem(Path chain, Path key, char @Nullable [] password) {
    var blocks = PemReader.read(chain);
    return pem(chain.equals(key) ? blocks : concat(blocks, PemReader.read(key)), password);
  }

  /** Reads a chain and a key, in any order, from PEM text. */
  public static Identity pem(String text, char @Nullable [] password) {
    return pem(PemReader.read("PEM text", text.getBytes(StandardCharsets.UTF_8)), password);
  }

  /** Reads a chain and a key, in any order, from PEM bytes. */
  public static Identity pem(byte[] bytes, char @Nullable [] password) {
    return pem(PemReader.read("PEM bytes", bytes), password);
  }

  private static List<PemBlock> concat(List<PemBlock> first, List<PemBlock> second) {
    return Stream.concat(first.stream(), second.stream()).toList();
  }

  private static Identity pem(List<PemBlock> blocks, char @Nullable [] password) {
    PrivateKey key = null;
    for (var block : blocks) {
      if (PrivateKeyReader.isPrivateKey(block)) {
        if (key != null) {
          throw block.error("a second private key; an identity has one");
        }
        key = PrivateKeyReader.read(block, password);
      }
    }
    if (key == null) {
      throw new CredentialError("no private key, but " + labels(blocks));
    }
    var certificates = CertificateReader.read(blocks);
    if (certificates.isEmpty()) {
      throw new CredentialError("no certificate, but " + labels(blocks));
    }
    return of(key, certificates);
  }

  private static String labels(List<PemBlock> blocks) {
    return blocks.isEmpty()
        ? "no PEM block at all"
        : String.join(", ", blocks.stream().map(PemBlock::label).distinct().toList());
  }

  /** Reads the only private key of a PKCS#12 file and its chain. */
  public static Identity pkcs12(Path file, char[] password) {
    try {
      return pkcs12(Files.readAllBytes(file), password);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }

  /** Reads the only private key of a PKCS#12 structure and its chain. */
  public static Identity pkcs12(byte[] bytes, char[] password) {
    try {
      var store = KeyStore.getInstance("PKCS12");
      store.load(new ByteArrayInputStream(bytes), password);
      return keyStore(store, password);
    } catch (IOException | GeneralSecurityException e) {
      throw new CredentialError(
          "not PKCS#12, or the password does not open it: " + e.getMessage(), e);
    }
  }

  /** Takes the only private key of a key store and its chain. */
  public static Identity keyStore(KeyStore store, char[] password) {
    try {
      var aliases = new ArrayList<String>();
      for (String alias : Collections.list(store.aliases())) {
        if (store.isKeyEntry(alias)) {
          aliases.add(alias);
        }
      }
      if (aliases.size() != 1) {
        throw new CredentialError("expected one key entry, found " + aliases);
      }
      Key key = store.getKey(aliases.getFirst(), password);
      Certificate[] chain = store.getCertificateChain(aliases.getFirst());
      if (!(key instanceof PrivateKey privateKey) || chain == null) {
        throw new CredentialError("entry " + aliases + " has no private key with a chain");
      }
      return of(privateKey, Arrays.stream(chain).map(X509Certificate.class::cast).toList());
    } catch (GeneralSecurityException e) {
      throw new CredentialError("the key store does not open: " + e.getMessage(), e);
    }
  }

  /** Makes a self-signed identity that is valid for fourteen days from now. */
  public static Identity selfSigned(String... names) {
    return selfSigned(Instant.now(), Duration.ofDays(14), names);
  }

  /**
   * Makes a new EC P-256 key and a certificate that it signs itself, valid for servers and clients,
   * and such as browsers accept once told to.
   *
   * @param now start of validity, cut to the second
   * @param validity at most 398 days for browsers, and at most 14 for WebTransport's
   *     serverCertificateHashes
   * @param names DNS names, wildcards and IP literals; the first is the common name too
   */
  public static Identity selfSigned(Instant now, Duration validity, String... names) {
    if (names.length == 0) {
      throw new CredentialError("a self-signed certificate needs a name, localhost for one");
    }
    try {
      var generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      var pair = generator.generateKeyPair();
      String commonName = names[0].length() > MAX_COMMON_NAME ? "weir" : names[0];
      var start = now.truncatedTo(ChronoUnit.SECONDS);
      var certificate =
          new CertificateWriter(
                  commonName,
                  commonName,
                  pair.getPublic(),
                  List.of(names),
                  false,
                  start,
                  start.plus(validity),
                  new BigInteger(127, new SecureRandom()).setBit(126))
              .sign(pair.getPrivate());
      return new Identity(pair.getPrivate(), List.of(certificate));
    } catch (GeneralSecurityException e) {
      throw new CredentialError("this JDK makes no EC P-256 keys: " + e.getMessage(), e);
    }
  }

  /** Returns the private key. */
  public PrivateKey key() {
    return key;
  }

  /** Returns the chain, leaf first. */
  public List<X509Certificate> chain() {
    return chain;
  }

  /** Returns the end-entity certificate. */
  public X509Certificate leaf() {
    return chain.getFirst();
  }

  /** Returns the details of the leaf. */
  public CertificateDetails details() {
    return CertificateDetails.of(leaf());
  }

  /** Returns whether the leaf is valid for this host name or IP literal (RFC 9525). */
  public boolean serves(String host) {
    return CertificateNames.of(leaf()).match(host);
  }

  /** Returns the DNS names that the leaf is valid for, in lower case, wildcards as they are. */
  public List<String> dnsNames() {
    return CertificateNames.of(leaf()).dns();
  }

  /** Returns the IP addresses that the leaf is valid for. */
  public List<InetAddress> addresses() {
    return CertificateNames.of(leaf()).addresses();
  }

  /** Returns when the leaf expires. */
  public Instant notAfter() {
    return leaf().getNotAfter().toInstant();
  }

  /** Returns the SHA-256 of the leaf, as browsers and WebTransport want it. */
  public byte[] fingerprintSha256() {
    return CertificateDetails.sha256(leaf());
  }

  /** Returns the SHA-256 of the leaf's SubjectPublicKeyInfo, as pins are written. */
  public byte[] spkiSha256() {
    return CertificateDetails.spkiSha256(leaf());
  }

  /** Returns the chain as PEM. */
  public String chainToPem() {
    var pem = new StringBuilder();
    for (var certificate : chain) {
      try {
        append(pem, PemBlock.CERTIFICATE, certificate.getEncoded());
      } catch (GeneralSecurityException e) {
        throw new CredentialError("a certificate has no encoding", e);
      }
    }
    return pem.toString();
  }

  /** Returns the private key as PEM, PKCS#8, unencrypted: handle with care. */
  public String keyToPem() {
    byte[] der = key.getEncoded();
    if (der == null) {
      throw new CredentialError("the key does not leave its device");
    }
    var pem = new StringBuilder();
    append(pem, "PRIVATE KEY", der);
    return pem.toString();
  }

  private static void append(StringBuilder pem, String label, byte[] der) {
    var encoder = Base64.getMimeEncoder(64, new byte[] {'\n'});
    pem.append("-----BEGIN ").append(label).append("-----\n");
    pem.append(encoder.encodeToString(der)).append('\n');
    pem.append("-----END ").append(label).append("-----\n");
  }

  /** Names the leaf; says nothing of the key. */
  @Override
  public String toString() {
    return "Identity[" + CertificateNames.of(leaf()) + ", until " + notAfter() + "]";
  }
}
