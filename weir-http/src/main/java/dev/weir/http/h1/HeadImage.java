package dev.weir.http.h1;

import dev.weir.http.Headers;
import dev.weir.http.Status;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The beginning of the head of a response, status line, fields and Date, kept as it was put
 * together: a handler that answers with the same fields again has them copied as one piece. What
 * differs from answer to answer, its length above all, follows behind. For one thread.
 */
final class HeadImage {
  /** Heads with more fields are put together each time. */
  static final int MOST_FIELDS = 8;

  /** Longer beginnings are not kept. */
  static final int MOST_BYTES = 512;

  static final int UNDATED = -1;

  private final @Nullable String[] names = new @Nullable String[MOST_FIELDS];
  private final @Nullable String[] values = new @Nullable String[MOST_FIELDS];
  private int size = -1;
  private int code;
  private byte[] bytes = {};
  private int length;
  private int dateFrom;
  private long second;

  /** Whether this is how a head with that status and those fields begins. */
  boolean shows(Status status, Headers fields) {
    if (status.code() != code || fields.size() != size) {
      return false;
    }
    for (int i = 0; i < size; i++) {
      // Names are compared as they are written: others that are equal may differ in case.
      if (!fields.value(i).equals(values[i]) || !fields.name(i).toString().equals(names[i])) {
        return false;
      }
    }
    return true;
  }

  /**
   * Keeps what the writer has, which is how a head with that status and those fields begins.
   *
   * @param dateLineFrom where the line of Date is, or {@link #UNDATED} if the fields have one
   * @param epochSecond what that line says
   */
  void keep(Status status, Headers fields, HeadWriter written, int dateLineFrom, long epochSecond) {
    code = status.code();
    size = fields.size();
    for (int i = 0; i < size; i++) {
      names[i] = fields.name(i).toString();
      values[i] = fields.value(i);
    }
    Arrays.fill(names, size, MOST_FIELDS, null);
    Arrays.fill(values, size, MOST_FIELDS, null);
    length = written.length();
    if (bytes.length < length) {
      bytes = new byte[MOST_BYTES];
    }
    written.copyTo(bytes);
    dateFrom = dateLineFrom;
    second = epochSecond;
  }

  /** Writes it, with the date of that second. */
  void writeTo(HeadWriter writer, DateLine date, long epochSecond) {
    if (epochSecond != second && dateFrom != UNDATED) {
      byte[] line = date.at(epochSecond);
      System.arraycopy(line, 0, bytes, dateFrom, line.length);
      second = epochSecond;
    }
    writer.put(bytes, length);
  }
}
