package dev.weir.http.server;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.weir.http.BodyHandler;
import dev.weir.http.Headers;
import dev.weir.http.HttpHandler;
import dev.weir.http.HttpRequest;
import dev.weir.http.HttpResponse;
import dev.weir.loop.Loop;
import dev.weir.stream.ByteStream;
import dev.weir.stream.Carrier;
import dev.weir.stream.StreamHandler;
import dev.weir.testkit.SimNetwork;
import dev.weir.tls.TlsSession;
import java.lang.management.ManagementFactory;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What an exchange costs in heap, from the bytes that come to the bytes that go. */
class ExchangeAllocationTest {

  private static final int EXCHANGES = 20_000;
  private static final byte[] HELLO = "hello, world\n".getBytes(StandardCharsets.ISO_8859_1);

  private final SimNetwork network = new SimNetwork(1);

  /** Takes everything and keeps nothing. */
  private record Sink(Loop loop, ByteBuffer out) implements ByteStream, Carrier {
    @Override
    public Carrier carrier() {
      return this;
    }

    @Override
    public void handler(StreamHandler handler) {}

    @Override
    public int write(ByteBuffer src) {
      int count = src.remaining();
      src.position(src.limit());
      return count;
    }

    @Override
    public ByteBuffer reserve(int min) {
      return out.clear();
    }

    @Override
    public void flush() {}

    @Override
    public void wantWritable() {}

    @Override
    public boolean hasUnsent() {
      return false;
    }

    @Override
    public void pause() {}

    @Override
    public void resume() {}

    @Override
    public void end() {}

    @Override
    public void close() {}

    @Override
    public void reset(long code) {}

    @Override
    public long id() {
      return 1;
    }

    @Override
    public @Nullable SocketAddress local() {
      return null;
    }

    @Override
    public @Nullable SocketAddress remote() {
      return null;
    }

    @Override
    public @Nullable TlsSession tls() {
      return null;
    }

    @Override
    public long ageNanos() {
      return 0;
    }

    @Override
    public long bytesIn() {
      return 0;
    }

    @Override
    public long bytesOut() {
      return 0;
    }
  }

  /** Answers a body when it is there as a whole, and keeps none of it. */
  private static final class Counting implements BodyHandler {
    private final HttpResponse response;

    Counting(HttpResponse response) {
      this.response = response;
    }

    @Override
    public void data(ByteBuffer bytes) {
      bytes.position(bytes.limit());
    }

    @Override
    public void end(Headers trailers) {
      response.bytes(HELLO);
    }
  }

  private static void get(HttpRequest request, HttpResponse response) {
    response.header("content-type", "text/plain").bytes(HELLO);
  }

  private static void post(HttpRequest request, HttpResponse response) {
    request.body(new Counting(response));
  }

  private void costs(String request, HttpHandler handler, int most) {
    Loop loop = network.host("server").context(1).loop();
    ByteBuffer in = ByteBuffer.wrap(request.getBytes(StandardCharsets.ISO_8859_1));
    StreamHandler connection =
        new Http1ServerConnection(
            HttpServer.of(handler), new Sink(loop, ByteBuffer.allocate(64 * 1024)));
    ByteStream stream = new Sink(loop, ByteBuffer.allocate(0));
    long[] cost = new long[1];
    loop.execute(() -> {
      ThreadMXBean thread = (ThreadMXBean) ManagementFactory.getThreadMXBean();
      for (int round = 0; round < 2; round++) {
        long before = thread.getCurrentThreadAllocatedBytes();
        for (int n = 0; n < EXCHANGES; n++) {
          connection.received(stream, in.rewind());
        }
        cost[0] = (thread.getCurrentThreadAllocatedBytes() - before) / EXCHANGES;
      }
    });
    network.runUntil(() -> cost[0] > 0);
    assertTrue(cost[0] <= most, "an exchange costs " + cost[0] + " bytes, more than " + most);
  }

  @Test
  void isSmallForAGet() {
    costs(
        "GET /hello HTTP/1.1\r\nHost: localhost\r\nAccept: */*\r\n\r\n",
        ExchangeAllocationTest::get,
        99);
  }

  @Test
  void isSmallForATextByARoute() {
    costs(
        "GET /hello HTTP/1.1\r\nHost: localhost\r\nAccept: */*\r\n\r\n",
        new Routes().get("/hello", (request, response) -> response.text("hello, world\n")),
        99);
  }

  @Test
  void isSmallForABody() {
    costs(
        "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 4\r\n\r\nbody",
        ExchangeAllocationTest::post,
        300);
  }
}
