package dev.weir.http.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.http.HttpRequest;
import dev.weir.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How long a server waits for a client of HTTP/2, on the virtual clock. */
class Http2TimeoutsTest {
  private static final Duration SECOND = Duration.ofSeconds(1);

  private final SimServer server = new SimServer(Http2TimeoutsTest::handle);

  private static void handle(HttpRequest request, HttpResponse response) {
    response.text("done");
  }

  @AfterEach
  void nothingIsLeft() {
    server.assertNothingLeft();
  }

  @Test
  void aClientThatDoesNotHearOfTheEndHasASecondWhateverItAsksMeanwhile() {
    var client = FramePeer.greet(server);
    var over = server.context.shutdown(Duration.ofMinutes(10));
    assertEquals("GOAWAY 2147483647 NO_ERROR", client.next());
    assertEquals("PING -2", client.next());

    client.get(1, "/");
    assertTrue(client.next().startsWith("HEADERS 1, :status: 200"));
    assertEquals("DATA 1 4 END", client.next());
    server.network.run(SECOND.multipliedBy(2));

    assertEquals(List.of("GOAWAY 1 NO_ERROR"), client.frames());
    client.peer.expectEnd().close();
    server.network.runUntil(over::isDone);
  }
}
