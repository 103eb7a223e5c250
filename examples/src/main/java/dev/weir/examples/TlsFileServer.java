package dev.weir.examples;

import dev.weir.Weir;
import dev.weir.http.files.CacheControl;
import dev.weir.http.files.FileMount;
import dev.weir.tls.Identity;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;

/** Serves a directory over TLS, with a listing where there is no index. */
public final class TlsFileServer {

  private TlsFileServer() {}

  /** Starts it; port 0 for any. */
  public static Weir start(int port, Identity identity, Path directory) {
    Weir weir = Weir.start();
    weir.host(
        "localhost",
        host ->
            host.tls(identity)
                .listen(new InetSocketAddress("localhost", port))
                .files(
                    "/",
                    FileMount.builder(directory)
                        .listings(true)
                        .cacheControl(CacheControl.maxAge(Duration.ofHours(1)))
                        .build()));
    return weir;
  }

  /** Serves until it is stopped: certificate chain, key and directory are given. */
  public static void main(String[] args) throws InterruptedException {
    Identity identity = Identity.pem(Path.of(args[0]), Path.of(args[1]));
    try (Weir weir = start(8443, identity, Path.of(args[2]))) {
      weir.awaitShutdown();
    }
  }
}
