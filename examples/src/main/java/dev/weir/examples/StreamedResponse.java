package dev.weir.examples;

import dev.weir.Weir;
import dev.weir.http.Headers;
import dev.weir.http.HttpRequest;
import dev.weir.http.HttpResponse;
import dev.weir.http.Status;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Early hints, then a long body made as fast as the client takes it, then a trailer with what was
 * not known before: {@code curl --raw http://localhost:8080/numbers/1000000}.
 */
public final class StreamedResponse {

  private StreamedResponse() {}

  /** Starts it; port 0 for any. */
  public static Weir start(int port) {
    Weir weir = Weir.start();
    weir.host(
        "localhost",
        host ->
            host.listenPlain(new InetSocketAddress("localhost", port))
                .get("/numbers/{count}", StreamedResponse::numbers));
    return weir;
  }

  private static void numbers(HttpRequest request, HttpResponse response) {
    response.inform(Status.EARLY_HINTS, Headers.of("link", "</style.css>; rel=preload; as=style"));
    response.header("content-type", "text/plain").header("trailer", "sum");
    new Numbers(response, Integer.parseInt(request.parameter("count"))).go();
  }

  /** One response under way. */
  private static final class Numbers {
    private final HttpResponse response;
    private final int count;
    private int next = 1;
    private long sum;
    private ByteBuffer line = ByteBuffer.allocate(0);

    Numbers(HttpResponse response, int count) {
      this.response = response;
      this.count = count;
    }

    void go() {
      while (true) {
        response.write(line);
        if (line.hasRemaining()) {
          response.whenWritable(this::go);
          return;
        }
        if (next > count) {
          response.end(Headers.of("sum", Long.toString(sum)));
          return;
        }
        sum += next;
        line = StandardCharsets.US_ASCII.encode(next++ + "\n");
      }
    }
  }

  /** Serves until it is stopped. */
  public static void main(String[] args) throws InterruptedException {
    try (Weir weir = start(8080)) {
      weir.awaitShutdown();
    }
  }
}
