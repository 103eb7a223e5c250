package dev.weir.http.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.http.HttpRequest;
import dev.weir.http.HttpResponse;
import dev.weir.stream.StreamException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Exchanges of HTTP/2 as their handlers and their clients see them. */
class Http2ExchangeTest {
  private static final Duration SECOND = Duration.ofSeconds(1);

  private final SimServer server = new SimServer(this::handle);
  private final FramePeer client = FramePeer.greet(server);
  private final List<HttpRequest> requests = new ArrayList<>();
  private final List<HttpResponse> responses = new ArrayList<>();
  private final List<Exception> over = new ArrayList<>();

  private void handle(HttpRequest request, HttpResponse response) {
    requests.add(request);
    responses.add(response);
    response.whenOver(why -> {
      if (why != null) {
        over.add(why);
      }
    });
    switch (request.path()) {
      case "/later" -> request.loop().schedule(SECOND, () -> response.text(request.path()));
      case "/mine" -> response.header("x-mine", "1").text(request.path() + request.headers());
      case "/upload" ->
          request.body(1000).thenAccept(body -> response.text(body.length + " bytes"));
      case "/never" -> {}
      default -> response.text(request.path());
    }
  }

  @AfterEach
  void nothingIsLeft() {
    client.peer.close();
    server.assertNothingLeft();
  }

  private String answer(int stream, String path) {
    client.get(stream, path);
    return next();
  }

  private String next() {
    return client.next() + ", " + client.next();
  }

  // ---- storage that is used again

  @Test
  void anExchangeThatWasAnsweredAtOnceIsUsedAgainAndKnowsNothingOfTheFirst() {
    assertTrue(answer(1, "/mine").contains("x-mine"));
    assertFalse(answer(3, "/other").contains("x-mine"));
    assertEquals(requests.get(0), requests.get(1));
  }

  @Test
  void oneThatIsAnsweredLaterIsNot() {
    client.get(1, "/later").get(3, "/later").get(5, "/at-once");
    server.network.run(SECOND.multipliedBy(2));
    assertEquals(3, requests.stream().distinct().count());
    client.frames();
    answer(7, "/at-once");
    assertEquals(requests.get(2), requests.get(3));
  }

  @Test
  void aHandlerThatAnswersWhatIsGoneHurtsNobody() {
    client.get(1, "/never").reset(1).get(3, "/never");
    server.network.run(SECOND);
    var gone = responses.getFirst();
    server.context.loop().execute(() -> responses.get(1).text("second"));
    server.context.loop().execute(() -> gone.fail(new IllegalStateException("too late")));
    assertTrue(next().startsWith("HEADERS 3, :status: 200"));
  }

  // ---- clients that end their direction

  /** Nobody waits for the rest of a body that cannot come; what was asked is answered. */
  @Test
  void whatCannotComeAnyMoreIsNotWaitedFor() {
    client.post(1, "/upload").data(1, 10, false).get(3, "/later");
    client.peer.end();
    server.network.run(SECOND.dividedBy(2));
    assertTrue(over.getFirst() instanceof StreamException.Reset, over.toString());
    assertTrue(next().startsWith("HEADERS 3, :status: 200"));
    client.peer.expectEnd();
  }

  @Test
  void aConnectionOnWhichNothingWasAskedAsAWholeEndsAtOnce() {
    client.post(1, "/upload").post(3, "/never").data(3, 5, false);
    client.peer.end();
    server.network.run(SECOND.dividedBy(2));
    assertEquals(2, over.size());
    client.peer.expectEnd();
  }

  // ---- bodies that nobody takes

  /** What was never read goes back to the connection's window, which others need. */
  @Test
  void aBodyThatCameBeforeItsAnswerAndWasNotReadTakesNothingOfTheWindow() {
    int announced = 0;
    for (int stream = 1; stream < 100; stream += 2) {
      client.post(stream, "/later").data(stream, 16_000, false).data(stream, 16_000, true);
      server.network.run(SECOND.multipliedBy(2));
      for (var frame : client.frames()) {
        if (frame.startsWith("WINDOW_UPDATE 0 ")) {
          announced += Integer.parseInt(frame.substring("WINDOW_UPDATE 0 ".length()));
        }
      }
    }
    assertTrue(announced > 50 * 32_000 - (1 << 20), announced + " bytes");
  }
}
