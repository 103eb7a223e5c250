package dev.weir.names;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A hash table of names that is asked with a part of a string in any case, so that looking up a
 * Host field makes no string. Immutable.
 *
 * <p>Its hash runs from the last character to the first: on the way through a name the hashes of
 * all its parent domains come by.
 */
final class NameTable<V> {
  private final @Nullable String[] names;
  private final @Nullable Object[] values;
  private final int mask;

  NameTable(Map<String, V> map) {
    int slots = Integer.highestOneBit(Math.max(1, map.size())) * 4;
    names = new @Nullable String[slots];
    values = new @Nullable Object[slots];
    mask = slots - 1;
    map.forEach(this::put);
  }

  private void put(String name, V value) {
    int slot = slot(hash(name));
    while (names[slot] != null) {
      slot = (slot + 1) & mask;
    }
    names[slot] = name;
    values[slot] = value;
  }

  private static int hash(String name) {
    int hash = 0;
    for (int i = name.length() - 1; i >= 0; i--) {
      hash = extend(hash, name.charAt(i));
    }
    return hash;
  }

  /** The hash of a name from that of what follows its first character. */
  static int extend(int hash, char first) {
    return 31 * hash + lower(first);
  }

  /** What {@code name} has. */
  @Nullable V get(String name) {
    return get(hash(name), name, 0, name.length());
  }

  /** What the name in {@code text} from {@code start} to {@code end} has, given its hash. */
  @SuppressWarnings("unchecked") // only put writes values
  @Nullable V get(int hash, String text, int start, int end) {
    int slot = slot(hash);
    for (String name = names[slot]; name != null; name = names[slot]) {
      if (equal(name, text, start, end)) {
        return (V) values[slot];
      }
      slot = (slot + 1) & mask;
    }
    return null;
  }

  private int slot(int hash) {
    return (hash ^ hash >>> 15) & mask;
  }

  private static boolean equal(String name, String text, int start, int end) {
    if (name.length() != end - start) {
      return false;
    }
    for (int i = 0; i < name.length(); i++) {
      if (name.charAt(i) != lower(text.charAt(start + i))) {
        return false;
      }
    }
    return true;
  }

  private static char lower(char c) {
    return c >= 'A' && c <= 'Z' ? (char) (c | 0x20) : c;
  }
}
