package dev.weir.examples;

import dev.weir.Weir;
import java.net.InetSocketAddress;
import java.time.Duration;

/**
 * Ends in order when it is told to: nobody new is let in, answers that have begun are finished, and
 * whoever takes longer than the deadline is cut.
 */
public final class GracefulServer {

  private GracefulServer() {}

  /** Starts it; port 0 for any. */
  public static Weir start(int port) {
    Weir weir = Weir.start();
    weir.host(
        "localhost",
        host ->
            host.listenPlain(new InetSocketAddress("localhost", port))
                .get(
                    "/slow",
                    (request, response) ->
                        request
                            .loop()
                            .schedule(Duration.ofMillis(100), () -> response.text("done\n"))));
    return weir;
  }

  /** Serves until it is told to end: by Ctrl-C, for one. */
  public static void main(String[] args) throws InterruptedException {
    Weir weir = start(8080);
    Runtime.getRuntime()
        .addShutdownHook(new Thread(() -> weir.shutdown(Duration.ofSeconds(10)).join()));
    weir.awaitShutdown();
  }
}
