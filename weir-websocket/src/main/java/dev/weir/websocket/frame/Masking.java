package dev.weir.websocket.frame;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Masking (RFC 6455 5.3): octet i is XORed with octet i mod 4 of the key, here eight at a time.
 *
 * <p>A key is an int whose most significant byte is the first octet, as it reads on the wire. Works
 * alike on heap and direct buffers, at any alignment; positions and limits stay untouched.
 */
final class Masking {

  private static final VarHandle LONG =
      MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.nativeOrder());

  private Masking() {}

  /**
   * Masks or unmasks in place.
   *
   * @param key the key whose first octet belongs to the octet at {@code from}
   * @return all resulting octets ORed together into the eight lanes of a long, so that the caller
   *     learns for free whether any had its top bit set
   */
  static long apply(ByteBuffer buffer, int from, int to, int key) {
    long key8 = eightTimes(key);
    long seen = 0;
    int i = from;
    for (int last = to - Long.BYTES; i <= last; i += Long.BYTES) {
      long word = (long) LONG.get(buffer, i) ^ key8;
      LONG.set(buffer, i, word);
      seen |= word;
    }
    for (int shift = 24; i < to; i++, shift -= Byte.SIZE) {
      byte octet = (byte) (buffer.get(i) ^ (key >>> shift));
      buffer.put(i, octet);
      seen |= octet;
    }
    return seen;
  }

  /** Copies {@code length} octets from {@code source} to {@code target}, masking on the way. */
  static void copy(ByteBuffer source, int from, ByteBuffer target, int to, int length, int key) {
    long key8 = eightTimes(key);
    int i = 0;
    for (int last = length - Long.BYTES; i <= last; i += Long.BYTES) {
      LONG.set(target, to + i, (long) LONG.get(source, from + i) ^ key8);
    }
    for (int shift = 24; i < length; i++, shift -= Byte.SIZE) {
      target.put(to + i, (byte) (source.get(from + i) ^ (key >>> shift)));
    }
  }

  /** Turns {@code key} so that it starts at the octet {@code offset} places further on. */
  static int advance(int key, long offset) {
    return Integer.rotateLeft(key, (int) (offset & 3) * Byte.SIZE);
  }

  private static long eightTimes(int key) {
    long wire = (long) key << Integer.SIZE | (key & 0xFFFF_FFFFL);
    return ByteOrder.nativeOrder() == ByteOrder.BIG_ENDIAN ? wire : Long.reverseBytes(wire);
  }
}
