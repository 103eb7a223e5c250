package dev.weir.bench.server;

import dev.weir.tls.Identity;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Content for servers under test, and whom their clients believe. */
final class TestContent {

  private static final int FILE_BYTES = 1 << 20;

  final Content content;
  final Identity identity =
      Identity.selfSigned(Instant.now(), Duration.ofDays(1), "localhost", "127.0.0.1");

  TestContent(Path directory) throws IOException, GeneralSecurityException {
    content = new Content(directory);
    Files.writeString(content.certificate(), identity.chainToPem());
    Files.writeString(content.key(), identity.keyToPem());
    KeyStore store = empty();
    store.setKeyEntry(
        "key",
        identity.key(),
        Content.PASSWORD.toCharArray(),
        identity.chain().toArray(new Certificate[0]));
    try (OutputStream out = Files.newOutputStream(content.store())) {
      store.store(out, Content.PASSWORD.toCharArray());
    }
    Files.createDirectory(content.www());
    Files.write(content.file(), file());
  }

  static byte[] file() {
    byte[] bytes = new byte[FILE_BYTES];
    new Random(1).nextBytes(bytes);
    return bytes;
  }

  SSLContext trusting() throws IOException, GeneralSecurityException {
    KeyStore trusted = empty();
    trusted.setCertificateEntry("server", identity.leaf());
    var managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    managers.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, managers.getTrustManagers(), null);
    return context;
  }

  private static KeyStore empty() throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    return store;
  }
}
