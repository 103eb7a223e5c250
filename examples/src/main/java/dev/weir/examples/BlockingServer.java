package dev.weir.examples;

import dev.weir.Weir;
import dev.weir.http.HttpHandler;
import java.net.InetSocketAddress;

/** A handler that blocks, as on a database: each request has a virtual thread of its own. */
public final class BlockingServer {

  private BlockingServer() {}

  /** Starts it; port 0 for any. */
  public static Weir start(int port) {
    Weir weir = Weir.start();
    weir.host(
        "localhost",
        host ->
            host.listenPlain(new InetSocketAddress("localhost", port))
                .post(
                    "/count",
                    HttpHandler.blocking((request, response) -> {
                      byte[] body = request.body(1 << 20).join();
                      response.text(body.length + " bytes on " + Thread.currentThread() + "\n");
                    })));
    return weir;
  }

  /** Serves until it is stopped. */
  public static void main(String[] args) throws InterruptedException {
    try (Weir weir = start(8080)) {
      weir.awaitShutdown();
    }
  }
}
