package dev.weir.http.h2;

import dev.weir.http.HeaderName;
import dev.weir.http.Headers;
import dev.weir.http.Status;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The beginning of a response's field block as it was compressed last: status, fields and Date,
 * which many responses of a connection have in common. As long as the compressor's table has not
 * changed, the same lines are the same octets. Only lines that the tables had as a whole are kept:
 * what was written out once might enter the table the next time.
 */
final class BlockImage {

  /** Longer ones are rare, and every connection has one. */
  private static final int MOST_OCTETS = 64;

  private static final int MOST_FIELDS = 16;

  private final byte[] octets;
  private final HeaderName[] names;
  private final String[] values;
  private final Status status;
  private final @Nullable String date;
  private final boolean withLength;
  private final int changes;

  private BlockImage(
      byte[] octets,
      HeaderName[] names,
      String[] values,
      Status status,
      @Nullable String date,
      boolean withLength,
      int changes) {
    this.octets = octets;
    this.names = names;
    this.values = values;
    this.status = status;
    this.date = date;
    this.withLength = withLength;
    this.changes = changes;
  }

  /**
   * What stands from {@code from} to the position of a block, if it is worth to be kept.
   *
   * @param withLength whether a Content-Length of the fields was left out, since another follows
   * @param changes how often the compressor's table had changed
   */
  static @Nullable BlockImage of(
      ByteBuffer block,
      int from,
      Status status,
      Headers fields,
      @Nullable String date,
      boolean withLength,
      int changes) {
    int length = block.position() - from;
    if (length > MOST_OCTETS || fields.size() > MOST_FIELDS) {
      return null;
    }
    var octets = new byte[length];
    block.get(from, octets);
    var names = new HeaderName[fields.size()];
    var values = new String[fields.size()];
    Arrays.setAll(names, fields::name);
    Arrays.setAll(values, fields::value);
    return new BlockImage(octets, names, values, status, date, withLength, changes);
  }

  /** Whether these lines are these octets, after so many changes of the table. */
  boolean is(
      Status other,
      Headers fields,
      @Nullable String otherDate,
      boolean otherWithLength,
      int otherChanges) {
    if (changes != otherChanges
        || withLength != otherWithLength
        || names.length != fields.size()
        || !status.equals(other)
        || !(date == null ? otherDate == null : date.equals(otherDate))) {
      return false;
    }
    for (int i = 0; i < names.length; i++) {
      if (!names[i].equals(fields.name(i)) || !values[i].equals(fields.value(i))) {
        return false;
      }
    }
    return true;
  }

  int length() {
    return octets.length;
  }

  void write(ByteBuffer block) {
    block.put(octets);
  }
}
