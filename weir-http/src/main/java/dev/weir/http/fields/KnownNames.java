package dev.weir.http.fields;

import dev.weir.http.HeaderName;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Finds the constant for a field name in any case, without making a String of it: a hash of the
 * length and three characters leads to a slot, and nearly always to the only one to compare with.
 */
public final class KnownNames {
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private static final long CASE_BITS = 0x2020202020202020L;
  private static final int SLOTS = 1024;
  private static final @Nullable HeaderName[] NAMES = new @Nullable HeaderName[SLOTS];
  private static final byte[][] LOWER = new byte[SLOTS][];

  static {
    for (var name : HeaderName.WELL_KNOWN) {
      var lower = name.lowerCase().getBytes(StandardCharsets.ISO_8859_1);
      int length = lower.length;
      int slot = slot(length, lower[0], lower[length >> 1], lower[length - 1]);
      while (NAMES[slot] != null) {
        slot = (slot + 1) & (SLOTS - 1);
      }
      NAMES[slot] = name;
      LOWER[slot] = lower;
    }
  }

  private KnownNames() {}

  /**
   * The well-known name in {@code bytes} from {@code from} to {@code to}, or null. The bytes must
   * be a token (RFC 9110 5.6.2): no tchar but a capital letter turns into a letter, digit or hyphen
   * by setting its bit 5, which is how case is ignored here.
   */
  public static @Nullable HeaderName find(byte[] bytes, int from, int to) {
    int length = to - from;
    int slot = slot(length, bytes[from], bytes[from + (length >> 1)], bytes[to - 1]);
    for (; NAMES[slot] != null; slot = (slot + 1) & (SLOTS - 1)) {
      if (same(LOWER[slot], bytes, from, length)) {
        return NAMES[slot];
      }
    }
    return null;
  }

  /** The well-known name that the text is, in any case, or null. */
  public static @Nullable HeaderName find(String name) {
    if (!Octets.isToken(name)) {
      return null;
    }
    return find(name.getBytes(StandardCharsets.ISO_8859_1), 0, name.length());
  }

  private static int slot(int length, int first, int middle, int last) {
    int hash = length * 0x9e3779b1;
    hash = (hash ^ (first | 0x20)) * 0x85ebca6b;
    hash = (hash ^ (middle | 0x20)) * 0xc2b2ae35;
    hash = (hash ^ (last | 0x20)) * 0x27d4eb2f;
    return hash >>> 22;
  }

  private static boolean same(byte[] lower, byte[] bytes, int from, int length) {
    if (lower.length != length) {
      return false;
    }
    if (length >= Long.BYTES) {
      int last = length - Long.BYTES;
      for (int i = 0; i < last; i += Long.BYTES) {
        if ((long) LONG.get(lower, i) != ((long) LONG.get(bytes, from + i) | CASE_BITS)) {
          return false;
        }
      }
      return (long) LONG.get(lower, last) == ((long) LONG.get(bytes, from + last) | CASE_BITS);
    }
    for (int i = 0; i < length; i++) {
      if (lower[i] != (bytes[from + i] | 0x20)) {
        return false;
      }
    }
    return true;
  }
}
