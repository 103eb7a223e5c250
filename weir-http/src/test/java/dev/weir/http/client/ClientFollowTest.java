package dev.weir.http.client;

import static dev.weir.http.client.ScriptedServer.URI;
import static dev.weir.http.client.ScriptedServer.ok;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.http.HttpError;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

/** What the client does with answers by itself: redirects, cookies, decompression. */
class ClientFollowTest {

  private static String redirect(String status, String location, String body) {
    return "HTTP/1.1 %s\r\nLocation: %s\r\nContent-Length: %d\r\n\r\n%s"
        .formatted(status, location, body.length(), body);
  }

  private static HttpResult run(ScriptedServer server, CompletableFuture<HttpResult> call) {
    server.network.runUntil(call::isDone);
    return call.join();
  }

  private static CallException.Reason refusal(ScriptedServer server, HttpCall call) {
    var sent = call.send();
    server.network.runUntil(sent::isDone);
    return assertInstanceOf(CallException.class, sent.exceptionNow()).reason();
  }

  private static byte[] gzip(byte[] plain) {
    var out = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(out)) {
      gzip.write(plain);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  private static ScriptedServer sending(String coding, byte[] body) {
    return new ScriptedServer((peer, n) -> {
      peer.send(
          "HTTP/1.1 200 OK\r\nContent-Encoding: %s\r\nContent-Length: %d\r\n\r\n"
              .formatted(coding, body.length));
      peer.send(body);
    });
  }

  // ---- redirects

  @Test
  void redirectsAreFollowedOverTheSameConnection() {
    var server =
        new ScriptedServer(
            (peer, n) -> peer.send(n == 1 ? redirect("302 Found", "/b", "moved") : ok("there")));

    HttpResult result = run(server, server.client().get(URI + "/a").send());

    assertEquals("there", result.text());
    assertEquals("http://server/b", result.uri().toString());
    assertEquals(1, server.peers.size());
  }

  @Test
  void aBodyIsSentAgainWhereTheMethodStays() {
    var server =
        new ScriptedServer((peer, n) ->
            peer.send(n == 1 ? redirect("307 Temporary Redirect", "/b", "") : ok("there")));

    run(server, server.client().post(URI).body("body").send());

    String got = server.peers.getFirst().got.toString();
    assertTrue(got.contains("POST /b ") && got.endsWith("body"), got);
  }

  @Test
  void aBodyIsLeftWhereTheMethodChanges() {
    var server =
        new ScriptedServer(
            (peer, n) -> peer.send(n == 1 ? redirect("303 See Other", "/b", "") : ok("there")));

    run(server, server.client().post(URI).body("body").send());

    String second = server.peers.getFirst().got.toString().split("body", 2)[1];
    assertTrue(second.startsWith("GET /b "), second);
    assertFalse(second.contains("Content-"), second);
  }

  @Test
  void aBodyThatIsGoneCannotFollow() {
    var server = ScriptedServer.answering(redirect("307 Temporary Redirect", "/b", ""));
    BodySource once = BodySink::end;

    assertEquals(
        CallException.Reason.REDIRECT, refusal(server, server.client().post(URI).body(once)));
  }

  @Test
  void credentialsStayWithTheirOrigin() {
    var server =
        new ScriptedServer((peer, n) ->
            peer.send(n == 1 ? redirect("302 Found", "http://server:80/b", "") : ok("")));
    server.network.host("other").context(1);
    run(server, server.client().get(URI).header("Authorization", "secret").send());
    assertEquals(3, server.peers.getFirst().got.toString().split("secret", -1).length);

    var other =
        new ScriptedServer((peer, n) ->
            peer.send(n == 1 ? redirect("302 Found", "http://10.0.0.1/b", "") : ok("")));
    run(other, other.client().get(URI).header("Authorization", "secret").send());
    assertEquals(2, other.peers.size());
    assertFalse(other.peers.getLast().got.toString().contains("secret"));
  }

  @Test
  void circlesAndTooManyAreRefused() {
    var server = ScriptedServer.answering(redirect("302 Found", "/same", ""));

    assertEquals(CallException.Reason.REDIRECT, refusal(server, server.client().get(URI)));
  }

  @Test
  void redirectsAreResultsIfNotWanted() {
    var server = ScriptedServer.answering(redirect("302 Found", "/b", "moved"));

    HttpResult result = run(server, server.client().get(URI).redirects(RedirectPolicy.NONE).send());

    assertEquals(302, result.status().code());
    assertEquals("moved", result.text());
  }

  @Test
  void aLongBodyOfARedirectIsNotReadToItsEnd() {
    var server =
        new ScriptedServer((peer, n) -> {
          if (n == 1) {
            peer.send("HTTP/1.1 302 Found\r\nLocation: /b\r\nContent-Length: 99999999\r\n\r\n");
            for (int i = 0; i < 5; i++) {
              peer.sendLater(Duration.ofMillis(100L * i), "x".repeat(20_000));
            }
          } else {
            peer.send(ok("there"));
          }
        });

    assertEquals("there", run(server, server.client().get(URI).send()).text());
    assertEquals(2, server.peers.size());
  }

  // ---- cookies

  @Test
  void cookiesComeBackOnRedirectsToo() {
    var server =
        new ScriptedServer((peer, n) ->
            peer.send(
                n == 1
                    ? "HTTP/1.1 302 Found\r\nLocation: /b\r\nSet-Cookie: id=7\r\n"
                        + "Content-Length: 0\r\n\r\n"
                    : ok("")));
    var options = HttpClientOptions.DEFAULTS.withCookies(new CookieJar());

    run(server, server.client(options).get(URI).send());

    assertTrue(server.peers.getFirst().got.toString().contains("Cookie: id=7\r\n"));
  }

  // ---- decompression

  @Test
  void decompresses() {
    byte[] plain = "as it was before ".repeat(2000).getBytes(StandardCharsets.US_ASCII);
    HttpResult result = run2(sending("gzip", gzip(plain)));

    assertEquals(new String(plain, StandardCharsets.US_ASCII), result.text());
    assertNull(result.header("content-encoding"));
    assertNull(result.header("content-length"));
  }

  private static HttpResult run2(ScriptedServer server) {
    return run(server, server.client().get(URI).send());
  }

  @Test
  void doesNotDecompressWhatTheCallerAskedFor() {
    byte[] packed = gzip(new byte[100]);
    var server = sending("gzip", packed);

    HttpResult result =
        run(server, server.client().get(URI).header("Accept-Encoding", "gzip").send());

    assertEquals(packed.length, result.bytes().length);
  }

  @Test
  void aSlowHandlerHoldsTheDecompressor() {
    byte[] plain = new byte[300_000];
    for (int i = 0; i < plain.length; i++) {
      plain[i] = (byte) ('a' + i % 26);
    }
    var server = sending("gzip", gzip(plain));
    var handler = new RecordingHandler();
    handler.appetite = 1000;
    var call = server.client().get(URI).stream(handler);
    server.network.run(Duration.ofSeconds(5));
    assertEquals(1000, handler.body.length());

    for (int left = plain.length - 1000; left > 0; left -= 7000) {
      handler.eat(7000);
      server.network.run(Duration.ofMillis(100));
    }
    server.network.runUntil(call::isDone);

    assertEquals(new String(plain, StandardCharsets.US_ASCII), handler.body.toString());
    assertEquals("end", handler.events.getLast());
  }

  @Test
  void bombsAreStopped() {
    var server = sending("gzip", gzip(new byte[20 << 20]));
    var call = server.client().get(URI).send();
    server.network.runUntil(call::isDone);

    assertInstanceOf(HttpError.class, call.exceptionNow());
  }

  @Test
  void contentCutShortFails() {
    byte[] packed = gzip("whole".getBytes(StandardCharsets.US_ASCII));
    var server = sending("gzip", java.util.Arrays.copyOf(packed, packed.length - 1));
    var call = server.client().get(URI).send();
    server.network.runUntil(call::isDone);

    assertInstanceOf(HttpError.class, call.exceptionNow());
  }
}
