package dev.weir.examples;

import dev.weir.Weir;
import java.net.InetSocketAddress;

/** The least HTTP server: {@code curl http://localhost:8080/hello/you}. */
public final class HelloServer {

  private HelloServer() {}

  /** Starts it; port 0 for any. */
  public static Weir start(int port) {
    Weir weir = Weir.start();
    weir.host(
        "localhost",
        host ->
            host.listenPlain(new InetSocketAddress("localhost", port))
                .get(
                    "/hello/{name}",
                    (request, response) ->
                        response.text("Hello, " + request.parameter("name") + "!\n")));
    return weir;
  }

  /** Serves until it is stopped. */
  public static void main(String[] args) throws InterruptedException {
    try (Weir weir = start(8080)) {
      weir.awaitShutdown();
    }
  }
}
