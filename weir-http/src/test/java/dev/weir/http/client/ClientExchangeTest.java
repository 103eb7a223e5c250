package dev.weir.http.client;

import static dev.weir.http.client.ScriptedServer.URI;
import static dev.weir.http.client.ScriptedServer.ok;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.http.HttpError;
import dev.weir.http.Method;
import dev.weir.http.MinimumRate;
import dev.weir.stream.ByteStream;
import dev.weir.stream.StreamException;
import dev.weir.stream.StreamHandler;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One exchange at a time against a server that follows a script, in virtual time. */
class ClientExchangeTest {

  private static Throwable problemOf(CompletableFuture<?> call) {
    assertTrue(call.isCompletedExceptionally(), call.toString());
    return call.exceptionNow();
  }

  private static <T> T run(ScriptedServer server, CompletableFuture<T> call) {
    server.network.runUntil(call::isDone);
    return call.join();
  }

  private static Throwable fail(ScriptedServer server, CompletableFuture<?> call) {
    server.network.runUntil(call::isDone);
    return problemOf(call);
  }

  private static CallException.Reason reason(Throwable problem) {
    return assertInstanceOf(CallException.class, problem, problem.toString()).reason();
  }

  @Test
  void writesTheRequestThatWasAskedFor() {
    var server = ScriptedServer.answering(ok("x"));

    run(server, server.client().get(URI + "/a%20b?c=d#e").header("Accept", "text/plain").send());

    assertEquals(
        """
        GET /a%20b?c=d HTTP/1.1
        Host: server
        Accept: text/plain
        User-Agent: weir
        Accept-Encoding: gzip, deflate

        """
            .replace("\n", "\r\n"),
        server.peers.getFirst().got.toString());
  }

  @ParameterizedTest
  @CsvSource({
    "POST, '', POST / HTTP/1.1",
    "DELETE, /x, DELETE /x HTTP/1.1",
    "OPTIONS, '', OPTIONS * HTTP/1.1",
    "OPTIONS, /, OPTIONS / HTTP/1.1",
  })
  void requestLines(String method, String path, String line) {
    var server = ScriptedServer.answering(ok(""));

    run(server, server.client().request(Method.of(method), URI + path).send());

    assertEquals(line, server.peers.getFirst().got.toString().lines().findFirst().orElseThrow());
  }

  @Test
  void readsChunksTrailersAndInterimResponses() {
    var server =
        ScriptedServer.answering(
            "HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n"
                + "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
                + "3\r\nabc\r\n2\r\nde\r\n0\r\nX-Sum: 5\r\n\r\n");
    var handler = new RecordingHandler();

    run(server, server.client().get(URI).stream(handler));

    assertEquals(List.of("103 Early Hints", "200 OK", "end", "X-Sum: 5"), handler.events);
    assertEquals("abcde", handler.body.toString());
  }

  @Test
  void bodiesMayLastUntilTheConnectionEnds() {
    var server =
        new ScriptedServer((peer, n) -> {
          peer.send("HTTP/1.0 200 OK\r\n\r\nall of it");
          peer.close();
        });

    HttpResult result = run(server, server.client().get(URI).send());

    assertEquals("all of it", result.text());
  }

  @Test
  void whatIsLeftComesAgainAndHoldsTheServer() {
    var server = ScriptedServer.answering(ok("0123456789"));
    var handler = new RecordingHandler();
    handler.appetite = 4;
    var call = server.client().get(URI).stream(handler);

    server.network.run(Duration.ofMinutes(10));
    assertEquals("0123", handler.body.toString());
    assertFalse(call.isDone());

    handler.eat(3);
    server.network.run(Duration.ofMinutes(10));
    assertEquals("0123456", handler.body.toString());

    handler.eat(100);
    run(server, call);
    assertEquals("0123456789", handler.body.toString());
  }

  @Test
  void pausingAtTheLastByteHoldsTheEnd() {
    var server = ScriptedServer.answering(ok("0123456789"));
    var handler =
        new RecordingHandler() {
          @Override
          public void data(ByteBuffer bytes) {
            super.data(bytes);
            if (response != null) {
              response.pause();
            }
          }
        };
    var call = server.client().get(URI).stream(handler);
    server.network.run(Duration.ofMinutes(10));
    assertEquals(List.of("200 OK"), handler.events);

    handler.eat(100);
    run(server, call);
    assertEquals(List.of("200 OK", "end"), handler.events);
  }

  // ---- what is malformed

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/2.0 200 OK\r\n\r\n",
        "ICY 200 OK\r\n\r\n",
        "HTTP/1.1 20 OK\r\n\r\n",
        "HTTP/1.1 200 OK\r\nA : b\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab",
        "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        "HTTP/1.1 101 Switching Protocols\r\n\r\n",
      })
  void malformedResponsesFailAndCutTheirConnection(String bytes) {
    var server = ScriptedServer.answering(bytes);

    Throwable problem = fail(server, server.client().get(URI).send());
    server.network.run(Duration.ofSeconds(5));

    HttpError error = assertInstanceOf(HttpError.class, problem);
    assertEquals("http", error.layer());
    assertEquals(502, error.code());
    assertFalse(error.reference().isEmpty());
    assertTrue(server.peers.getFirst().closed);
    assertEquals(0, server.clients.connections());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n12345",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n12345\r\n",
      })
  void bodiesCutShortFail(String bytes) {
    var server =
        new ScriptedServer((peer, n) -> {
          peer.send(bytes);
          peer.close();
        });

    var error = assertInstanceOf(HttpError.class, fail(server, server.client().get(URI).send()));

    assertEquals("RFC 9112 8", error.section());
  }

  @Test
  void aConnectionThatEndsWithoutAnAnswerIsLost() {
    var server = new ScriptedServer((peer, n) -> peer.close());

    assertEquals(
        CallException.Reason.CONNECTION_LOST,
        reason(fail(server, server.client().get(URI).send())));
  }

  @Test
  void interimResponsesAreLimited() {
    String hints = "HTTP/1.1 103 Early Hints\r\n\r\n";
    var enough = ScriptedServer.answering(hints.repeat(HttpClient.INTERIM_RESPONSES) + ok("x"));
    assertEquals("x", run(enough, enough.client().get(URI).send()).text());

    var tooMany = ScriptedServer.answering(hints.repeat(HttpClient.INTERIM_RESPONSES + 1));
    assertInstanceOf(HttpError.class, fail(tooMany, tooMany.client().get(URI).send()));
  }

  @Test
  void wholeBodiesAreLimited() {
    var server = ScriptedServer.answering(ok("0123456789"));

    assertEquals("0123456789", run(server, server.client().get(URI).limit(10).send()).text());
    assertEquals(
        CallException.Reason.BODY_TOO_LARGE,
        reason(fail(server, server.client().get(URI).limit(9).send())));
  }

  @Test
  void aHandlerThatThrowsFailsItsCallAlone() {
    var server = ScriptedServer.answering(ok("x"));
    var handler =
        new RecordingHandler() {
          @Override
          public void head(ClientResponse begun) {
            throw new IllegalStateException("of its own");
          }
        };
    var client = server.client();

    assertEquals(
        CallException.Reason.HANDLER, reason(fail(server, client.get(URI).stream(handler))));
    assertNotNull(handler.problem);
    assertEquals("x", run(server, client.get(URI).send()).text());
  }

  // ---- time

  @Test
  void theFirstByteIsWaitedForSoLong() {
    var server = new ScriptedServer((peer, n) -> peer.sendLater(Duration.ofSeconds(61), ok("x")));

    var late =
        assertInstanceOf(
            StreamException.TimedOut.class, fail(server, server.client().get(URI).send()));

    assertEquals("first byte", late.layer());
  }

  @Test
  void aBodyMustNotTrickle() {
    var server = trickling(99);

    var late =
        assertInstanceOf(
            StreamException.TimedOut.class, fail(server, demanding(server).get(URI).send()));

    assertEquals("body rate", late.layer());
  }

  @Test
  void aBodyMayComeAsSlowlyAsItMust() {
    var server = trickling(101);

    assertEquals(3030, run(server, demanding(server).get(URI).send()).bytes().length);
  }

  /** Thirty pieces of a body, a second apart. */
  private static ScriptedServer trickling(int bytes) {
    return new ScriptedServer((peer, n) -> {
      peer.send("HTTP/1.1 200 OK\r\nContent-Length: " + 30 * bytes + "\r\n\r\n");
      for (int piece = 1; piece <= 30; piece++) {
        peer.sendLater(Duration.ofSeconds(piece), "x".repeat(bytes));
      }
    });
  }

  private static HttpClient demanding(ScriptedServer server) {
    return server.client(
        HttpClientOptions.DEFAULTS.withTimeouts(
            ClientTimeouts.DEFAULTS.withBodyRate(new MinimumRate(100, Duration.ofSeconds(10)))));
  }

  @Test
  void theNextByteIsWaitedForSoLong() {
    var server =
        new ScriptedServer((peer, n) -> {
          peer.send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\na");
          peer.sendLater(Duration.ofSeconds(31), "b");
        });

    var late =
        assertInstanceOf(
            StreamException.TimedOut.class, fail(server, server.client().get(URI).send()));

    assertEquals("next byte", late.layer());
  }

  @Test
  void theWholeCallIsWaitedForSoLong() {
    var server =
        new ScriptedServer((peer, n) -> {
          peer.send("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n");
          for (int i = 1; i < 9; i++) {
            peer.sendLater(Duration.ofSeconds(i), "b");
          }
        });

    var late =
        assertInstanceOf(
            StreamException.TimedOut.class,
            fail(server, server.client().get(URI).timeout(Duration.ofSeconds(5)).send()));

    assertEquals("whole call", late.layer());
    assertEquals(5, server.network.elapsed().toSeconds());
  }

  @Test
  void connectingIsWaitedForSoLong() {
    var server = ScriptedServer.answering(ok("x"));
    server.network.blackhole(server.host.ip4());
    server.network.blackhole(server.host.ip6());

    var late =
        assertInstanceOf(
            StreamException.TimedOut.class, fail(server, server.client().get(URI).send()));

    assertEquals("connect", late.layer());
    assertEquals(10, server.network.elapsed().toSeconds());
  }

  // ---- requests with a body

  @Test
  void continueIsWaitedFor() {
    var server =
        new ScriptedServer((peer, n) -> {
          peer.sendLater(Duration.ofMillis(500), "HTTP/1.1 100 Continue\r\n\r\n");
          peer.sendLater(Duration.ofMillis(900), ok("got"));
        });
    var call = server.client().post(URI).body("body").expectContinue().send();

    server.network.run(Duration.ofMillis(400));
    assertTrue(server.peers.getFirst().got.toString().contains("Expect: 100-continue"));
    assertTrue(server.peers.getFirst().got.toString().endsWith("\r\n\r\n"));

    assertEquals("got", run(server, call).text());
    assertTrue(server.peers.getFirst().got.toString().endsWith("\r\n\r\nbody"));
  }

  @Test
  void continueIsNotWaitedForForever() {
    var server = new ScriptedServer((peer, n) -> peer.sendLater(Duration.ofSeconds(3), ok("")));

    run(server, server.client().post(URI).body("body").expectContinue().send());

    assertTrue(server.peers.getFirst().got.toString().endsWith("\r\n\r\nbody"));
  }

  @Test
  void aFinalAnswerSparesTheBody() {
    var server = ScriptedServer.answering("HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n");

    HttpResult result = run(server, server.client().post(URI).body("body").expectContinue().send());
    server.network.run(Duration.ofSeconds(5));

    assertEquals(403, result.status().code());
    assertFalse(server.peers.getFirst().got.toString().contains("body"));
    assertTrue(server.peers.getFirst().closed);
  }

  @Test
  void expectationsThatFailAreDropped() {
    var server =
        new ScriptedServer((peer, n) ->
            peer.send(
                n == 1
                    ? "HTTP/1.1 417 Expectation Failed\r\nContent-Length: 0\r\n\r\n"
                    : ok("fine")));

    assertEquals(
        "fine", run(server, server.client().post(URI).body("body").expectContinue().send()).text());
    assertFalse(server.peers.getLast().got.toString().contains("Expect"));
  }

  @Test
  void aBodyOfUnknownLengthGoesInChunks() {
    var server = ScriptedServer.answering(ok(""));
    BodySource source =
        sink -> {
          sink.write(ByteBuffer.wrap("abc".getBytes(StandardCharsets.US_ASCII)));
          sink.end(dev.weir.http.Headers.of("x-sum", "3"));
        };

    run(server, server.client().post(URI).body(source).send());

    String got = server.peers.getFirst().got.toString();
    assertTrue(got.contains("Transfer-Encoding: chunked\r\n"), got);
    assertTrue(got.endsWith("3\r\nabc\r\n0\r\nx-sum: 3\r\n\r\n"), got);
  }

  @Test
  void aBodyShorterThanItsLengthFails() {
    var server = ScriptedServer.answering(ok(""));
    BodySource source =
        new BodySource() {
          @Override
          public long length() {
            return 5;
          }

          @Override
          public void writable(BodySink sink) {
            sink.end();
          }
        };

    assertEquals(
        CallException.Reason.REQUEST_BODY,
        reason(fail(server, server.client().post(URI).body(source).send())));
  }

  // ---- other protocols

  @Test
  void switchesToWhatWasOffered() {
    var server =
        ScriptedServer.answering(
            "HTTP/1.1 101 Switching Protocols\r\n"
                + "Connection: upgrade\r\n"
                + "Upgrade: echo\r\n\r\n"
                + "hello");
    var got = new StringBuilder();
    var handler =
        new RecordingHandler() {
          @Override
          public StreamHandler switched(ClientResponse answer, ByteStream stream) {
            events.add(answer.status().toString());
            return (from, bytes) -> got.append(StandardCharsets.US_ASCII.decode(bytes));
          }
        };

    run(server, server.client().get(URI).upgrade("echo").stream(handler));
    server.network.run(Duration.ofSeconds(1));

    assertEquals(List.of("101 Switching Protocols"), handler.events);
    assertEquals("hello", got.toString());
    assertTrue(server.peers.getFirst().got.toString().contains("Upgrade: echo\r\n"));
  }

  @Test
  void connectOpensATunnel() {
    var server = ScriptedServer.answering("HTTP/1.1 200 OK\r\n\r\n");
    var handler =
        new RecordingHandler() {
          @Override
          public StreamHandler switched(ClientResponse answer, ByteStream stream) {
            return (from, bytes) -> {};
          }
        };

    run(
        server,
        server
            .client()
            .request(Method.CONNECT, "http://origin.example:443")
            .via(dev.weir.net.Endpoint.tcp("server", 80))
            .stream(handler));

    assertNull(handler.problem);
    assertTrue(
        server.peers.getFirst().got.toString().startsWith("CONNECT origin.example:443 HTTP/1.1"));
  }
}
