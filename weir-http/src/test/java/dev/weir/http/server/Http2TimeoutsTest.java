package dev.weir.http.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.http.BodyHandler;
import dev.weir.http.Headers;
import dev.weir.http.HttpRequest;
import dev.weir.http.HttpResponse;
import dev.weir.http.HttpTimeouts;
import dev.weir.http.MinimumRate;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How long a server waits for a client of HTTP/2, and how slow it may be, on the virtual clock. */
class Http2TimeoutsTest {
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final MinimumRate RATE = new MinimumRate(100, Duration.ofSeconds(10));
  private static final int INITIAL_WINDOW_SIZE = 4;
  private static final String TIMEOUT = "HEADERS 1, :status: 408";

  private @Nullable SimServer running;
  private @Nullable Exception over;

  private SimServer server(HttpTimeouts timeouts) {
    var started = new SimServer(HttpServer.of(this::handle).withTimeouts(timeouts));
    running = started;
    return started;
  }

  private SimServer patient() {
    return server(
        HttpTimeouts.DEFAULTS.withBodyRate(MinimumRate.NONE).withSendRate(MinimumRate.NONE));
  }

  private SimServer demanding() {
    return server(HttpTimeouts.DEFAULTS.withBodyRate(RATE).withSendRate(RATE));
  }

  private void handle(HttpRequest request, HttpResponse response) {
    response.whenOver(why -> over = why);
    switch (request.path()) {
      case "/download" -> response.uncompressed().bytes(ByteBuffer.allocate(100_000));
      case "/both" -> {
        response.uncompressed().bytes(ByteBuffer.allocate(100_000));
        request.body(new Discarding());
      }
      case "/later" ->
          request.loop().schedule(Duration.ofMinutes(1), () -> collect(request, response));
      case "/upload" -> collect(request, response);
      default -> response.text("done");
    }
  }

  private static final class Discarding implements BodyHandler {
    @Override
    public void data(ByteBuffer bytes) {
      bytes.position(bytes.limit());
    }

    @Override
    public void end(Headers trailers) {}
  }

  private static void collect(HttpRequest request, HttpResponse response) {
    request.body(100_000).thenAccept(body -> response.text(body.length + " bytes"));
  }

  private void seconds(int count) {
    Objects.requireNonNull(running).network.run(SECOND.multipliedBy(count));
  }

  private void trickle(FramePeer client, int stream, int bytes, int times) {
    for (int n = 0; n < times; n++) {
      client.data(stream, bytes, false);
      seconds(1);
    }
  }

  private static boolean answers(List<String> frames, String start) {
    return frames.stream().anyMatch(frame -> frame.startsWith(start));
  }

  @AfterEach
  void nothingIsLeft() {
    Objects.requireNonNull(running).assertNothingLeft();
  }

  // ---- the connection

  @Test
  void aClientThatDoesNotHearOfTheEndHasASecondWhateverItAsksMeanwhile() {
    var server = patient();
    var client = FramePeer.greet(server);
    var stopped = server.context.shutdown(Duration.ofMinutes(10));
    assertEquals("GOAWAY 2147483647 NO_ERROR", client.next());
    assertEquals("PING -2", client.next());

    client.get(1, "/");
    assertTrue(client.next().startsWith("HEADERS 1, :status: 200"));
    assertEquals("DATA 1 4 END", client.next());
    seconds(2);

    assertEquals(List.of("GOAWAY 1 NO_ERROR"), client.frames());
    client.peer.expectEnd().close();
    server.network.runUntil(stopped::isDone);
  }

  // ---- bodies of requests

  @Test
  void aBodyThatDoesNotComeIsAnsweredBy408() {
    var client = FramePeer.greet(patient()).post(1, "/upload");
    client.data(1, 10, false);
    seconds(29);
    assertEquals(List.of(), client.frames());
    seconds(2);
    assertTrue(answers(client.frames(), TIMEOUT));
    client.peer.close();
  }

  @Test
  void aBodyThatTricklesIsAnsweredBy408() {
    var client = FramePeer.greet(demanding()).post(1, "/upload");
    trickle(client, 1, 80, 9);
    assertEquals(List.of(), client.frames());
    trickle(client, 1, 80, 3);
    assertTrue(answers(client.frames(), TIMEOUT));
    client.peer.close();
  }

  @Test
  void aBodyThatKeepsTheRateIsTaken() {
    var client = FramePeer.greet(demanding()).post(1, "/upload");
    trickle(client, 1, 105, 40);
    client.data(1, 1, true);
    assertTrue(client.next().startsWith("HEADERS 1, :status: 200"));
    assertEquals("DATA 1 10 END", client.next());
    client.peer.close();
  }

  @Test
  void twoBodiesThatKeepTheRateTogetherAreTaken() {
    var client = FramePeer.greet(demanding()).post(1, "/upload").post(3, "/upload");
    for (int n = 0; n < 40; n++) {
      client.data(1, 55, false);
      trickle(client, 3, 55, 1);
    }
    client.data(1, 1, true);
    assertTrue(client.next().startsWith("HEADERS 1, :status: 200"));
    assertEquals("DATA 1 10 END", client.next());
    client.peer.close();
  }

  @Test
  void nobodyIsBlamedForABodyThatIsNotWanted() {
    var client = FramePeer.greet(demanding()).post(1, "/later");
    trickle(client, 1, 10, 30);
    seconds(31);
    client.data(1, 1, true);
    assertTrue(client.next().startsWith("HEADERS 1, :status: 200"));
    client.peer.close();
  }

  // ---- responses

  @Test
  void aResponseThatIsNotTakenIsCut() {
    var client = FramePeer.greet(patient(), INITIAL_WINDOW_SIZE, 10).get(1, "/download");
    seconds(59);
    assertFalse(answers(client.frames(), "RST_STREAM"));
    seconds(2);
    assertTrue(answers(client.frames(), "RST_STREAM 1 CANCEL"));
    assertNotNull(over);
    client.peer.close();
  }

  @Test
  void aResponseThatIsNotTakenIsCutWhateverComesMeanwhile() {
    var client = FramePeer.greet(patient(), INITIAL_WINDOW_SIZE, 10).post(1, "/both");
    for (int n = 0; n < 4; n++) {
      trickle(client, 1, 10, 1);
      seconds(14);
    }
    seconds(2);
    assertTrue(answers(client.frames(), "RST_STREAM 1 CANCEL"));
    client.peer.close();
  }

  @Test
  void aBodyThatDoesNotComeIsMissedWhateverIsTakenMeanwhile() {
    var client = FramePeer.greet(patient(), INITIAL_WINDOW_SIZE, 10).post(1, "/both");
    for (int n = 0; n < 4; n++) {
      client.widen(1, 10);
      seconds(8);
    }
    assertTrue(answers(client.frames(), "RST_STREAM 1 CANCEL"));
    client.peer.close();
  }

  @Test
  void aResponseThatIsTakenTooSlowlyIsCut() {
    var client = FramePeer.greet(demanding(), INITIAL_WINDOW_SIZE, 10).get(1, "/download");
    take(client, 80, 9);
    assertFalse(answers(client.frames(), "RST_STREAM"));
    take(client, 80, 3);
    assertTrue(answers(client.frames(), "RST_STREAM 1 CANCEL"));
    client.peer.close();
  }

  @Test
  void aResponseOfWhichNothingIsTakenForTheWindowOfTheRateIsCut() {
    var client = FramePeer.greet(demanding(), INITIAL_WINDOW_SIZE, 10).get(1, "/download");
    seconds(11);
    assertTrue(answers(client.frames(), "RST_STREAM 1 CANCEL"));
    client.peer.close();
  }

  @Test
  void aResponseThatIsTakenFastEnoughGoesOn() {
    var client = FramePeer.greet(demanding(), INITIAL_WINDOW_SIZE, 10).get(1, "/download");
    take(client, 110, 60);
    assertFalse(answers(client.frames(), "RST_STREAM"));
    assertNull(over);
    client.peer.close();
  }

  @Test
  void aResponseWaitsWhileAnotherIsTakenFastEnough() {
    var client =
        FramePeer.greet(demanding(), INITIAL_WINDOW_SIZE, 10)
            .get(1, "/download")
            .get(3, "/download");
    take(client, 110, 58);
    assertFalse(answers(client.frames(), "RST_STREAM"));
    take(client, 110, 4);
    assertTrue(answers(client.frames(), "RST_STREAM 3 CANCEL"));
    client.peer.close();
  }

  /** Takes so many bytes of stream 1 a second. */
  private void take(FramePeer client, int bytes, int times) {
    for (int n = 0; n < times; n++) {
      client.widen(1, bytes);
      seconds(1);
    }
  }
}
