package dev.weir.http.server;

import static dev.weir.http.server.SimServer.DATE;
import static dev.weir.http.server.SimServer.get;
import static dev.weir.http.server.SimServer.ok;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.weir.http.BodyHandler;
import dev.weir.http.Headers;
import dev.weir.http.HttpRequest;
import dev.weir.http.HttpResponse;
import dev.weir.testkit.TestPeer;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Fields that come behind a body, both ways (RFC 9110 6.5, RFC 9112 7.1.2). */
class TrailersTest {

  private static final String CHUNKED =
      "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nbody\r\n0\r\n";

  private final SimServer server = new SimServer(TrailersTest::handle);

  private static void handle(HttpRequest request, HttpResponse response) {
    switch (request.path()) {
      case "/sent" -> {
        response.write(ByteBuffer.wrap("body".getBytes(StandardCharsets.ISO_8859_1)));
        response.end(Headers.of("x-sum", "4"));
      }
      case "/large" -> {
        response.write(ByteBuffer.wrap(new byte[100_000]));
        response.end(Headers.of("x-sum", "4".repeat(100_000)));
      }
      case "/forbidden" -> {
        response.write(ByteBuffer.wrap("body".getBytes(StandardCharsets.ISO_8859_1)));
        response.end(Headers.of("content-length", "4"));
      }
      default -> request.body(new Telling(response));
    }
  }

  /** Answers the trailers of the request. */
  private record Telling(HttpResponse response) implements BodyHandler {
    @Override
    public void data(ByteBuffer bytes) {
      bytes.position(bytes.limit());
    }

    @Override
    public void end(Headers trailers) {
      StringBuilder all = new StringBuilder();
      trailers.forEach((name, value) -> all.append(name).append('=').append(value).append(' '));
      response.text(all.toString());
    }
  }

  @AfterEach
  void nothingIsLeft() {
    server.assertNothingLeft();
  }

  @Test
  void comeBehindTheChunksOfARequest() {
    server.send(CHUNKED + "X-Sum: 4\r\nX-More: 5\r\n\r\n").expect(ok("X-Sum=4 X-More=5 ")).close();
  }

  @Test
  void areDroppedIfTheyComeTooLateToBeHeeded() {
    server.send(CHUNKED + "Host: b\r\nX-Sum: 4\r\n\r\n").expect(ok("X-Sum=4 ")).close();
  }

  @Test
  void goBehindTheChunksOfAResponse() {
    server
        .send(get("/sent") + get("/sent"))
        .expect(
            ("HTTP/1.1 200 OK\r\n"
                    + DATE
                    + "Transfer-Encoding: chunked\r\n\r\n"
                    + "4\r\nbody\r\n0\r\nx-sum: 4\r\n\r\n")
                .repeat(2))
        .close();
  }

  @Test
  void waitUntilThereIsRoomForThem() {
    TestPeer peer = server.connect().pause();

    peer.send(get("/large"));
    server.network.run(Duration.ofSeconds(1));
    peer.resume().readThrough("\r\n0\r\nx-sum: ");
    assertEquals("4".repeat(100_000), peer.readThrough("\r\n\r\n").strip());
    peer.close();
  }

  @Test
  void mustNotFrameTheMessageThatIsOver() {
    server.send(get("/forbidden")).expectReset();
  }
}
