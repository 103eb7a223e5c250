package dev.weir.http.hpack;

import java.nio.ByteBuffer;

/**
 * Integers that start in the low bits of an octet which they share with something else (RFC 7541
 * 5.1; QPACK has the same, RFC 9204 4.1.1).
 */
public final class PrefixedInteger {
  /** What {@link #decode} answers when the bytes end before the integer does. */
  public static final long INCOMPLETE = -1;

  /** The greatest that is read: 62 bits are what RFC 9204 4.1.1 asks for. */
  public static final long GREATEST = (1L << 62) - 1;

  /** The place of the last seven bits that can be part of {@link #GREATEST}. */
  private static final int LAST_SHIFT = 56;

  private PrefixedInteger() {}

  /**
   * Reads an integer that starts at the position of {@code in}, and moves past it.
   *
   * @param in not empty
   * @param prefixBits how many bits of the first octet belong to it
   * @return the integer, or {@link #INCOMPLETE}, and then the position stays
   * @throws CompressionException if it is greater than {@link #GREATEST}, or padded with so many
   *     zeros that it could be (RFC 7541 5.1)
   */
  public static long decode(ByteBuffer in, int prefixBits) {
    int start = in.position();
    long mask = (1L << prefixBits) - 1;
    long value = in.get() & mask;
    if (value < mask) {
      return value;
    }
    for (int shift = 0; shift <= LAST_SHIFT; shift += 7) {
      if (!in.hasRemaining()) {
        in.position(start);
        return INCOMPLETE;
      }
      byte octet = in.get();
      value += (octet & 0x7fL) << shift;
      if (value < 0 || value > GREATEST) {
        break;
      }
      if (octet >= 0) {
        return value;
      }
    }
    throw new CompressionException("RFC 7541 5.1", "an integer of more than 62 bits");
  }

  /** How many octets the integer takes. */
  public static int length(int prefixBits, long value) {
    long mask = (1L << prefixBits) - 1;
    if (value < mask) {
      return 1;
    }
    int length = 2;
    for (long rest = value - mask; rest > 0x7f; rest >>>= 7) {
      length++;
    }
    return length;
  }

  /**
   * Writes an integer at the position of {@code out}, which has {@link #length} octets of room.
   *
   * @param pattern the other bits of the first octet
   * @param value not negative
   */
  public static void encode(ByteBuffer out, int pattern, int prefixBits, long value) {
    long mask = (1L << prefixBits) - 1;
    if (value < mask) {
      out.put((byte) (pattern | value));
      return;
    }
    out.put((byte) (pattern | mask));
    long rest = value - mask;
    for (; rest > 0x7f; rest >>>= 7) {
      out.put((byte) (rest | 0x80));
    }
    out.put((byte) rest);
  }
}
