package dev.weir.http.h2;

import dev.weir.http.HeaderName;
import dev.weir.http.fields.FieldTable;

/** Reads Content-Length (RFC 9110 8.6), which in HTTP/2 frames nothing but must be true. */
final class ContentLength {
  /** There is none. */
  static final long NONE = -1;

  /** It is not one number. */
  static final long INVALID = -2;

  private ContentLength() {}

  /** The number, {@link #NONE} or {@link #INVALID}. */
  static long of(FieldTable fields) {
    long length = NONE;
    for (int at = fields.find(HeaderName.CONTENT_LENGTH, 0);
        at >= 0;
        at = fields.find(HeaderName.CONTENT_LENGTH, at + 1)) {
      long value = parse(fields.value(at));
      if (value == INVALID || (length != NONE && length != value)) {
        return INVALID;
      }
      length = value;
    }
    return length;
  }

  private static long parse(String digits) {
    long value = 0;
    for (int i = 0; i < digits.length(); i++) {
      int digit = digits.charAt(i) - '0';
      if (digit < 0 || digit > 9 || value > (Long.MAX_VALUE - digit) / 10) {
        return INVALID;
      }
      value = value * 10 + digit;
    }
    return digits.isEmpty() ? INVALID : value;
  }
}
