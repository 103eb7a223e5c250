package dev.weir.bench.micro;

import dev.weir.bench.micro.HpackLines.Line;
import dev.weir.http.hpack.HpackEncoder;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Writing the responses of a server: the first of a connection, and those that follow. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class HpackEncodeBenchmark {

  private static final int ROOM = 1024;
  private static final int LENGTHS = 1000;
  private static final Line LENGTH = new Line("content-length", "13");

  private final HpackEncoder encoder = new HpackEncoder();
  private final ByteBuffer out = ByteBuffer.allocateDirect(ROOM);
  private final Line[] lengths = new Line[LENGTHS];
  private int next;

  /** For JMH. */
  public HpackEncodeBenchmark() {
    for (int i = 0; i < LENGTHS; i++) {
      lengths[i] = new Line("content-length", Integer.toString(1000 + i * 7919));
    }
    HpackLines.encode(encoder, out, HpackLines.RESPONSE, LENGTH);
    HpackLines.encode(encoder, out, HpackLines.RESPONSE, LENGTH);
  }

  /** The first response of a connection: all is written out, by Huffman's code. */
  @Benchmark
  public int first() {
    out.clear();
    HpackLines.encode(new HpackEncoder(), out, HpackLines.RESPONSE, LENGTH);
    return out.position();
  }

  /** The same response again: an index a line. */
  @Benchmark
  public int again() {
    out.clear();
    HpackLines.encode(encoder, out, HpackLines.RESPONSE, LENGTH);
    return out.position();
  }

  /** Another length, which is written out. */
  @Benchmark
  public int otherLength() {
    out.clear();
    next = next + 1 == LENGTHS ? 0 : next + 1;
    HpackLines.encode(encoder, out, HpackLines.RESPONSE, lengths[next]);
    return out.position();
  }
}
