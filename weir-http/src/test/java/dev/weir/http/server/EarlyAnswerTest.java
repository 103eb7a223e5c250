package dev.weir.http.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.http.BodyHandler;
import dev.weir.http.Headers;
import dev.weir.http.HttpRequest;
import dev.weir.http.HttpResponse;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * A response that ends before its request: the handler of the body is not told that all of it came.
 */
class EarlyAnswerTest {
  private static final Duration SECOND = Duration.ofSeconds(1);

  private final SimServer server = new SimServer(this::handle);
  private final List<String> told = new ArrayList<>();

  private void handle(HttpRequest request, HttpResponse response) {
    request.body(
        new BodyHandler() {
          @Override
          public void data(ByteBuffer bytes) {
            told.add(bytes.remaining() + " bytes");
            bytes.position(bytes.limit());
            response.text("enough");
          }

          @Override
          public void end(Headers trailers) {
            told.add("end");
          }

          @Override
          public void failed(Exception problem) {
            told.add(problem.getMessage());
          }
        });
  }

  @Test
  void ofHttp1IsFollowedByNoMoreOfTheBody() {
    var client = server.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 8\r\n\r\nbody");
    server.network.run(SECOND);
    assertEquals(List.of("4 bytes"), told);
    client.send("rest" + SimServer.get("/next"));
    server.network.run(SECOND);
    assertEquals("4 bytes", told.getFirst());
    assertTrue(told.get(1).contains("the response ended before the request did"), told.get(1));
    // The next request has no body, and that is at its end at once.
    assertEquals("end", told.get(2));
    assertEquals(3, told.size());
  }

  @Test
  void ofHttp2IsFollowedByNoMoreOfTheBody() {
    var client = FramePeer.greet(server);
    client.post(1, "/").data(1, 4, false);
    server.network.run(SECOND);
    client.data(1, 4, true);
    server.network.run(SECOND);
    assertEquals("4 bytes", told.getFirst());
    assertTrue(told.get(1).contains("the response ended before the request did"), told.get(1));
    assertEquals(2, told.size());
  }
}
