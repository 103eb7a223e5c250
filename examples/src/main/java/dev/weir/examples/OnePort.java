package dev.weir.examples;

import dev.weir.Host;
import dev.weir.Weir;
import dev.weir.tls.Identity;
import java.net.InetSocketAddress;

/**
 * HTTP, and a protocol of one's own for whatever is no HTTP, on one port: the first bytes tell. The
 * same on a port with TLS, inside of it, where plain HTTP is sent to https.
 */
public final class OnePort {

  private OnePort() {}

  /** Starts it; port 0 for any. */
  public static Host start(Weir weir, int tlsPort, int port) {
    return weir.host(
        "localhost",
        host ->
            host.tls(Identity.selfSigned("localhost"))
                .listen(new InetSocketAddress("localhost", tlsPort))
                .listenPlain(new InetSocketAddress("localhost", port))
                .get("/", (request, response) -> response.text("http\n"))
                .fallback(stream -> new TcpEcho()));
  }

  /** Serves until it is stopped. */
  public static void main(String[] args) throws InterruptedException {
    try (Weir weir = Weir.start()) {
      start(weir, 8443, 8080);
      weir.awaitShutdown();
    }
  }
}
