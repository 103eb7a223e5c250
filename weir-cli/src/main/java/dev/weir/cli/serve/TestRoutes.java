package dev.weir.cli.serve;

import dev.weir.Host;
import dev.weir.http.BodyHandler;
import dev.weir.http.Headers;
import dev.weir.http.HttpRequest;
import dev.weir.http.HttpResponse;
import dev.weir.http.Status;
import dev.weir.websocket.OriginPolicy;
import dev.weir.websocket.WebSocketConfig;
import dev.weir.websocket.WebSocketEndpoint;
import dev.weir.websocket.WebSocketLimits;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Routes that tests and benchmarks of any client can rely on. */
final class TestRoutes {

  private static final byte[] HELLO = "Hello, world!".getBytes(StandardCharsets.US_ASCII);
  private static final int MAX_BYTES = 1 << 30;
  private static final int MAX_CHUNKS = 100_000;
  private static final int MAX_MILLIS = 60_000;
  private static final WebSocketConfig LARGE =
      WebSocketConfig.SERVER
          .withLimits(WebSocketLimits.DEFAULTS.withMaxMessageBytes(64 << 20))
          .withMaxQueuedBytes(128 << 20);

  private TestRoutes() {}

  static void addTo(Host host) {
    WebSocketEndpoint echo =
        WebSocketEndpoint.of(EchoWebSocket::new).with(LARGE).withOrigins(OriginPolicy.any());
    host.get("/hello", TestRoutes::hello)
        .get("/bytes/{n}", TestRoutes::bytes)
        .any(
            "/echo",
            (request, response) -> {
              if ("websocket".equals(request.upgrade())) {
                echo.handle(request, response);
              } else {
                new Echo(request, response).start();
              }
            })
        .get("/drip/{n}/{ms}", TestRoutes::drip)
        .any("/status/{code}", TestRoutes::status)
        .any("/headers", TestRoutes::headers)
        .get("/trailers", TestRoutes::trailers);
  }

  private static void hello(HttpRequest request, HttpResponse response) {
    response.header("content-type", "text/plain").bytes(HELLO);
  }

  private static void bytes(HttpRequest request, HttpResponse response) {
    int count = number(request, "n", MAX_BYTES);
    response.header("content-type", "application/octet-stream").contentLength(count);
    new Filler(response, count).run();
  }

  private static void drip(HttpRequest request, HttpResponse response) {
    int chunks = number(request, "n", MAX_CHUNKS);
    Duration pause = Duration.ofMillis(number(request, "ms", MAX_MILLIS));
    response.header("content-type", "text/plain");
    new Drip(request, response, chunks, pause).run();
  }

  private static void status(HttpRequest request, HttpResponse response) {
    int code = number(request, "code", 999);
    if (code < 200) {
      response.status(Status.BAD_REQUEST).text("a final status is from 200 to 999\n");
      return;
    }
    Status status = Status.of(code);
    response.status(status).text(status + "\n");
  }

  private static void headers(HttpRequest request, HttpResponse response) {
    StringBuilder text = new StringBuilder();
    request.headers().forEach((name, value) -> text.append(name + ": " + value + "\n"));
    response.text(text.toString());
  }

  private static void trailers(HttpRequest request, HttpResponse response) {
    response.header("content-type", "text/plain").header("trailer", "x-checksum");
    response.write(ByteBuffer.wrap(HELLO));
    response.end(Headers.of("x-checksum", "13"));
  }

  private static int number(HttpRequest request, String name, int most) {
    try {
      int value = Integer.parseInt(request.parameter(name));
      if (value >= 0 && value <= most) {
        return value;
      }
    } catch (NumberFormatException e) {
      // Said below, like a number that is out of range.
    }
    throw new dev.weir.http.HttpError(
        Status.BAD_REQUEST,
        "RFC 9110 15.5.1",
        request.parameter(name),
        "a number from 0 to " + most,
        "ask for that");
  }

  /** Sends back a body as it comes, no faster than the client takes it. */
  private record Echo(HttpRequest request, HttpResponse response) implements BodyHandler {

    void start() {
      String type = request.headers().get("content-type");
      response.header("content-type", type == null ? "application/octet-stream" : type);
      if (request.contentLength() >= 0) {
        response.contentLength(request.contentLength());
      }
      request.body(this);
    }

    @Override
    public void data(ByteBuffer bytes) {
      response.write(bytes);
      if (bytes.hasRemaining()) {
        response.whenWritable(request::resume);
      }
    }

    @Override
    public void end(Headers trailers) {
      response.end();
    }
  }

  /** Sends so many bytes, as the client takes them. */
  private static final class Filler implements Runnable {
    private static final ByteBuffer BLOCK = ByteBuffer.allocateDirect(64 * 1024);

    private final HttpResponse response;
    private int left;

    Filler(HttpResponse response, int count) {
      this.response = response;
      this.left = count;
    }

    @Override
    public void run() {
      while (left > 0) {
        int taken = response.write(BLOCK.slice(0, Math.min(left, BLOCK.capacity())));
        if (taken == 0) {
          response.whenWritable(this);
          return;
        }
        left -= taken;
      }
      response.end();
    }
  }

  /** Sends chunks with pauses between them. */
  private static final class Drip implements Runnable {
    private final HttpRequest request;
    private final HttpResponse response;
    private final Duration pause;
    private boolean over;
    private int left;

    Drip(HttpRequest request, HttpResponse response, int chunks, Duration pause) {
      this.request = request;
      this.response = response;
      this.left = chunks;
      this.pause = pause;
      response.whenOver(problem -> over = true);
    }

    @Override
    public void run() {
      if (over) {
        return;
      }
      if (left == 0) {
        response.end();
        return;
      }
      left--;
      response.write(ByteBuffer.wrap("drip\n".getBytes(StandardCharsets.US_ASCII)));
      response.flush();
      request.loop().schedule(pause, this);
    }
  }
}
