package dev.weir.http.server;

import static dev.weir.http.server.SimServer.get;
import static dev.weir.http.server.SimServer.ok;
import static dev.weir.http.server.SimServer.post;
import static dev.weir.http.server.SimServer.text;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.weir.http.HttpRequest;
import dev.weir.http.HttpResponse;
import dev.weir.testkit.TestPeer;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Requests behind one another on a connection (RFC 9112 9.3.2). */
class PipeliningTest {

  private static final String LAST = "GET /c HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";

  private final List<String> begun = new ArrayList<>();
  private final SimServer server = new SimServer(this::handle);

  /** Answers by the path: the first comes late. */
  private void handle(HttpRequest request, HttpResponse response) {
    begun.add(request.path());
    Runnable answer = () -> response.text(request.path());
    if (request.path().equals("/late")) {
      request.loop().schedule(Duration.ofSeconds(5), answer);
    } else {
      answer.run();
    }
  }

  @AfterEach
  void nothingIsLeft() {
    server.assertNothingLeft();
  }

  @Test
  void areAnsweredInOrder() {
    server.send(get("/a") + get("/b")).expect(ok("/a") + ok("/b")).close();
  }

  @Test
  void waitForTheResponseOfTheOneBefore() {
    TestPeer peer = server.send(get("/late") + get("/b"));
    peer.expectSilence(Duration.ofSeconds(4));

    assertEquals(List.of("/late"), begun);
    peer.expect(ok("/late") + ok("/b")).close();
    assertEquals(List.of("/late", "/b"), begun);
  }

  @Test
  void areNotReadBehindTheLast() {
    server
        .send(LAST + get("/d"))
        .expect(text("200 OK", "/c", "Connection: close\r\n"))
        .expectEnd()
        .close();

    assertEquals(List.of("/c"), begun);
  }

  @Test
  void standBehindABodyThatNobodyRead() {
    server.send(post("/a", "x".repeat(10_000)) + get("/b")).expect(ok("/a") + ok("/b")).close();
  }

  @Test
  void areNotReadBehindABodyThatIsNotWorthReading() {
    int most = HttpServer.DROPPED_BODY_BYTES;
    TestPeer peer = server.send(post("/a", "x".repeat(most + 1)) + get("/b")).expect(ok("/a"));

    peer.expectEnd().close();
    assertEquals(List.of("/a"), begun);
  }

  @Test
  void areAnsweredAllIfTheClientEndsBehindThem() {
    TestPeer peer = server.send(get("/late") + get("/b")).end();

    peer.readThrough("/late");
    assertEquals(200, Integer.parseInt(peer.readAll().substring(9, 12)));
    assertEquals(List.of("/late", "/b"), begun);
  }

  @Test
  void areNotReadWhileTheClientDoesNotTakeItsResponses() {
    byte[] large = new byte[100_000];
    int[] answered = {0};
    SimServer flooded =
        new SimServer((request, response) -> {
          answered[0]++;
          response.uncompressed().bytes(ByteBuffer.wrap(large));
        });
    TestPeer peer = flooded.connect().pause();

    peer.send(get("/").repeat(1000));
    flooded.network.run(Duration.ofSeconds(30));

    assertEquals(2, answered[0], "one in the buffers of the sockets, one on its way");
    peer.reset();
    flooded.assertNothingLeft();
  }

  @Test
  void aResponseOfAnExchangeThatIsOverReachesNoOther() {
    List<HttpResponse> kept = new ArrayList<>();
    SimServer keeping =
        new SimServer((request, response) -> {
          kept.add(response);
          if (kept.size() == 1) {
            request.loop().schedule(Duration.ofSeconds(1), () -> response.text("first"));
          }
        });
    TestPeer peer = keeping.send(get("/") + get("/")).expect(ok("first"));

    peer.expectSilence(Duration.ofSeconds(1));
    kept.getFirst().abort();
    peer.expectSilence(Duration.ofSeconds(1));
    kept.getLast().text("second");
    peer.expect(ok("second")).close();
    keeping.assertNothingLeft();
  }
}
