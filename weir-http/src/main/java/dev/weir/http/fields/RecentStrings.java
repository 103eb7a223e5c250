package dev.weir.http.fields;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Remembers the Strings made of short runs of bytes, so that a target, host or value that comes
 * with every request is made once. Each run has one slot, and the latest takes it: what a hostile
 * peer can do with it is make it useless. For one thread.
 */
public final class RecentStrings {
  private static final int SLOTS = 64;
  private static final int LONGEST = 256;

  private final @Nullable String[] strings = new @Nullable String[SLOTS];
  private final byte[][] bytes = new byte[SLOTS][];

  /** The bytes {@code from} to {@code to} as a String, one character a byte. */
  public String get(byte[] source, int from, int to) {
    int length = to - from;
    if (length == 0) {
      return "";
    }
    if (length > LONGEST) {
      return new String(source, from, length, StandardCharsets.ISO_8859_1);
    }
    int slot = slot(source, from, to);
    var string = strings[slot];
    if (string != null && Arrays.equals(bytes[slot], 0, bytes[slot].length, source, from, to)) {
      return string;
    }
    string = new String(source, from, length, StandardCharsets.ISO_8859_1);
    strings[slot] = string;
    bytes[slot] = Arrays.copyOfRange(source, from, to);
    return string;
  }

  /** Targets differ at their end, values at their start: both count, and the length. */
  private static int slot(byte[] source, int from, int to) {
    int hash = to - from;
    int sampled = Math.min(hash, 8);
    for (int i = 0; i < sampled; i++) {
      hash = (hash * 31 + source[from + i]) * 31 + source[to - 1 - i];
    }
    return (hash * 0x9e3779b1) >>> 26;
  }
}
