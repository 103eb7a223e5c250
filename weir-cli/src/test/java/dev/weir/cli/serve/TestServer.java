package dev.weir.cli.serve;

import dev.weir.Host;
import dev.weir.Weir;
import dev.weir.loop.spi.LoopProvider;
import dev.weir.tls.Identity;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;

/**
 * What {@code weir serve --test-routes} serves, in this process, on ports of the system's choice.
 */
public final class TestServer implements AutoCloseable {

  final Weir weir = Weir.start();
  final Identity identity =
      Identity.selfSigned(Instant.now(), Duration.ofDays(1), "localhost", "127.0.0.1");
  private final Host host;

  public TestServer() {
    host =
        weir.host(
            "localhost",
            h -> {
              TestRoutes.addTo(h);
              new PageSite(weir, LoopProvider.preferred()).addTo(h);
              h.tls(identity).listen(any()).listenPlain(any());
            });
  }

  static InetSocketAddress any() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
  }

  private int port(int index) {
    List<?> addresses = host.addresses();
    return ((InetSocketAddress) addresses.get(index)).getPort();
  }

  public int tlsPort() {
    return port(0);
  }

  public int plainPort() {
    return port(1);
  }

  public String https(String path) {
    return "https://localhost:" + tlsPort() + path;
  }

  public String http(String path) {
    return "http://localhost:" + plainPort() + path;
  }

  /** The certificate as a file that clients can be told to trust. */
  public Path certificate(Path directory) throws IOException {
    return Files.writeString(directory.resolve("cert.pem"), identity.chainToPem());
  }

  String spki() {
    return Base64.getEncoder().encodeToString(identity.spkiSha256());
  }

  @Override
  public void close() {
    weir.close();
  }
}
