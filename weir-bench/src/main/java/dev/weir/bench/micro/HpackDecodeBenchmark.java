package dev.weir.bench.micro;

import dev.weir.bench.micro.HpackLines.Line;
import dev.weir.http.fields.RecentStrings;
import dev.weir.http.hpack.HpackDecoder;
import dev.weir.http.hpack.HpackEncoder;
import dev.weir.http.hpack.LineName;
import dev.weir.http.hpack.Lines;
import dev.weir.http.hpack.StringLiterals;
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

/** Reading the requests of a browser: the first of a connection, and those that follow. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class HpackDecodeBenchmark {

  private static final int MOST = 16 << 10;
  private static final int PATHS = 1000;

  private final StringLiterals literals = new StringLiterals(new RecentStrings());
  private final HpackDecoder decoder = new HpackDecoder(literals);
  private final Counting lines = new Counting();
  private final ByteBuffer first;
  private final ByteBuffer again;
  private final ByteBuffer[] others = new ByteBuffer[PATHS];
  private int next;

  /** Counts what it is given. */
  private static final class Counting implements Lines {
    private int count;

    @Override
    public void line(LineName name, String value, boolean wellFormed, boolean neverIndexed) {
      count += wellFormed ? value.length() : 1;
    }
  }

  /** For JMH. */
  public HpackDecodeBenchmark() {
    var encoder = new HpackEncoder();
    var root = new Line(":path", "/");
    first = HpackLines.block(encoder, HpackLines.REQUEST, root);
    var second = HpackLines.block(encoder, HpackLines.REQUEST, root);
    again = HpackLines.block(encoder, HpackLines.REQUEST, root);
    for (int i = 0; i < PATHS; i++) {
      var path = new Line(":path", "/articles/" + i * 7919 + "/comments?page=" + i);
      others[i] = HpackLines.block(encoder, HpackLines.REQUEST, path);
    }
    decoder.decode(first.duplicate(), MOST, lines);
    decoder.decode(second, MOST, lines);
  }

  /** The first request of a connection: all is written out, by Huffman's code. */
  @Benchmark
  public int first() {
    new HpackDecoder(literals).decode(first.rewind(), MOST, lines);
    return lines.count;
  }

  /** The same request again: an index a line. */
  @Benchmark
  public int again() {
    decoder.decode(again.rewind(), MOST, lines);
    return lines.count;
  }

  /** Another path, which is written out. */
  @Benchmark
  public int otherPath() {
    next = next + 1 == PATHS ? 0 : next + 1;
    decoder.decode(others[next].rewind(), MOST, lines);
    return lines.count;
  }
}
