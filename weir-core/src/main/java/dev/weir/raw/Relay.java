package dev.weir.raw;

import dev.weir.stream.ByteStream;
import dev.weir.stream.StreamHandler;
import dev.weir.stream.WeirException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Joins two streams: what comes from one goes to the other, no faster than that takes it. The end
 * of one direction ends it on the other side, and a stream that breaks breaks the other. Both
 * streams live on one loop; loop thread.
 */
public final class Relay implements StreamHandler {

  private final ByteStream other;

  private Relay(ByteStream other) {
    this.other = other;
  }

  /** Joins two open streams, whose handlers it replaces. Bytes that they left are passed on. */
  public static void join(ByteStream one, ByteStream two) {
    if (!one.loop().equals(two.loop())) {
      throw new IllegalArgumentException("the streams of a relay live on one loop");
    }
    one.handler(new Relay(two));
    two.handler(new Relay(one));
  }

  @Override
  public void received(ByteStream stream, ByteBuffer bytes) {
    other.write(bytes);
    if (bytes.hasRemaining()) {
      stream.pause();
      other.wantWritable();
    }
  }

  @Override
  public void writable(ByteStream stream) {
    other.resume();
  }

  @Override
  public void ended(ByteStream stream) {
    other.end();
  }

  @Override
  public void closed(ByteStream stream, @Nullable WeirException problem) {
    if (problem == null) {
      other.close();
    } else {
      other.reset(problem.code());
    }
  }
}
