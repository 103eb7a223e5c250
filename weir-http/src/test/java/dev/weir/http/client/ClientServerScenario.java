package dev.weir.http.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.http.BodyHandler;
import dev.weir.http.Headers;
import dev.weir.http.Http2Limits;
import dev.weir.http.HttpRequest;
import dev.weir.http.HttpResponse;
import dev.weir.http.HttpTimeouts;
import dev.weir.http.server.HttpServer;
import dev.weir.net.Context;
import dev.weir.stream.WeirException;
import dev.weir.testkit.HostConditions;
import dev.weir.testkit.LinkConditions;
import dev.weir.testkit.Scenario;
import dev.weir.testkit.SimHost;
import dev.weir.testkit.SimNetwork;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * A client that asks a server to send its body back, a few times over, on a network that may do
 * anything that networks do. In the end every byte has come, or an error says why not.
 */
final class ClientServerScenario implements Scenario {

  private static final ClientTimeouts TIMEOUTS =
      ClientTimeouts.DEFAULTS
          .withQueue(Duration.ofMinutes(5))
          .withFirstByte(Duration.ofMinutes(2))
          .withBetweenBytes(Duration.ofMinutes(2));

  private final boolean http2;
  int whole;
  int failed;
  int cancelled;

  /**
   * @param http2 by the one version, many at a time, or by the other
   */
  ClientServerScenario(boolean http2) {
    this.http2 = http2;
  }

  /** Windows and numbers of streams from the least that there may be. */
  private static Http2Limits limits(RandomGenerator random) {
    int window = Http2Limits.LEAST_WINDOW + random.nextInt(50_000);
    return Http2Limits.builder()
        .concurrentStreams(1 + random.nextInt(20))
        .streamWindow(window, window << random.nextInt(4))
        .connectionWindow(window, window << random.nextInt(4))
        .headerTableBytes(random.nextInt(3) * 2048)
        .build();
  }

  @Override
  public Runnable begin(SimNetwork network) {
    RandomGenerator random = network.random();
    SimHost server = network.host("server");
    SimHost client = network.host("client");
    network.conditions(LinkConditions.hostile(random));
    server.conditions(HostConditions.hostile(random));
    client.conditions(HostConditions.hostile(random));
    var listener =
        server
            .context(1)
            .listen(
                server.address(80),
                new HttpServerUnderTest(random.nextBoolean())
                    .server()
                    .withHttp2(limits(random))
                    .acceptor());
    Context context = client.context(1 + random.nextInt(2));
    HttpClient http =
        HttpClient.on(
            context,
            HttpClientOptions.DEFAULTS
                .withTimeouts(TIMEOUTS)
                .withHttp2(limits(random))
                .withHttp2Known(http2)
                .withPool(
                    PoolLimits.DEFAULTS
                        .withConnectionsPerOrigin(1 + random.nextInt(3))
                        .withPipelined(1 + random.nextInt(3))));
    List<Exchange> exchanges = new ArrayList<>();
    int count = 1 + random.nextInt(http2 ? 25 : 6);
    for (int n = 0; n < count; n++) {
      Exchange exchange = new Exchange(random, n);
      exchanges.add(exchange);
      network.after(Duration.ofMillis(random.nextInt(400)), () -> exchange.send(http));
      if (http2 && random.nextInt(8) == 0) {
        network.after(Duration.ofMillis(random.nextInt(2000)), exchange::cancel);
      }
    }
    network.after(Duration.ofHours(1), http::close);
    network.after(Duration.ofHours(1), listener::close);
    return () -> exchanges.forEach(this::check);
  }

  private void check(Exchange exchange) {
    exchange.check();
    if (exchange.isCancelled()) {
      cancelled++;
    } else if (exchange.problem == null) {
      whole++;
    } else {
      failed++;
    }
  }

  /** One request, of random length and manner, whose response must be its own body. */
  private static final class Exchange implements ResponseHandler {
    private final int number;
    private final int length;
    private final boolean chunked;
    private final boolean expects;
    private final boolean gives;
    private final int appetite;
    private final Duration rest;
    private int got;
    private int ends;
    private final int priority;
    @Nullable ClientResponse response;
    @Nullable Exception problem;

    /** What must not be, whatever the network does; thrown in a callback it would pass for it. */
    @Nullable String wrong;

    Exchange(RandomGenerator random, int number) {
      this.number = number;
      this.gives = random.nextInt(4) > 0;
      this.length = gives ? 1 << random.nextInt(17) : 0;
      this.chunked = random.nextBoolean();
      this.expects = random.nextInt(4) == 0;
      this.appetite = random.nextBoolean() ? Integer.MAX_VALUE : 1 + random.nextInt(5000);
      this.rest = Duration.ofMillis(random.nextInt(50));
      this.priority = random.nextInt(20);
    }

    void send(HttpClient http) {
      HttpCall call =
          gives
              ? http.put("http://server/echo").body(new Pattern(number, length, chunked))
              : http.get("http://server/echo");
      if (expects) {
        call.expectContinue();
      }
      if (priority < 16) {
        call.header("priority", "u=" + priority / 2 + (priority % 2 == 0 ? "" : ", i"));
      }
      call.stream(this).whenComplete((timings, why) -> ends += 100);
    }

    @Override
    public void head(ClientResponse begun) {
      response = begun;
      if (begun.status().code() != 200) {
        wrong = "answered by " + begun.status();
      }
    }

    @Override
    public void data(ByteBuffer bytes) {
      int count = Math.min(bytes.remaining(), appetite);
      for (int n = 0; n < count; n++) {
        if (Pattern.at(number, got++) != bytes.get()) {
          wrong = "byte " + got + " is not what was sent";
        }
      }
      ClientResponse from = response;
      if (bytes.hasRemaining() && from != null) {
        from.loop().schedule(rest, from::resume);
      }
    }

    void cancel() {
      ClientResponse from = response;
      if (from != null && ends == 0) {
        from.loop().execute(from::cancel);
      }
    }

    boolean isCancelled() {
      return problem instanceof CallException own && own.reason() == CallException.Reason.CANCELLED;
    }

    @Override
    public void end(Headers trailers) {
      ends++;
    }

    @Override
    public void failed(Exception why) {
      problem = why;
      ends++;
    }

    void check() {
      assertNull(wrong);
      assertEquals(101, ends, "a call ends once");
      if (problem == null) {
        assertEquals(length, got);
      } else {
        assertInstanceOf(WeirException.class, problem);
        assertTrue(String.valueOf(problem.getMessage()).length() > 10);
        assertTrue(
            !(problem instanceof CallException own)
                || own.reason() == CallException.Reason.CONNECTION_LOST
                || own.reason() == CallException.Reason.CANCELLED,
            problem.toString());
      }
    }
  }

  /** Bytes that can be told from those of another request, and from those before and behind. */
  private static final class Pattern implements BodySource {
    private final int number;
    private final int length;
    private final boolean chunked;
    private int sent;

    Pattern(int number, int length, boolean chunked) {
      this.number = number;
      this.length = length;
      this.chunked = chunked;
    }

    static byte at(int number, int index) {
      return (byte) (number * 31 + index * 7 + (index >> 8));
    }

    @Override
    public long length() {
      return chunked ? -1 : length;
    }

    @Override
    public boolean repeatable() {
      return true;
    }

    @Override
    public void begin(BodySink sink) {
      sent = 0;
    }

    @Override
    public void writable(BodySink sink) {
      byte[] piece = new byte[3000];
      while (sent < length) {
        int count = Math.min(piece.length, length - sent);
        for (int n = 0; n < count; n++) {
          piece[n] = at(number, sent + n);
        }
        int taken = sink.write(ByteBuffer.wrap(piece, 0, count));
        sent += taken;
        if (taken < count) {
          sink.wantWritable();
          return;
        }
      }
      sink.end();
    }
  }

  /** Sends every body back: as a whole, or as it comes. */
  private record HttpServerUnderTest(boolean streams) {
    HttpServer server() {
      return HttpServer.of(this::echo)
          .withTimeouts(
              HttpTimeouts.DEFAULTS
                  .withBody(Duration.ofMinutes(2))
                  .withHead(Duration.ofMinutes(2))
                  .withSend(Duration.ofMinutes(2)));
    }

    private void echo(HttpRequest request, HttpResponse response) {
      if (streams) {
        request.body(new StreamingEcho(request, response));
        return;
      }
      request
          .body(1 << 20)
          .whenComplete((body, problem) -> {
            if (body != null) {
              response.bytes(body);
            }
          });
    }
  }

  /** Leaves what the response takes not, and goes on when it does. */
  private record StreamingEcho(HttpRequest request, HttpResponse response) implements BodyHandler {
    @Override
    public void data(ByteBuffer bytes) {
      response.write(bytes);
      if (bytes.hasRemaining()) {
        response.whenWritable(request::resume);
      }
    }

    @Override
    public void end(Headers trailers) {
      response.end();
    }
  }
}
