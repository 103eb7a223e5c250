package dev.weir.http.h2;

import java.nio.ByteBuffer;

/**
 * Bytes that have come and were not taken, in one piece, however small the frames were that brought
 * them. Whoever uses it bounds it, by a window.
 */
final class KeptBytes {
  private static final int LEAST = 256;

  /** What is kept stands between position and limit. */
  private ByteBuffer bytes;

  KeptBytes(ByteBuffer first) {
    bytes = ByteBuffer.allocate(Math.max(LEAST, first.remaining())).limit(0);
    append(first);
  }

  /** What is kept, to be taken from. */
  ByteBuffer view() {
    return bytes;
  }

  /** Takes all of {@code more} behind what is kept. */
  void append(ByteBuffer more) {
    int count = more.remaining();
    if (bytes.capacity() - bytes.limit() < count) {
      int needed = bytes.remaining() + count;
      var room =
          needed * 2L > bytes.capacity() ? ByteBuffer.allocate(needed * 2) : bytes.duplicate();
      room.clear();
      bytes = room.put(bytes).flip();
    }
    int end = bytes.limit();
    bytes.limit(end + count).put(end, more, more.position(), count);
    more.position(more.limit());
  }
}
