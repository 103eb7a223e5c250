package dev.weir.http.server;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.weir.http.BodyHandler;
import dev.weir.http.Headers;
import dev.weir.http.HttpHandler;
import dev.weir.http.HttpRequest;
import dev.weir.http.HttpResponse;
import dev.weir.net.Endpoint;
import dev.weir.stream.ByteStream;
import dev.weir.stream.StreamHandler;
import dev.weir.testkit.SimNetwork;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A handler that stops the body of its request, for longer than a peer may take to send it. */
class PausedBodyTest {

  private static final Duration LONG = Duration.ofMinutes(5);

  private final SimNetwork network = new SimNetwork(1);
  private final StringBuilder got = new StringBuilder();

  private void exchange(HttpHandler handler, String first, String second) {
    var host = network.host("server");
    host.context(1).listen(host.address(80), HttpServer.of(handler).acceptor());
    network
        .host("client")
        .context(1)
        .connect(
            Endpoint.tcp("server", 80),
            new StreamHandler() {
              @Override
              public void opened(ByteStream stream) {
                send(stream, first);
                stream.loop().schedule(Duration.ofSeconds(1), () -> send(stream, second));
              }

              @Override
              public void received(ByteStream stream, ByteBuffer bytes) {
                got.append(StandardCharsets.ISO_8859_1.decode(bytes));
              }
            });
    network.run(LONG.multipliedBy(2));
  }

  private static void send(ByteStream stream, String text) {
    stream.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1)));
  }

  /** Pauses when bytes come, and goes on much later. */
  private record Pausing(HttpRequest request, HttpResponse response) implements BodyHandler {
    @Override
    public void data(ByteBuffer bytes) {
      bytes.position(bytes.limit());
      request.pause();
      request.loop().schedule(LONG, request::resume);
    }

    @Override
    public void end(Headers trailers) {
      response.text("whole");
    }
  }

  private static void pausing(HttpRequest request, HttpResponse response) {
    request.body(new Pausing(request, response));
  }

  private String status() {
    return got.toString().lines().findFirst().orElse("no answer");
  }

  @Test
  void theClientIsNotBlamedForWhatTheHandlerDoes() {
    exchange(
        PausedBodyTest::pausing, "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\n\r\n", "body");

    assertEquals("HTTP/1.1 200 OK", status());
  }

  @Test
  void theEndComesAfterAPauseAtTheLastByte() {
    exchange(
        PausedBodyTest::pausing, "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\n\r\nbody", "");

    assertEquals("HTTP/1.1 200 OK", status());
  }
}
