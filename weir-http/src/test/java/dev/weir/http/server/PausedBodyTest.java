package dev.weir.http.server;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.weir.http.BodyHandler;
import dev.weir.http.Headers;
import dev.weir.http.HttpHandler;
import dev.weir.http.HttpRequest;
import dev.weir.http.HttpResponse;
import dev.weir.net.Endpoint;
import dev.weir.stream.ByteStream;
import dev.weir.stream.StreamHandler;
import dev.weir.testkit.SimNetwork;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A handler that stops the body of its request, for longer than a peer may take to send it. */
class PausedBodyTest {

  private static final Duration LONG = Duration.ofMinutes(5);

  private final SimNetwork network = new SimNetwork(1);
  private final StringBuilder got = new StringBuilder();

  private void exchange(HttpHandler handler, String first, String second) {
    var host = network.host("server");
    host.context(1).listen(host.address(80), HttpServer.of(handler).acceptor());
    network
        .host("client")
        .context(1)
        .connect(
            Endpoint.tcp("server", 80),
            new StreamHandler() {
              @Override
              public void opened(ByteStream stream) {
                send(stream, first);
                stream.loop().schedule(Duration.ofSeconds(1), () -> send(stream, second));
              }

              @Override
              public void received(ByteStream stream, ByteBuffer bytes) {
                got.append(StandardCharsets.ISO_8859_1.decode(bytes));
              }
            });
    network.run(LONG.multipliedBy(3));
  }

  private static void send(ByteStream stream, String text) {
    stream.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1)));
  }

  /** Pauses when bytes come, and goes on much later. */
  private record Pausing(HttpRequest request, HttpResponse response) implements BodyHandler {
    @Override
    public void data(ByteBuffer bytes) {
      bytes.position(bytes.limit());
      request.pause();
      request.loop().schedule(LONG, request::resume);
    }

    @Override
    public void end(Headers trailers) {
      response.text("whole");
    }
  }

  /** Takes four bytes at a time, and goes on much later. */
  private record InFours(HttpRequest request, HttpResponse response, List<String> told)
      implements BodyHandler {
    @Override
    public void data(ByteBuffer bytes) {
      byte[] some = new byte[Math.min(4, bytes.remaining())];
      bytes.get(some);
      told.add(new String(some, StandardCharsets.ISO_8859_1));
      request.pause();
      request
          .loop()
          .schedule(
              LONG,
              () -> {
                told.add("on");
                request.resume();
              });
    }

    @Override
    public void end(Headers trailers) {
      told.add("end");
      response.text("whole");
    }
  }

  private List<String> inFours(String head, String first, String second) {
    List<String> told = new ArrayList<>();
    exchange(
        (request, response) -> request.body(new InFours(request, response, told)),
        "POST / HTTP/1.1\r\nHost: a\r\n" + head + "\r\n\r\n" + first,
        second);
    assertEquals("HTTP/1.1 200 OK", status());
    return told;
  }

  private static void pausing(HttpRequest request, HttpResponse response) {
    request.body(new Pausing(request, response));
  }

  private String status() {
    return got.toString().lines().findFirst().orElse("no answer");
  }

  @Test
  void theClientIsNotBlamedForWhatTheHandlerDoes() {
    exchange(
        PausedBodyTest::pausing, "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\n\r\n", "body");

    assertEquals("HTTP/1.1 200 OK", status());
  }

  @Test
  void theEndComesAfterAPauseAtTheLastByte() {
    exchange(
        PausedBodyTest::pausing, "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\n\r\nbody", "");

    assertEquals("HTTP/1.1 200 OK", status());
  }

  /** Who writes what came elsewhere has it all when the end comes, not all but the last piece. */
  @Test
  void theEndWaitsUntilThePauseIsOver() {
    assertEquals(
        List.of("over", "on", "all ", "on", "end"), inFours("Content-Length: 8", "overall ", ""));
  }

  @Test
  void theEndThatComesInThePauseWaitsToo() {
    assertEquals(
        List.of("body", "on", "end"),
        inFours("Transfer-Encoding: chunked", "4\r\nbody\r\n", "0\r\n\r\n"));
  }

  @Test
  void theEndThatCameWithTheLastByteWaitsToo() {
    assertEquals(
        List.of("body", "on", "end"),
        inFours("Transfer-Encoding: chunked", "4\r\nbody\r\n0\r\n\r\n", ""));
  }

  /** The end of a body that nobody has asked for yet, or of none at all. */
  @Test
  void theEndWaitsForWhoAsksLate() {
    List<String> told = new ArrayList<>();
    exchange(
        (request, response) -> {
          request.pause();
          request.body(new InFours(request, response, told));
          told.add("asked");
          request.resume();
          told.add("resumed");
        },
        "GET / HTTP/1.1\r\nHost: a\r\n\r\n",
        "");

    assertEquals(List.of("asked", "end", "resumed"), told);
    assertEquals("HTTP/1.1 200 OK", status());
  }

  /** The pause is of the request that is over: the next one is read. */
  @Test
  void anAnswerEndsThePause() {
    exchange(
        (request, response) -> {
          if (request.path().equals("/paused")) {
            request.pause();
            request.body(new InFours(request, response, new ArrayList<>()));
            request.loop().schedule(LONG, () -> response.text("enough"));
          } else {
            response.text("next");
          }
        },
        "POST /paused HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\n\r\nbody",
        "GET /next HTTP/1.1\r\nHost: a\r\n\r\n");

    assertEquals("next", got.substring(got.length() - 4));
  }

  /** Whoever goes on after its answer goes on with its own request, not with the next one. */
  @Test
  void whatGoesOnIsTheRequestThatWasPaused() {
    List<String> told = new ArrayList<>();
    exchange(
        (request, response) ->
            request.body(
                new BodyHandler() {
                  @Override
                  public void data(ByteBuffer bytes) {
                    told.add(request.path() + " " + bytes.get());
                    request.pause();
                    if (request.path().equals("/answered")) {
                      bytes.position(bytes.limit());
                      response.text("early");
                      request.loop().schedule(LONG, request::resume);
                    }
                  }

                  @Override
                  public void end(Headers trailers) {
                    told.add(request.path() + " ended");
                  }
                }),
        "POST /answered HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\n\r\n1234",
        "POST /waiting HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\n\r\n5678");

    assertEquals(List.of("/answered 49", "/waiting 53", "/answered ended"), told);
  }
}
