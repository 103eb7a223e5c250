package dev.weir.http.client;

import static dev.weir.http.client.ScriptedServer.URI;
import static dev.weir.http.client.ScriptedServer.ok;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.stream.StreamException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Which connection a request goes over, and what happens when that one is gone. */
class ClientPoolTest {

  private static final HttpClientOptions ONE =
      HttpClientOptions.DEFAULTS.withPool(PoolLimits.DEFAULTS.withConnectionsPerOrigin(1));

  private static HttpResult run(ScriptedServer server, CompletableFuture<HttpResult> call) {
    server.network.runUntil(call::isDone);
    return call.join();
  }

  private static CallException.Reason reason(CompletableFuture<?> call) {
    return assertInstanceOf(CallException.class, call.exceptionNow()).reason();
  }

  @Test
  void connectionsAreUsedAgainUntilTheyWereIdleForTooLong() {
    var server = ScriptedServer.answering(ok("x"));
    var client = server.client();

    assertFalse(run(server, client.get(URI).send()).connection().reused());
    assertTrue(run(server, client.get(URI).send()).connection().reused());
    server.network.run(PoolLimits.DEFAULTS.idleTime().plusSeconds(5));

    assertTrue(server.peers.getFirst().closed);
    assertFalse(run(server, client.get(URI).send()).connection().reused());
  }

  @Test
  void closeIsHonoured() {
    var server =
        ScriptedServer.answering(
            "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");
    var client = server.client();

    run(server, client.get(URI).send());
    run(server, client.get(URI).send());

    assertEquals(2, server.peers.size());
  }

  @Test
  void callsWaitForTheirTurn() {
    var server =
        new ScriptedServer((peer, n) -> peer.sendLater(Duration.ofMillis(100), ok("" + n)));
    var client = server.client(ONE);
    List<CompletableFuture<HttpResult>> calls = new ArrayList<>();
    for (int n = 0; n < 3; n++) {
      calls.add(client.get(URI).send());
    }

    assertEquals("3", run(server, calls.getLast()).text());
    assertEquals(1, server.peers.size());
    assertTrue(calls.getLast().join().timings().queue().toMillis() >= 200);
  }

  @Test
  void theQueueIsBounded() {
    var server = new ScriptedServer((peer, n) -> {});
    var client = server.client(ONE.withPool(ONE.pool().withWaitingPerOrigin(1)));
    client.get(URI).stream(new RecordingHandler());
    var waiting = client.get(URI).send();
    var tooMany = client.get(URI).send();
    server.network.run(Duration.ofSeconds(31));

    assertEquals(CallException.Reason.QUEUE_FULL, reason(tooMany));
    var late = assertInstanceOf(StreamException.TimedOut.class, waiting.exceptionNow());
    assertEquals("queue", late.layer());
  }

  @Test
  void idleConnectionsAreBounded() {
    var server = new ScriptedServer((peer, n) -> peer.sendLater(Duration.ofMillis(100), ok("x")));
    var client =
        server.client(
            HttpClientOptions.DEFAULTS.withPool(PoolLimits.DEFAULTS.withIdleConnections(2)));
    for (int n = 0; n < 5; n++) {
      client.get(URI).stream(new RecordingHandler());
    }
    server.network.run(Duration.ofSeconds(5));

    assertEquals(5, server.peers.size());
    assertEquals(3, server.peers.stream().filter(peer -> peer.closed).count());
  }

  @Test
  void aStaleConnectionIsReplacedOnce() {
    var server =
        new ScriptedServer((peer, n) -> {
          if (n == 2) {
            peer.stream.reset(-1);
          } else {
            peer.send(ok("" + n));
          }
        });
    var client = server.client();
    run(server, client.get(URI).send());

    assertEquals("3", run(server, client.get(URI).send()).text());
    assertEquals(2, server.peers.size());
  }

  @Test
  void aRetryThatMakesRoomForItselfIsSentOnce() {
    List<String> targets = new ArrayList<>();
    var server =
        new ScriptedServer((peer, n) -> {
          String got = peer.got.toString();
          targets.add(got.substring(got.lastIndexOf("GET ")).split(" ", 3)[1]);
          if (n == 2) {
            peer.stream.reset(-1);
          } else {
            peer.send(ok("" + n));
          }
        });
    var client = server.client(ONE);
    run(server, client.get(URI + "/1").send());
    var retried = client.get(URI + "/2").send();
    var waiting = client.get(URI + "/3").send();

    assertEquals("3", run(server, waiting).text());
    assertEquals("4", run(server, retried).text());
    server.network.run(Duration.ofSeconds(5));
    assertEquals(List.of("/1", "/2", "/3", "/2"), targets);
    assertEquals(3, server.peers.size());
  }

  @Test
  void whatIsNotIdempotentIsNotSentTwice() {
    var server =
        new ScriptedServer((peer, n) -> {
          if (n % 2 == 0) {
            peer.stream.reset(-1);
          } else {
            peer.send(ok("" + n));
          }
        });
    var client = server.client();
    run(server, client.get(URI).send());
    var post = client.post(URI).send();
    server.network.runUntil(post::isDone);
    assertTrue(post.isCompletedExceptionally());
    assertEquals(1, server.peers.size());

    run(server, client.get(URI).send());
    assertEquals("5", run(server, client.post(URI).idempotent().send()).text());
  }

  @Test
  void bytesThatNobodyAskedForEndTheConnection() {
    var server = ScriptedServer.answering(ok("x") + ok("smuggled"));
    var client = server.client();

    assertEquals("x", run(server, client.get(URI).send()).text());
    assertFalse(run(server, client.get(URI).send()).connection().reused());
  }

  @Test
  void pipelinesWhenAsked() {
    var server =
        new ScriptedServer((peer, n) ->
            peer.sendLater(
                Duration.ofMillis(n == 2 ? 500 : 0),
                n == 3 ? "" : n == 2 ? ok("2") + ok("3") : ok("1")));
    var client = server.client(ONE.withPool(ONE.pool().withPipelined(4)));
    run(server, client.get(URI).send());
    var second = client.get(URI + "/2").send();
    var third = client.get(URI + "/3").send();
    server.network.run(Duration.ofMillis(300));

    assertTrue(server.peers.getFirst().got.toString().contains("GET /3 "));
    assertEquals("3", run(server, third).text());
    assertEquals("2", second.join().text());
    assertEquals(1, server.peers.size());
  }

  @Test
  void whatWasPipelinedBehindTheLastAnswerIsSentAgain() {
    var server =
        new ScriptedServer((peer, n) -> {
          if (n == 2) {
            peer.sendLater(
                Duration.ofMillis(500),
                "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 1\r\n\r\n2");
          } else if (n != 3) {
            peer.send(ok("" + n));
          }
        });
    var client = server.client(ONE.withPool(ONE.pool().withPipelined(4)));
    run(server, client.get(URI).send());
    var second = client.get(URI).send();
    var third = client.get(URI).send();

    assertEquals("2", run(server, second).text());
    assertEquals("4", run(server, third).text());
  }

  @Test
  void cancellingCutsTheConnectionAndLetsTheNextOneIn() {
    var server =
        new ScriptedServer((peer, n) -> {
          if (n > 1) {
            peer.send(ok("" + n));
          }
        });
    var client = server.client(ONE);
    var first = client.get(URI).send();
    var second = client.get(URI).send();
    server.network.run(Duration.ofSeconds(1));
    first.cancel(true);

    assertEquals("2", run(server, second).text());
    assertTrue(server.peers.getFirst().closed);
  }

  @Test
  void closingFailsWhatWaitsAndLeavesNothing() {
    var server = new ScriptedServer((peer, n) -> peer.sendLater(Duration.ofMillis(500), ok("x")));
    var client = server.client(ONE);
    var busy = client.get(URI).send();
    var waiting = client.get(URI).send();
    server.network.run(Duration.ofMillis(200));
    client.close();
    var late = client.get(URI).send();
    server.network.run(Duration.ofSeconds(5));

    assertEquals("x", busy.join().text());
    assertEquals(CallException.Reason.CLOSED, reason(waiting));
    assertEquals(CallException.Reason.CLOSED, reason(late));
    assertEquals(0, server.clients.connections());
    assertEquals(0, server.clients.loops().getFirst().timers());
  }
}
