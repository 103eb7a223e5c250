package dev.weir.http.exchange;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * A body that is wanted as a whole, up to a limit; its memory follows what has come, not what was
 * announced. For one thread.
 */
public final class CollectedBytes {

  private static final int LEAST_GROWN = 1024;

  private final int limit;
  private byte[] bytes = {};
  private int size;

  /** Nothing yet, and never more than {@code limit} bytes. */
  public CollectedBytes(int limit) {
    this.limit = limit;
  }

  /** The most there may be. */
  public int limit() {
    return limit;
  }

  /**
   * Takes all bytes of the view.
   *
   * @return false if that would be more than the limit; then nothing was taken
   */
  public boolean add(ByteBuffer data) {
    int count = data.remaining();
    if (count > limit - size) {
      return false;
    }
    if (bytes.length - size < count) {
      bytes = Arrays.copyOf(bytes, size == 0 ? count : grown(size + count));
    }
    data.get(bytes, size, count);
    size += count;
    return true;
  }

  /** What comes in one piece has just its room; what comes in more may come in many more. */
  private int grown(int needed) {
    return Math.max(LEAST_GROWN, Math.max(needed, bytes.length * 2));
  }

  /** Forgets what there is. */
  public void clear() {
    bytes = new byte[0];
    size = 0;
  }

  /** All of it. The array is the caller's; nothing may be added any more. */
  public byte[] toArray() {
    return size == bytes.length ? bytes : Arrays.copyOf(bytes, size);
  }
}
