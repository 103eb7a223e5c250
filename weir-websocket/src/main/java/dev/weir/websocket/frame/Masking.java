package dev.weir.websocket.frame;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Masking (RFC 6455 5.3): octet i is XORed with octet i mod 4 of the key, here eight at a time.
 *
 * <p>A key is an int whose most significant byte is the first octet, as it reads on the wire. Works
 * alike on heap and direct buffers, at any alignment; positions and limits stay untouched. Each
 * kind of buffer has a loop of its own: one that meets both is compiled to a tenth of the speed.
 */
final class Masking {

  private static final VarHandle BUFFER =
      MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.nativeOrder());
  private static final VarHandle ARRAY =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());

  private Masking() {}

  /**
   * Masks or unmasks in place.
   *
   * @param key the key whose first octet belongs to the octet at {@code from}
   * @return all resulting octets ORed together into the eight lanes of a long, so that the caller
   *     learns for free whether any had its top bit set
   */
  static long apply(ByteBuffer buffer, int from, int to, int key) {
    if (buffer.hasArray()) {
      int offset = buffer.arrayOffset();
      return apply(buffer.array(), offset + from, offset + to, key);
    }
    long key8 = eightTimes(key);
    long seen = 0;
    int i = from;
    for (int last = to - Long.BYTES; i <= last; i += Long.BYTES) {
      long word = (long) BUFFER.get(buffer, i) ^ key8;
      BUFFER.set(buffer, i, word);
      seen |= word;
    }
    for (int shift = 24; i < to; i++, shift -= Byte.SIZE) {
      byte octet = (byte) (buffer.get(i) ^ (key >>> shift));
      buffer.put(i, octet);
      seen |= octet;
    }
    return seen;
  }

  private static long apply(byte[] array, int from, int to, int key) {
    long key8 = eightTimes(key);
    long seen = 0;
    int i = from;
    for (int last = to - Long.BYTES; i <= last; i += Long.BYTES) {
      long word = (long) ARRAY.get(array, i) ^ key8;
      ARRAY.set(array, i, word);
      seen |= word;
    }
    for (int shift = 24; i < to; i++, shift -= Byte.SIZE) {
      array[i] ^= (byte) (key >>> shift);
      seen |= array[i];
    }
    return seen;
  }

  /** Copies {@code length} octets from {@code source} to {@code target} and masks them there. */
  static void copy(ByteBuffer source, int from, ByteBuffer target, int to, int length, int key) {
    target.put(to, source, from, length);
    apply(target, to, to + length, key);
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
