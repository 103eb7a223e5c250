package dev.weir.websocket.session;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;

/** An outgoing buffer that holds so many bytes and no more, until the test drains it. */
final class TestSink implements FrameSink {

  private final ByteArrayOutputStream left = new ByteArrayOutputStream();
  private final ByteBuffer buffer;

  TestSink(int capacity, boolean direct) {
    buffer = direct ? ByteBuffer.allocateDirect(capacity) : ByteBuffer.allocate(capacity);
  }

  @Override
  public ByteBuffer lend(int needed, int wished) {
    if (needed > LEAST_ROOM || wished < needed) {
      throw new AssertionError("asked for " + needed + " and " + wished);
    }
    return buffer.remaining() < needed ? null : buffer;
  }

  /** Sends off what was written. */
  void drain() {
    buffer.flip();
    var bytes = new byte[buffer.remaining()];
    buffer.get(bytes).clear();
    left.writeBytes(bytes);
  }

  /** Returns all bytes that left so far. */
  byte[] bytes() {
    drain();
    return left.toByteArray();
  }

  /** Returns all bytes that left since the last time. */
  byte[] take() {
    byte[] bytes = bytes();
    left.reset();
    return bytes;
  }
}
