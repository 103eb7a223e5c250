package dev.weir.bench.micro;

import dev.weir.http.Headers;
import dev.weir.http.HttpLimits;
import dev.weir.http.Status;
import dev.weir.http.h1.BodyFraming;
import dev.weir.http.h1.Persistence;
import dev.weir.http.h1.RequestHead;
import dev.weir.http.h1.RequestParser;
import dev.weir.http.h1.ResponseEncoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The heads of HTTP/1.1: requests read from the buffer that a loop reads into, responses written.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class Http1ParseBenchmark {

  private static final String LEAST = "GET / HTTP/1.1\r\nHost: 127.0.0.1:8080\r\n\r\n";

  private static final String BROWSER =
      """
      GET /a/path?x=1 HTTP/1.1\r
      Host: www.example.org\r
      User-Agent: Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0\r
      Accept: text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8\r
      Accept-Language: en-US,en;q=0.5\r
      Accept-Encoding: gzip, deflate, br, zstd\r
      Referer: https://www.example.org/start\r
      Connection: keep-alive\r
      Cookie: session=0123456789abcdef0123456789abcdef; theme=dark\r
      Upgrade-Insecure-Requests: 1\r
      Sec-Fetch-Dest: document\r
      Sec-Fetch-Mode: navigate\r
      Sec-Fetch-Site: same-origin\r
      Sec-Fetch-User: ?1\r
      Priority: u=0, i\r
      \r
      """;

  /** What kind of client sends the request. */
  public enum Client {
    /** One that sends the fields that it must. */
    LEAST,
    /** One with fifteen fields. */
    BROWSER
  }

  /** Who sends the request. */
  @Param private Client client = Client.LEAST;

  private final RequestParser parser = new RequestParser(HttpLimits.DEFAULTS);
  private final RequestHead head = new RequestHead();
  private final ResponseEncoder encoder = new ResponseEncoder();
  private final Headers fields = Headers.of("Content-Type", "text/plain");
  private final ByteBuffer out = ByteBuffer.allocateDirect(1024);
  private ByteBuffer whole = ByteBuffer.allocate(0);
  private ByteBuffer cut = ByteBuffer.allocate(0);

  /** For JMH. */
  public Http1ParseBenchmark() {}

  /** The request as it lies there. */
  @Setup
  public void send() {
    byte[] bytes = (client == Client.LEAST ? LEAST : BROWSER).getBytes(StandardCharsets.ISO_8859_1);
    whole = ByteBuffer.allocateDirect(64 * 1024).put(bytes).flip();
    cut = whole.duplicate().limit(bytes.length - 1);
  }

  /** A head that has come as a whole, and its path, as a router asks for it. */
  @Benchmark
  public int parse() {
    if (!parser.parse(whole.position(0), head)) {
      throw new IllegalStateException("a head that is whole was not read");
    }
    return head.path().length();
  }

  /** A head whose last byte comes alone. */
  @Benchmark
  public boolean parseInTwo() {
    return parser.parse(cut.position(0), head) || parser.parse(whole.position(0), head);
  }

  /** The head of a response with one field besides Date and Content-Length. */
  @Benchmark
  public boolean encode() {
    return encoder.encode(
        out.clear(), Status.OK, fields, BodyFraming.LENGTH, 13, Persistence.IMPLIED, 0);
  }
}
