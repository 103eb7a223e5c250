package dev.weir.http.server;

import static dev.weir.http.server.SimServer.get;
import static dev.weir.http.server.SimServer.ok;
import static dev.weir.http.server.SimServer.post;
import static dev.weir.http.server.SimServer.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import dev.weir.http.HttpError;
import dev.weir.http.HttpRequest;
import dev.weir.http.HttpResponse;
import dev.weir.http.HttpTimeouts;
import dev.weir.testkit.TestPeer;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How long a server waits, on the virtual clock. */
class TimeoutsTest {

  private static final HttpTimeouts TIMEOUTS = HttpTimeouts.DEFAULTS;
  private static final String TIMEOUT =
      text("408 Request Timeout", "408 Request Timeout\n", "Connection: close\r\n");

  private final SimServer server = new SimServer(this::handle);
  private @Nullable Throwable problem;
  private @Nullable Exception over;

  private void handle(HttpRequest request, HttpResponse response) {
    response.whenOver(why -> over = why);
    switch (request.path()) {
      case "/flood" -> response.uncompressed().bytes(ByteBuffer.allocate(10_000_000));
      case "/unread" -> response.text("done");
      default ->
          request
              .body(100)
              .whenComplete((body, why) -> {
                problem = why;
                if (body != null) {
                  response.text(new String(body, StandardCharsets.ISO_8859_1));
                }
              });
    }
  }

  @AfterEach
  void nothingIsLeft() {
    server.assertNothingLeft();
  }

  private static Duration almost(Duration limit) {
    return limit.minusMillis(500);
  }

  @Test
  void aConnectionThatSaysNothingIsClosedInSilence() {
    server.connect().expectSilence(almost(TIMEOUTS.idle())).expectEnd().close();
  }

  @Test
  void aConnectionMayBeIdleBetweenRequests() {
    TestPeer peer = server.send(post("/", "a")).expect(ok("a"));

    peer.expectSilence(almost(TIMEOUTS.idle())).send(post("/", "b")).expect(ok("b"));
    peer.expectSilence(almost(TIMEOUTS.idle())).expectEnd().close();
  }

  @Test
  void aHeadHasSoLongHoweverItsBytesTrickle() {
    TestPeer peer = server.connect();

    peer.sendSlowly("GET / HTT".getBytes(StandardCharsets.ISO_8859_1), Duration.ofSeconds(1));
    peer.send("P").expect(TIMEOUT).expectEnd().close();
    assertEquals(TIMEOUTS.head().toSeconds(), server.network.elapsed().toSeconds());
  }

  @Test
  void moreOfABodyIsWaitedForSoLong() {
    TestPeer peer = server.send(post("/", "abc").replace("abc", "a"));

    peer.expectSilence(almost(TIMEOUTS.body())).expect(TIMEOUT).expectEnd().close();
    assertInstanceOf(HttpError.class, problem);
  }

  @Test
  void theRestOfABodyThatNobodyReadIsWaitedForSoLong() {
    TestPeer peer = server.send(post("/unread", "abc").replace("abc", "a")).expect(ok("done"));

    peer.expectSilence(almost(TIMEOUTS.body())).expectReset();
  }

  @Test
  void aClientThatTakesNothingIsCut() {
    TestPeer peer = server.connect().pause();

    peer.send(get("/flood"));
    server.network.run(TIMEOUTS.send().plusSeconds(2));

    assertNotNull(over, "the handler hears of it");
    peer.resume().expectReset();
  }
}
