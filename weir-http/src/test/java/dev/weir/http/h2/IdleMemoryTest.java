package dev.weir.http.h2;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.weir.http.Headers;
import dev.weir.http.Http2Error;
import dev.weir.http.Http2Limits;
import dev.weir.http.Status;
import dev.weir.http.fields.RecentStrings;
import dev.weir.http.hpack.HpackEncoder;
import dev.weir.http.hpack.StringLiterals;
import dev.weir.stream.WeirException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

/** What a server's connection holds between requests, and what a request costs. */
class IdleMemoryTest {
  private static final int CONNECTIONS = 4000;
  private static final String[] REQUEST = {
    ":method: GET",
    ":scheme: https",
    ":path: /index.html?q=1",
    ":authority: www.example.com",
    "user-agent: Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko)",
    "accept: text/html,application/xhtml+xml",
    "accept-encoding: gzip, deflate, br",
    "accept-language: en-US,en;q=0.9",
    "cookie: session=0123456789abcdef0123456789abcdef"
  };

  /** A role that answers everything at once, and lends one buffer and one head to all. */
  private static final class Role implements Http2Events, Http2Output, Http2StreamHandler {
    final ByteBuffer out = ByteBuffer.allocate(64 << 10);
    final ByteBuffer body = ByteBuffer.allocate(13);
    final Http2Head head = new Http2Head(100);
    final Headers fields = Headers.of("Content-Type", "text/plain", "Server", "test");
    int answered;

    @Override
    public ByteBuffer reserve(int min) {
      return out.clear();
    }

    @Override
    public void wantWritable() {}

    @Override
    public void wantDelivery() {}

    @Override
    public Http2Head head(Http2Head.Kind kind) {
      return head;
    }

    @Override
    public void request(Http2Stream stream, Http2Head request) {
      stream.handler(this);
      stream.respond(Status.OK, fields, 13, "Sun, 06 Nov 1994 08:49:37 GMT", false);
      stream.write(body.clear(), true);
      answered++;
    }

    @Override
    public void received(ByteBuffer bytes) {}

    @Override
    public void ended(Headers trailers) {}

    @Override
    public void writable() {}

    @Override
    public void failed(WeirException why, boolean unprocessed) {}

    @Override
    public void streamError(Http2Error why) {
      throw why;
    }

    @Override
    public void drained() {}

    @Override
    public void failed(Http2Error why) {
      throw why;
    }
  }

  private final Role role = new Role();
  private final StringLiterals literals = new StringLiterals(new RecentStrings());

  private Http2Session session() {
    var session = Http2Session.ofServer(Http2Limits.DEFAULTS, 16 << 10, literals, role, role);
    session.start();
    return session;
  }

  private static byte[] recording() {
    var encoder = new HpackEncoder();
    var all = Frames.join(Frames.PREFACE, Frames.settings(3, 100), Frames.frame(4, 1, 0));
    for (int id = 1; id < 11; id += 2) {
      all = Frames.join(all, Frames.frame(1, 5, id, Frames.block(encoder, REQUEST)));
    }
    return all;
  }

  private static long used() {
    var memory = ManagementFactory.getMemoryMXBean();
    for (int i = 0; i < 3; i++) {
      System.gc();
    }
    return memory.getHeapMemoryUsage().getUsed();
  }

  /** All that belongs to HTTP/2, with what both compressors have learnt of five requests. */
  @Test
  void anIdleConnectionHoldsLittle() {
    var sessions = new Http2Session[CONNECTIONS];
    var in = ByteBuffer.wrap(recording());
    session().receive(in, 0);
    long before = used();
    for (int i = 0; i < CONNECTIONS; i++) {
      sessions[i] = session();
      sessions[i].receive(in.rewind(), 0);
    }
    long each = (used() - before) / CONNECTIONS;
    assertEquals((CONNECTIONS + 1) * 5, role.answered);
    assertEquals(0, sessions[CONNECTIONS - 1].streamCount());
    assertTrue(each < 2048, each + " bytes");
  }

  @Test
  void aRequestCostsLittle() {
    var session = session();
    session.receive(ByteBuffer.wrap(recording()), 0);
    session.receive(ByteBuffer.wrap(Frames.frame(8, 0, 0, Frames.ints(1 << 30))), 0);
    var encoder = new HpackEncoder();
    Frames.block(encoder, REQUEST);
    Frames.block(encoder, REQUEST);
    var frame = ByteBuffer.wrap(Frames.frame(1, 5, 0, Frames.block(encoder, REQUEST)));
    int id = 11;
    for (; id < 40_000; id += 2) {
      session.receive(frame.clear().putInt(5, id), 0);
    }
    var thread = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    int from = id;
    long before = thread.getCurrentThreadAllocatedBytes();
    for (; id < from + 40_000; id += 2) {
      session.receive(frame.clear().putInt(5, id), 0);
    }
    long each = (thread.getCurrentThreadAllocatedBytes() - before) / 20_000;
    assertEquals(0, session.streamCount());
    assertTrue(each < 220, each + " bytes");
  }
}
