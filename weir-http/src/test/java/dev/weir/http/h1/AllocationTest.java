package dev.weir.http.h1;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.weir.http.HeaderName;
import dev.weir.http.Headers;
import dev.weir.http.HttpLimits;
import dev.weir.http.Status;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

/** What a request on a connection that is kept alive costs in heap. */
class AllocationTest {
  private static final int REQUESTS = 20_000;

  private static long bytesPerRequest(Runnable request) {
    var thread = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    for (int i = 0; i < REQUESTS; i++) {
      request.run();
    }
    long before = thread.getCurrentThreadAllocatedBytes();
    for (int i = 0; i < REQUESTS; i++) {
      request.run();
    }
    return (thread.getCurrentThreadAllocatedBytes() - before) / REQUESTS;
  }

  /** Read, asked for what a router asks, answered: fewer than 100 bytes; in truth next to none. */
  @Test
  void isNextToNothing() {
    var in =
        Wire.direct(
            """
            GET /hello?x=1 HTTP/1.1\r
            Host: localhost:8080\r
            User-Agent: test\r
            Accept: */*\r
            X-Own: y\r
            \r
            """);
    int start = in.position();
    var out = ByteBuffer.allocateDirect(1024);
    var parser = new RequestParser(HttpLimits.DEFAULTS);
    var head = new RequestHead();
    var encoder = new ResponseEncoder();
    var fields = Headers.of("Content-Type", "text/plain");
    var answer = Wire.heap("hello, world\n");
    long bytes =
        bytesPerRequest(() -> {
          parser.parse(in.position(start), head);
          int asked =
              head.path().length()
                  + head.authority().length()
                  + (head.headers().contains(HeaderName.COOKIE) ? 1 : 0);
          encoder.encode(
              out.clear(),
              asked > 0 ? Status.OK : Status.NOT_FOUND,
              fields,
              BodyFraming.LENGTH,
              answer.remaining(),
              Persistence.of(head.version(), head.keepAlive()),
              0);
        });
    assertThat(bytes).isLessThan(100);
  }

  /** A head that comes in two pieces, wherever it is cut, is no fault, and costs no more. */
  @Test
  void isNextToNothingForAHeadInPieces() {
    var text = "GET /hello HTTP/1.1\r\nHost: localhost\r\nX-Own: y\r\nAccept: */*\r\n\r\n";
    var in = Wire.direct(text);
    int start = in.position();
    var parser = new RequestParser(HttpLimits.DEFAULTS);
    var head = new RequestHead();
    for (int cut = start + 1; cut < start + text.length(); cut++) {
      var part = in.duplicate().limit(cut);
      long bytes =
          bytesPerRequest(() -> {
            if (parser.parse(part.position(start), head)) {
              throw new AssertionError("a head that is not whole was read");
            }
            parser.parse(in.position(start), head);
          });
      assertThat(bytes).as(text.substring(0, cut - start)).isLessThan(100);
    }
  }

  @Test
  void isNothingForChunks() {
    var data = Wire.direct("hello");
    int start = data.position();
    var out = ByteBuffer.allocateDirect(1024);
    assertThat(bytesPerRequest(() -> ChunkedEncoder.encode(data.position(start), out.clear())))
        .isLessThan(10);
  }
}
