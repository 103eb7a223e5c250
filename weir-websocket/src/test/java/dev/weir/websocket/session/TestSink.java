package dev.weir.websocket.session;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;

/** An outgoing buffer that holds so many bytes and no more, until the test drains it. */
final class TestSink implements FrameSink {

  private final ByteArrayOutputStream left = new ByteArrayOutputStream();
  private ByteBuffer buffer;

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

  @Override
  public void commit() {}

  /** Sends off what was written. */
  void drain() {
    buffer.flip();
    while (buffer.hasRemaining()) {
      left.write(buffer.get());
    }
    buffer.clear();
  }

  void resize(int capacity) {
    drain();
    buffer = ByteBuffer.allocate(capacity);
  }

  /** Returns all bytes that left so far. */
  byte[] bytes() {
    drain();
    return left.toByteArray();
  }
}
