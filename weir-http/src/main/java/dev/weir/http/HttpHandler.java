package dev.weir.http;

/**
 * Answers requests. One handler serves all connections, on each one's loop: it must not block
 * there, and what it shares between requests must be safe for several loops. It may answer later,
 * from any thread: the exchange lasts until the response has ended.
 *
 * <p>What it throws becomes 500 if nothing has been sent yet, else the exchange is cut; the
 * exception is logged.
 */
@FunctionalInterface
public interface HttpHandler {

  /**
   * Answers one request. {@code request} and {@code response} are valid until the response has
   * ended: they may be used again for the next request then.
   */
  void handle(HttpRequest request, HttpResponse response) throws Exception;

  /** A handler that may block: each call runs on a virtual thread of its own, never on the loop. */
  static HttpHandler blocking(HttpHandler handler) {
    return (request, response) ->
        Thread.startVirtualThread(() -> {
          try {
            handler.handle(request, response);
          } catch (Exception e) {
            response.fail(e);
          }
        });
  }
}
