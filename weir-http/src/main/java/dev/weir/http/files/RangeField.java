package dev.weir.http.files;

import dev.weir.http.FieldLists;
import java.util.ArrayList;
import java.util.List;

/** Reads the value of a Range field (RFC 9110 14.2). */
final class RangeField {
  /**
   * More ranges in one field than this and the field is ignored: such a request is broken or an
   * attack, and the whole representation answers it (RFC 9110 17.15).
   */
  static final int MAX_RANGES = 32;

  /**
   * Ranges nearer to each other than this are sent as one: the boundary and fields between two
   * parts would be longer than the gap (RFC 9110 15.3.7.2).
   */
  static final int COALESCE_GAP = 80;

  private static final long ABSENT = -1;
  private static final long MALFORMED = -2;

  private RangeField() {}

  /**
   * Reads a Range field.
   *
   * @param field its value, of any unit
   * @param length of the representation, in bytes
   */
  static ByteRanges parse(String field, long length) {
    int equals = field.indexOf('=');
    if (equals < 0 || !field.substring(0, equals).equalsIgnoreCase("bytes")) {
      return new ByteRanges.Ignored();
    }
    var wanted = new ArrayList<ByteRange>();
    int specifiers = 0;
    boolean suffixOfNothing = false;
    for (String text : FieldLists.elements(field.substring(equals + 1))) {
      int dash = text.indexOf('-');
      if (++specifiers > MAX_RANGES || dash < 0 || text.length() == 1) {
        return new ByteRanges.Ignored();
      }
      long first = number(text, 0, dash);
      long last = number(text, dash + 1, text.length());
      if (first == MALFORMED || last == MALFORMED || (last != ABSENT && last < first)) {
        return new ByteRanges.Ignored();
      }
      if (first == ABSENT) {
        // Of an empty representation any suffix is there, and it is empty (RFC 9110 14.1.2).
        suffixOfNothing |= length == 0 && last > 0;
        first = Math.max(0, length - last);
        last = ABSENT;
      }
      if (first < length) {
        wanted.add(new ByteRange(first, last == ABSENT ? length - 1 : Math.min(last, length - 1)));
      }
    }
    if (specifiers == 0 || suffixOfNothing) {
      return new ByteRanges.Ignored();
    }
    return wanted.isEmpty()
        ? new ByteRanges.Unsatisfiable()
        : new ByteRanges.Satisfiable(coalesce(wanted));
  }

  /** Joins what overlaps or nearly touches; a joined range stands where its first part stood. */
  private static List<ByteRange> coalesce(List<ByteRange> wanted) {
    var apart = new ArrayList<ByteRange>();
    for (ByteRange range : wanted) {
      ByteRange joined = range;
      int place = apart.size();
      for (int i = apart.size() - 1; i >= 0; i--) {
        if (apart.get(i).isNear(joined, COALESCE_GAP)) {
          joined = joined.union(apart.remove(i));
          place = Math.min(place, i);
          i = apart.size();
        }
      }
      apart.add(place, joined);
    }
    return List.copyOf(apart);
  }

  private static long number(String text, int from, int to) {
    if (from == to) {
      return ABSENT;
    }
    long value = 0;
    for (int i = from; i < to; i++) {
      int digit = text.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        return MALFORMED;
      }
      // Longer than any file: as good as infinite, and no overflow.
      value = value > (Long.MAX_VALUE - digit) / 10 ? Long.MAX_VALUE : value * 10 + digit;
    }
    return value;
  }
}
