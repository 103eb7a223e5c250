package dev.weir.http.server;

import static dev.weir.http.server.SimServer.get;
import static dev.weir.http.server.SimServer.ok;
import static dev.weir.http.server.SimServer.post;
import static dev.weir.http.server.SimServer.text;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.weir.http.BodyHandler;
import dev.weir.http.Headers;
import dev.weir.http.HttpError;
import dev.weir.http.HttpRequest;
import dev.weir.http.HttpResponse;
import dev.weir.http.Status;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a client sees of what a handler does wrong. */
class FailingHandlerTest {

  private static final String FAILED =
      text("500 Internal Server Error", "500 Internal Server Error\n", "");

  private final SimServer server = new SimServer(FailingHandlerTest::handle);

  private static void handle(HttpRequest request, HttpResponse response) {
    switch (request.path()) {
      case "/ok" -> response.text("ok");
      case "/refuse" ->
          throw new HttpError(Status.CONFLICT, "RFC 9110 15.5.10", "this", "that", "try again");
      case "/before" -> {
        response.header("x-lost", "1");
        throw new IllegalStateException("on purpose");
      }
      case "/data" -> request.body(new Failing());
      case "/after" -> {
        response.write(ByteBuffer.allocate(10));
        throw new IllegalStateException("on purpose");
      }
      case "/short" -> {
        response.contentLength(10).write(ByteBuffer.allocate(9));
        response.end();
      }
      case "/long" -> {
        response.contentLength(2);
        assertThrows(IllegalStateException.class, () -> response.write(ByteBuffer.allocate(3)));
        response.abort();
      }
      case "/twice" -> {
        response.text("ok");
        assertThrows(IllegalStateException.class, () -> response.text("again"));
        assertThrows(IllegalStateException.class, response::end);
      }
      default -> deep(request, response);
    }
  }

  @SuppressWarnings("InfiniteRecursion")
  private static void deep(HttpRequest request, HttpResponse response) {
    deep(request, response);
  }

  /** Throws when the body comes. */
  private static final class Failing implements BodyHandler {
    @Override
    public void data(ByteBuffer bytes) {
      throw new IllegalStateException("on purpose");
    }

    @Override
    public void end(Headers trailers) {}
  }

  @AfterEach
  void nothingIsLeft() {
    server.assertNothingLeft();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/before", "/deep"})
  void is500AndNothingElseOfTheResponse(String path) {
    server.send(get(path) + get("/ok")).expect(FAILED + ok("ok")).close();
  }

  @Test
  void is500WhenTheBodyIsHandled() {
    server.send(post("/data", "body") + get("/ok")).expect(FAILED + ok("ok")).close();
  }

  @Test
  void isTheStatusThatTheErrorNames() {
    server
        .send(get("/refuse") + get("/ok"))
        .expect(text("409 Conflict", "409 Conflict\n", "") + ok("ok"))
        .close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/after", "/short", "/long"})
  void isACutOnceTheHeadHasGone(String path) {
    server.send(get(path)).expectReset();
  }

  @Test
  void isNothingIfTheResponseHadEnded() {
    server.send(get("/twice") + get("/ok")).expect(ok("ok") + ok("ok")).close();
  }
}
