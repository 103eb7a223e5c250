package dev.weir.http.server;

import static dev.weir.http.server.SimServer.get;
import static dev.weir.http.server.SimServer.ok;
import static dev.weir.http.server.SimServer.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.weir.http.HttpRequest;
import dev.weir.http.HttpResponse;
import dev.weir.http.HttpTimeouts;
import dev.weir.http.MinimumRate;
import dev.weir.testkit.HostConditions;
import dev.weir.testkit.LinkConditions;
import dev.weir.testkit.TestPeer;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Clients that do send and do take bytes, but too few of them. */
class SlowClientTest {

  private static final MinimumRate RATE = new MinimumRate(100, Duration.ofSeconds(10));
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final int UPLOAD = 5000;

  private final SimServer server =
      new SimServer(
          HttpServer.of(this::handle)
              .withTimeouts(HttpTimeouts.DEFAULTS.withBodyRate(RATE).withSendRate(RATE)));
  private @Nullable Exception over;
  private boolean done;

  private void handle(HttpRequest request, HttpResponse response) {
    response.whenOver(why -> {
      done = true;
      over = why;
    });
    switch (request.path()) {
      case "/download" -> response.uncompressed().bytes(ByteBuffer.allocate(100_000));
      case "/unread" -> response.text("done");
      case "/later" ->
          request.loop().schedule(Duration.ofMinutes(1), () -> collect(request, response));
      default -> collect(request, response);
    }
  }

  private static void collect(HttpRequest request, HttpResponse response) {
    request.body(UPLOAD).thenAccept(body -> response.text(body.length + " bytes"));
  }

  private static String head(String path) {
    return "POST " + path + " HTTP/1.1\r\nHost: a\r\nContent-Length: " + UPLOAD + "\r\n\r\n";
  }

  private void trickle(TestPeer peer, int bytes, int times) {
    for (int n = 0; n < times; n++) {
      peer.send(new byte[bytes]);
      server.network.run(SECOND);
    }
  }

  @AfterEach
  void nothingIsLeft() {
    server.assertNothingLeft();
  }

  @Test
  void areAnsweredWith408WhenTheyTrickleABody() {
    TestPeer peer = server.send(head("/"));

    trickle(peer, 90, 9);
    assertEquals(0, peer.available());
    trickle(peer, 90, 2);
    peer.expect(text("408 Request Timeout", "408 Request Timeout\n", "Connection: close\r\n"));
    peer.expectEnd().close();
  }

  @Test
  void areLetBeWhenTheyKeepTheRate() {
    TestPeer peer = server.send(head("/"));

    trickle(peer, 105, 47);
    peer.send(new byte[UPLOAD - 47 * 105]).expect(ok("5000 bytes")).close();
  }

  @Test
  void mayRestAndCatchUp() {
    TestPeer peer = server.send(head("/"));

    for (int n = 0; n < 4; n++) {
      server.network.run(SECOND.multipliedBy(9));
      trickle(peer, 1250, 1);
    }
    peer.expect(ok("5000 bytes")).close();
  }

  @Test
  void areNotBlamedForWhatNobodyWants() {
    TestPeer peer = server.send(head("/later"));

    trickle(peer, 10, 30);
    server.network.run(SECOND.multipliedBy(31));
    peer.send(new byte[UPLOAD - 300]).expect(ok("5000 bytes")).close();
  }

  @Test
  void areCutWhenTheyTrickleWhatIsDropped() {
    TestPeer peer = server.send(head("/unread")).expect(ok("done"));

    trickle(peer, 90, 11);
    peer.expectReset();
  }

  @Test
  void areCutWhenTheyTakeAResponseTooSlowly() {
    TestPeer peer = download(50);

    assertNotNull(over);
    peer.expectReset();
  }

  @Test
  void areServedWhenTheyTakeItFastEnough() {
    TestPeer peer = download(1500);

    assertNull(over);
    peer.readThrough("\r\n\r\n");
    peer.readBytes(100_000);
    peer.close();
  }

  /** Takes so many bytes a second, out of buffers that are small. */
  private TestPeer download(int bytesPerSecond) {
    HostConditions small = HostConditions.DEFAULT.withBuffers(1000, 1000);
    server.host.conditions(small);
    server.network.host("client").conditions(small);
    server.network.conditions(LinkConditions.DEFAULT.withBandwidth(bytesPerSecond));
    TestPeer peer = server.send(get("/download"));
    server.network.runUntil(() -> done);
    return peer;
  }
}
