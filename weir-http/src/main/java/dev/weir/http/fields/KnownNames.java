package dev.weir.http.fields;

import dev.weir.http.HeaderName;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Finds the constant for a field name in any case, without making a String of it: a hash of its
 * first and last eight octets leads to a slot, and nearly always to the only one to compare with.
 */
public final class KnownNames {
  private static final int SLOT_BITS = 11;
  private static final int SLOTS = 1 << SLOT_BITS;
  private static final @Nullable Entry[] TABLE = new @Nullable Entry[SLOTS];

  static {
    for (var name : HeaderName.WELL_KNOWN) {
      var entry = Entry.of(name);
      int slot = slot(entry.length, entry.first, entry.last);
      while (TABLE[slot] != null) {
        slot = (slot + 1) & (SLOTS - 1);
      }
      TABLE[slot] = entry;
    }
  }

  private KnownNames() {}

  /** The well-known name in {@code bytes} from {@code from} to {@code to}, or null. */
  public static @Nullable HeaderName find(byte[] bytes, int from, int to) {
    int length = to - from;
    long first = first(bytes, from, length);
    long last = last(bytes, from, length);
    int slot = slot(length, first, last);
    for (Entry entry; (entry = TABLE[slot]) != null; slot = (slot + 1) & (SLOTS - 1)) {
      if (entry.length == length
          && OctetWords.isSameWord(first, entry.first)
          && OctetWords.isSameWord(last, entry.last)
          && entry.isSameWithin(bytes, from)) {
        return entry.name;
      }
    }
    return null;
  }

  /** The well-known name that the text is, in any case, or null. */
  public static @Nullable HeaderName find(String name) {
    return find(name.getBytes(StandardCharsets.ISO_8859_1), 0, name.length());
  }

  /** The first eight octets, or as many as there are. */
  private static long first(byte[] bytes, int from, int length) {
    return length < Long.BYTES ? OctetWords.get(bytes, from, length) : OctetWords.get(bytes, from);
  }

  /** The last eight octets, or none if the first are all. */
  private static long last(byte[] bytes, int from, int length) {
    return length <= Long.BYTES ? 0 : OctetWords.get(bytes, from + length - Long.BYTES);
  }

  private static int slot(int length, long first, long last) {
    long words = (first | OctetWords.CASE_BITS) + Long.rotateLeft(last | OctetWords.CASE_BITS, 27);
    long hash = (words + length) * 0x9e3779b97f4a7c15L;
    return (int) (hash >>> (Long.SIZE - SLOT_BITS));
  }

  /** A name in lower case, with its first and last octets as words. */
  private record Entry(HeaderName name, byte[] lower, int length, long first, long last) {
    static Entry of(HeaderName name) {
      var lower = name.lowerCase().getBytes(StandardCharsets.ISO_8859_1);
      return new Entry(
          name,
          lower,
          lower.length,
          KnownNames.first(lower, 0, lower.length),
          KnownNames.last(lower, 0, lower.length));
    }

    /** Whether what is between the first and the last eight octets is the same. */
    boolean isSameWithin(byte[] bytes, int from) {
      int to = length - Long.BYTES;
      for (int i = Long.BYTES; i < to; i += Long.BYTES) {
        if (!OctetWords.isSameWord(OctetWords.get(bytes, from + i), OctetWords.get(lower, i))) {
          return false;
        }
      }
      return true;
    }
  }
}
