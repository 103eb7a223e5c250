package dev.weir.loop;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * The scratch buffers of one loop. A carrier takes one while bytes flow and gives it back when they
 * have left; nothing that is idle holds one. Each is direct, big-endian and {@value #SIZE} bytes
 * long, room enough for four TLS records of full length (RFC 8446 5.2) in one call. Loop thread.
 */
public final class Buffers {

  /** Bytes in a buffer. */
  public static final int SIZE = 68 * 1024;

  /** More than these are not kept when they come back. */
  private static final int KEPT = 32;

  private final ByteBuffer[] free = new ByteBuffer[KEPT];
  private int count;
  private int lent;

  Buffers() {}

  /** An empty buffer, which is the caller's until {@link #give}. */
  public ByteBuffer take() {
    lent++;
    if (count == 0) {
      return ByteBuffer.allocateDirect(SIZE);
    }
    ByteBuffer buffer = free[--count];
    return buffer.clear().order(ByteOrder.BIG_ENDIAN);
  }

  /** Takes a buffer of {@link #take} back. The caller must not touch it again. */
  public void give(ByteBuffer buffer) {
    lent--;
    if (count < KEPT) {
      free[count++] = buffer;
    }
  }

  /** How many buffers are out; 0 when the loop is idle. */
  public int lent() {
    return lent;
  }

  void clear() {
    count = 0;
    Arrays.fill(free, null);
  }
}
