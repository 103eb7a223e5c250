package dev.weir.bench.server;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Arrays;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/**
 * What all servers serve.
 *
 * @param directory holds {@code cert.pem}, {@code key.pem}, {@code store.p12} and {@code www/file}
 */
record Content(Path directory) {

  static final String TEXT = "text/plain";
  static final String BINARY = "application/octet-stream";
  static final String PASSWORD = "weirbench";

  private static final int LARGE = 100_000;

  /** What {@code /} answers. */
  static byte[] hello() {
    return "Hello, World!".getBytes(StandardCharsets.US_ASCII);
  }

  /** What {@code /100k} answers. */
  static byte[] large() {
    byte[] bytes = new byte[LARGE];
    Arrays.fill(bytes, (byte) 'x');
    return bytes;
  }

  /** Where to listen: on a port of the system's choice. */
  static InetSocketAddress anyPort() {
    return new InetSocketAddress(loopback(), 0);
  }

  static InetAddress loopback() {
    return InetAddress.ofLiteral("127.0.0.1");
  }

  Path www() {
    return directory.resolve("www");
  }

  Path file() {
    return www().resolve("file");
  }

  Path certificate() {
    return directory.resolve("cert.pem");
  }

  Path key() {
    return directory.resolve("key.pem");
  }

  Path store() {
    return directory.resolve("store.p12");
  }

  /** The key and its chain, for JSSE. */
  KeyManagerFactory keyManagers() throws IOException, GeneralSecurityException {
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store())) {
      keys.load(in, PASSWORD.toCharArray());
    }
    var managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(keys, PASSWORD.toCharArray());
    return managers;
  }

  /** For those who take a context of JSSE. */
  SSLContext tls() throws IOException, GeneralSecurityException {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keyManagers().getKeyManagers(), null, null);
    return context;
  }
}
