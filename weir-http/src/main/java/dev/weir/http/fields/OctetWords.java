package dev.weir.http.fields;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Eight octets of an array at once, the first the lowest of a {@code long}. A search answers a word
 * in which the lowest bit that is set belongs to the first octet found; bits above it may lie.
 */
public final class OctetWords {
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private static final long ONES = 0x0101010101010101L;
  private static final long HIGH_BITS = 0x8080808080808080L;

  /** What turns capital letters, and some other octets, into small ones. */
  static final long CASE_BITS = 0x2020202020202020L;

  private OctetWords() {}

  /** The eight octets from {@code at} on, all of which must be there. */
  public static long get(byte[] bytes, int at) {
    return (long) LONG.get(bytes, at);
  }

  /** Up to seven octets from {@code at} on, with zeros above. */
  static long get(byte[] bytes, int at, int count) {
    if (at + Long.BYTES <= bytes.length) {
      return get(bytes, at) & ((1L << (count << 3)) - 1);
    }
    long word = 0;
    for (int i = count - 1; i >= 0; i--) {
      word = word << 8 | (bytes[at + i] & 0xff);
    }
    return word;
  }

  /** The octets of a text of at most eight, as {@link #get(byte[], int)} answers them. */
  public static long of(String text) {
    long word = 0;
    for (int i = text.length() - 1; i >= 0; i--) {
      word = word << 8 | text.charAt(i);
    }
    return word;
  }

  /** Eight times the same octet, for {@link #search}. */
  public static long eight(char octet) {
    return octet * ONES;
  }

  /** Where the octet is that {@code wanted} has eight times. */
  public static long search(long word, long wanted) {
    long zeroAt = word ^ wanted;
    return (zeroAt - ONES) & ~zeroAt & HIGH_BITS;
  }

  /** Where an octet is that is below {@code least}, given eight times, which is at most 0x80. */
  public static long searchBelow(long word, long least) {
    return (word - least) & ~word & HIGH_BITS;
  }

  /** The index in its word of the first octet that a search has found. */
  public static int first(long found) {
    return Long.numberOfTrailingZeros(found) >> 3;
  }

  /**
   * Whether the octets are those of {@code lower}, without regard to the case of letters. A small
   * letter, and nothing else that names are made of, has the bit that, one lower, tells its case.
   */
  static boolean isSameWord(long word, long lower) {
    return (word | ((lower >>> 1) & CASE_BITS)) == lower;
  }
}
