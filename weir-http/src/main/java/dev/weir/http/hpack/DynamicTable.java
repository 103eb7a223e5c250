package dev.weir.http.hpack;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A dynamic table (RFC 7541 2.3.2 and 4): a ring whose storage grows with its entries, so that a
 * table which is not used takes next to nothing. Indices count from 1, the newest entry.
 *
 * <p>Each entry has a tag, one number for whoever owns the table.
 */
final class DynamicTable {
  /** What each entry counts beside its octets (RFC 7541 4.1). */
  static final int ENTRY_OVERHEAD = 32;

  private static final int FIRST_CAPACITY = 8;
  private static final @Nullable LineName[] NO_NAMES = {};
  private static final @Nullable String[] NO_VALUES = {};
  private static final int[] NO_TAGS = {};

  private @Nullable LineName[] names = NO_NAMES;
  private @Nullable String[] values = NO_VALUES;
  private int[] tags = NO_TAGS;

  /** Where the next entry goes. */
  private int next;

  private int count;
  private int size;
  private int maxSize;

  DynamicTable(int maxSize) {
    this.maxSize = maxSize;
  }

  /** The size of an entry (RFC 7541 4.1). */
  static int entrySize(int nameLength, int valueLength) {
    return nameLength + valueLength + ENTRY_OVERHEAD;
  }

  int count() {
    return count;
  }

  /** The sum of the sizes of the entries. */
  int size() {
    return size;
  }

  int maxSize() {
    return maxSize;
  }

  /** Changes the maximum size, and evicts what is too much for it (RFC 7541 4.3). */
  void maxSize(int bytes) {
    maxSize = bytes;
    evictDownTo(bytes);
  }

  LineName name(int index) {
    return present(names[slot(index)]);
  }

  String value(int index) {
    return present(values[slot(index)]);
  }

  int tag(int index) {
    return tags[slot(index)];
  }

  /** The index of the newest entry with that tag, name and value, or 0. */
  int find(int tag, String name, String value) {
    for (int index = 1; index <= count; index++) {
      if (tag(index) == tag && value(index).equals(value) && name(index).text().equals(name)) {
        return index;
      }
    }
    return 0;
  }

  /** The index of the newest entry with that name, or 0. */
  int find(String name) {
    for (int index = 1; index <= count; index++) {
      if (name(index).text().equals(name)) {
        return index;
      }
    }
    return 0;
  }

  /**
   * Adds an entry, for which older ones make room; if it is too large for the table as a whole,
   * that is then empty (RFC 7541 4.4).
   */
  void add(LineName name, String value, int tag) {
    int entrySize = entrySize(name.text().length(), value.length());
    if (entrySize > maxSize) {
      clear();
      return;
    }
    evictDownTo(maxSize - entrySize);
    if (count == names.length) {
      grow();
    }
    names[next] = name;
    values[next] = value;
    tags[next] = tag;
    next = (next + 1) & (names.length - 1);
    count++;
    size += entrySize;
  }

  /** Evicts all entries, and gives their storage back. */
  void clear() {
    names = NO_NAMES;
    values = NO_VALUES;
    tags = NO_TAGS;
    next = 0;
    count = 0;
    size = 0;
  }

  private void evictDownTo(int bytes) {
    if (bytes == 0) {
      clear();
    }
    while (size > bytes) {
      int oldest = slot(count);
      size -= entrySize(present(names[oldest]).text().length(), present(values[oldest]).length());
      names[oldest] = null;
      values[oldest] = null;
      count--;
    }
  }

  /** The capacity is a power of two. The ring is full, so that its oldest entry is at next. */
  private void grow() {
    int capacity = Math.max(FIRST_CAPACITY, count << 1);
    var oldNames = names;
    var oldValues = values;
    var oldTags = tags;
    int tail = count - next;
    names = Arrays.copyOfRange(oldNames, next, next + capacity);
    values = Arrays.copyOfRange(oldValues, next, next + capacity);
    tags = Arrays.copyOfRange(oldTags, next, next + capacity);
    System.arraycopy(oldNames, 0, names, tail, next);
    System.arraycopy(oldValues, 0, values, tail, next);
    System.arraycopy(oldTags, 0, tags, tail, next);
    next = count;
  }

  private int slot(int index) {
    return (next - index) & (names.length - 1);
  }

  private static <T> T present(@Nullable T part) {
    if (part == null) {
      throw new IndexOutOfBoundsException("no entry has that index");
    }
    return part;
  }
}
