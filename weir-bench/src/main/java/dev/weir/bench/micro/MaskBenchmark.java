package dev.weir.bench.micro;

import dev.weir.websocket.frame.FrameEncoder;
import dev.weir.websocket.frame.FrameParser;
import dev.weir.websocket.frame.Opcode;
import java.nio.ByteBuffer;
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

/** Frames that are masked (RFC 6455 5.3), written and read in the memory that a loop lends. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class MaskBenchmark {

  private final FrameEncoder encoder = FrameEncoder.client(() -> 0x37FA213D);
  private final FrameParser parser = new FrameParser(true, false);

  /** The payload's bytes. */
  @Param({"64", "16384"})
  private int size;

  private ByteBuffer payload = ByteBuffer.allocate(0);
  private ByteBuffer out = ByteBuffer.allocate(0);
  private ByteBuffer frame = ByteBuffer.allocate(0);

  /** For JMH. */
  public MaskBenchmark() {}

  /** Makes a payload, and its frame. */
  @Setup
  public void makeFrame() {
    payload = ByteBuffer.allocateDirect(size);
    out = ByteBuffer.allocateDirect(size + FrameEncoder.MAX_HEADER);
    frame = ByteBuffer.allocateDirect(size + FrameEncoder.MAX_HEADER);
    encoder.encode(frame, true, false, Opcode.BINARY, payload, size);
    frame.flip();
  }

  /** Writes a frame: a copy and the mask. */
  @Benchmark
  public int write() {
    encoder.encode(out.clear(), true, false, Opcode.BINARY, payload.position(0), size);
    return out.position();
  }

  /** Reads a frame: its payload is unmasked, or masked again, in place. */
  @Benchmark
  public int read() {
    parser.header(frame.position(0));
    int plain = parser.unmask(frame);
    parser.consumed(plain);
    return plain;
  }
}
