package dev.weir.bench.micro;

import dev.weir.websocket.frame.Utf8Validator;
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

/** The validation of text, in the memory that a loop reads into. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class Utf8Benchmark {

  private final Utf8Validator validator = new Utf8Validator();

  /** Which characters: of one byte, of mostly one, of two, of three, of four. */
  @Param({"plain words ", "où est-ce ? ", "ελληνικά", "漢字かな", "🙂🙃"})
  private String characters = "";

  /** How many bytes there are, or a few more. */
  @Param({"64", "16384"})
  private int size;

  private ByteBuffer text = ByteBuffer.allocate(0);

  /** For JMH. */
  public Utf8Benchmark() {}

  /** Repeats the characters. */
  @Setup
  public void makeText() {
    int once = characters.getBytes(StandardCharsets.UTF_8).length;
    byte[] bytes = characters.repeat(Math.ceilDiv(size, once)).getBytes(StandardCharsets.UTF_8);
    text = ByteBuffer.allocateDirect(bytes.length).put(bytes).flip();
  }

  /** A whole message. */
  @Benchmark
  public int validate() {
    validator.reset();
    return validator.wrongAt(text);
  }
}
