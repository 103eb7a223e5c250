package dev.weir.http.fields;

import dev.weir.http.HeaderName;
import dev.weir.http.Headers;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The storage behind {@link Headers}: parallel arrays, and one copy of the bytes of a parsed
 * section in which its names and values lie. A name is resolved at once only if it is well known;
 * other names and all values become Strings when they are asked for.
 */
public final class FieldTable implements Headers {
  private static final byte[] NO_BYTES = {};
  private static final @Nullable HeaderName[] NO_NAMES = new @Nullable HeaderName[0];
  private static final @Nullable String[] NO_VALUES = new @Nullable String[0];
  private static final int[] NO_SPANS = {};
  private static final int FIRST_CAPACITY = 4;
  private static final int MOST_CHECKED = 8;
  private static final int LONGEST_CHECKED = 128;

  /** Storage grown beyond this by a large head is given back by {@link #clear}. */
  private static final int KEPT_BYTES = 4 << 10;

  private final @Nullable RecentStrings recent;
  private byte[] bytes = NO_BYTES;
  private @Nullable HeaderName[] names = NO_NAMES;
  private @Nullable String[] values = NO_VALUES;

  /** Four to a field: name from, name to, value from, value to; in {@link #bytes}. */
  private int[] spans = NO_SPANS;

  private int size;

  /**
   * By their lines, values that were found valid before: who fills storage that is used again often
   * fills it with the same.
   */
  private @Nullable String[] checked = NO_VALUES;

  private boolean isUsedAgain;

  /** A bit for each well-known name that was added, others in its place too: what is not here. */
  private long wellKnown;

  /** An empty table. */
  public FieldTable() {
    this(null);
  }

  /** An empty table that makes Strings through {@code recent}, if that is not null. */
  public FieldTable(@Nullable RecentStrings recent) {
    this.recent = recent;
  }

  /** Forgets all fields and the bytes they lay in; what is handed out stays valid. */
  public void clear() {
    Arrays.fill(names, 0, size, null);
    Arrays.fill(values, 0, size, null);
    size = 0;
    wellKnown = 0;
    isUsedAgain = true;
    if (bytes.length > KEPT_BYTES) {
      bytes = NO_BYTES;
    }
  }

  /**
   * Copies {@code length} bytes from the position of {@code in}, which stays; spans refer to them.
   * Behind them stand eight zeros, so that whoever looks for their end finds it.
   *
   * @return the array that now starts with them, owned by this table
   */
  public byte[] load(ByteBuffer in, int length) {
    clear();
    int needed = length + Long.BYTES;
    if (bytes.length < needed) {
      bytes = new byte[Math.max(512, Integer.highestOneBit(needed - 1) << 1)];
    }
    in.get(in.position(), bytes, 0, length);
    Arrays.fill(bytes, length, needed, (byte) 0);
    return bytes;
  }

  /** Adds a field whose name and value lie in the loaded bytes and were found valid. */
  public void addSpan(
      @Nullable HeaderName known, int nameFrom, int nameTo, int valueFrom, int valueTo) {
    int index = grow();
    names[index] = known;
    if (known != null) {
      wellKnown |= bit(known);
    }
    int at = index << 2;
    if (at + 4 > spans.length) {
      spans = Arrays.copyOf(spans, names.length << 2);
    }
    spans[at] = nameFrom;
    spans[at + 1] = nameTo;
    spans[at + 2] = valueFrom;
    spans[at + 3] = valueTo;
  }

  /** The bytes that were loaded, for {@link #valueFrom} and {@link #valueTo}. */
  public byte[] bytes() {
    return bytes;
  }

  /** Where the value of a field added by {@link #addSpan} starts. */
  public int valueFrom(int index) {
    return spans[(index << 2) + 2];
  }

  /** Where the value of a field added by {@link #addSpan} ends. */
  public int valueTo(int index) {
    return spans[(index << 2) + 3];
  }

  /** Makes a String of loaded bytes. */
  public String text(int from, int to) {
    return recent != null
        ? recent.get(bytes, from, to)
        : new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public HeaderName name(int index) {
    var name = names[checked(index)];
    if (name == null) {
      int at = index << 2;
      name = HeaderName.of(text(spans[at], spans[at + 1]));
      names[index] = name;
    }
    return name;
  }

  @Override
  public String value(int index) {
    var value = values[checked(index)];
    if (value == null) {
      int at = index << 2;
      value = text(spans[at + 2], spans[at + 3]);
      values[index] = value;
    }
    return value;
  }

  private int checked(int index) {
    return Objects.checkIndex(index, size);
  }

  /** The index of the first field of that name at or after {@code from}, or -1. */
  public int find(HeaderName name, int from) {
    boolean unresolved = !name.wellKnown();
    if (!unresolved && (wellKnown & bit(name)) == 0) {
      return -1;
    }
    for (int i = from; i < size; i++) {
      var candidate = names[i];
      if (candidate != null ? candidate.equals(name) : unresolved && spells(i, name)) {
        return i;
      }
    }
    return -1;
  }

  private static long bit(HeaderName name) {
    return 1L << name.hashCode();
  }

  /** Whether the bytes of the unresolved name on line {@code index} are that name. */
  private boolean spells(int index, HeaderName name) {
    int at = index << 2;
    var lower = name.lowerCase();
    int from = spans[at];
    if (spans[at + 1] - from != lower.length()) {
      return false;
    }
    for (int i = 0; i < lower.length(); i++) {
      byte b = bytes[from + i];
      if ((b >= 'A' && b <= 'Z' ? b | 0x20 : b) != lower.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  @Override
  public boolean contains(HeaderName name) {
    return find(name, 0) >= 0;
  }

  @Override
  public @Nullable String get(HeaderName name) {
    int index = find(name, 0);
    return index < 0 ? null : value(index);
  }

  @Override
  public List<String> all(HeaderName name) {
    int index = find(name, 0);
    if (index < 0) {
      return List.of();
    }
    var all = new ArrayList<String>(2);
    for (; index >= 0; index = find(name, index + 1)) {
      all.add(value(index));
    }
    return all;
  }

  @Override
  public Headers add(HeaderName name, String value) {
    return addTrusted(name, valid(name, value));
  }

  /** Adds a field whose value is known to be valid: it was parsed, or is a constant of ours. */
  public Headers addTrusted(HeaderName name, String value) {
    int index = grow();
    names[index] = name;
    values[index] = value;
    wellKnown |= bit(name);
    return this;
  }

  @Override
  public Headers set(HeaderName name, String value) {
    var checked = valid(name, value);
    int index = find(name, 0);
    if (index < 0) {
      return addTrusted(name, checked);
    }
    names[index] = name;
    values[index] = checked;
    removeFrom(name, index + 1);
    return this;
  }

  @Override
  public Headers remove(HeaderName name) {
    removeFrom(name, 0);
    return this;
  }

  private void removeFrom(HeaderName name, int from) {
    int kept = from;
    for (int i = from, next = find(name, from); i < size; i++) {
      if (i == next) {
        next = find(name, i + 1);
        continue;
      }
      names[kept] = names[i];
      values[kept] = values[i];
      if ((i << 2) + 4 <= spans.length) {
        System.arraycopy(spans, i << 2, spans, kept << 2, 4);
      }
      kept++;
    }
    Arrays.fill(names, kept, size, null);
    Arrays.fill(values, kept, size, null);
    size = kept;
  }

  @Override
  public Headers copy() {
    var copy = new FieldTable();
    if (size > 0) {
      copy.names = new @Nullable HeaderName[size];
      copy.values = new @Nullable String[size];
    }
    for (int i = 0; i < size; i++) {
      copy.addTrusted(name(i), value(i));
    }
    return copy;
  }

  private int grow() {
    if (size == names.length) {
      int capacity = Math.max(FIRST_CAPACITY, size << 1);
      names = Arrays.copyOf(names, capacity);
      values = Arrays.copyOf(values, capacity);
    }
    return size++;
  }

  private String valid(HeaderName name, String value) {
    if (size < checked.length && value.equals(checked[size])) {
      return value;
    }
    int invalid = Octets.invalidInFieldValue(value);
    if (invalid >= 0) {
      throw new IllegalArgumentException(
          "value of %s has the invalid character U+%04X at index %d: %s (RFC 9110 5.5)"
              .formatted(name, (int) value.charAt(invalid), invalid, Octets.quote(value)));
    }
    var stripped = value.strip();
    if (isUsedAgain && size < MOST_CHECKED && stripped.length() <= LONGEST_CHECKED) {
      if (checked.length == 0) {
        checked = new @Nullable String[MOST_CHECKED];
      }
      checked[size] = stripped;
    }
    return stripped;
  }

  /** The lines as HTTP/1.1 writes them, for a log or a debugger. */
  @Override
  public String toString() {
    var text = new StringBuilder();
    forEach((name, value) -> text.append(name).append(": ").append(value).append('\n'));
    return text.toString();
  }
}
