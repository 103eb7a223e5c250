package dev.weir.http.h1;

import dev.weir.http.fields.FieldTable;
import dev.weir.http.fields.KnownNames;
import dev.weir.http.fields.Octets;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Reads whole field lines (RFC 9112 5) in place: checks every byte, and notes where names and
 * values lie. Nothing that the RFC lets a recipient repair is repaired (space before the colon,
 * bare CR): repairs are what request smuggling is made of. What a user agent must repair is a line
 * of a response that goes on in the next (RFC 9112 5.2).
 */
final class FieldParser {
  /** Reads eight bytes, the first the lowest. */
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private static final long ONES = 0x0101010101010101L;
  private static final long HIGH_BITS = 0x8080808080808080L;
  private static final long SPACES = 0x2020202020202020L;
  private static final long DELETES = 0x7f7f7f7f7f7f7f7fL;

  private FieldParser() {}

  /**
   * Adds the fields on the lines from {@code from} to {@code to} of the bytes that the table
   * loaded.
   *
   * @param to where the last line has ended by CR LF
   * @param limit how many lines there may be; {@code limitName} is what the user calls it
   */
  static void parse(Role role, FieldTable fields, int from, int to, int limit, String limitName) {
    var bytes = fields.bytes();
    int lineFrom = from;
    for (int count = 1; lineFrom < to; count++) {
      if (count > limit) {
        throw role.fieldsTooLarge("more field lines", limitName, limit);
      }
      int colon = nameEnd(role, bytes, lineFrom);
      int valueFrom = skipSpace(bytes, colon + 1);
      int cr = valueEnd(role, bytes, valueFrom);
      while (role == Role.CLIENT && cr + 2 < to && isSpace(bytes[cr + 2])) {
        bytes[cr] = ' ';
        bytes[cr + 1] = ' ';
        valueFrom = skipSpace(bytes, valueFrom);
        cr = valueEnd(role, bytes, valueFrom);
      }
      fields.addSpan(
          KnownNames.find(bytes, lineFrom, colon),
          lineFrom,
          colon,
          valueFrom,
          trimSpace(bytes, valueFrom, cr));
      lineFrom = cr + 2;
    }
  }

  private static int nameEnd(Role role, byte[] bytes, int from) {
    int i = from;
    while (Octets.isTchar(bytes[i])) {
      i++;
    }
    if (bytes[i] != ':' || i == from) {
      throw invalidName(role, bytes, from, i);
    }
    return i;
  }

  private static boolean isSpace(byte octet) {
    return octet == ' ' || octet == '\t';
  }

  private static int skipSpace(byte[] bytes, int from) {
    int i = from;
    while (isSpace(bytes[i])) {
      i++;
    }
    return i;
  }

  private static int trimSpace(byte[] bytes, int from, int to) {
    int i = to;
    while (i > from && isSpace(bytes[i - 1])) {
      i--;
    }
    return i;
  }

  /** The offset of the CR that, with the LF after it, ends the line. */
  private static int valueEnd(Role role, byte[] bytes, int from) {
    int i = from;
    while (true) {
      i = suspect(bytes, i);
      if (bytes[i] == '\r' && bytes[i + 1] == '\n') {
        return i;
      }
      if (!Octets.isFieldValue(bytes[i])) {
        throw invalidValue(role, bytes, i);
      }
      i++;
    }
  }

  /** The first offset of a control character, tab included, or DEL; there is one: the CR. */
  private static int suspect(byte[] bytes, int from) {
    int i = from;
    for (; i <= bytes.length - Long.BYTES; i += Long.BYTES) {
      long eight = (long) LONG.get(bytes, i);
      long controls = (eight - SPACES) & ~eight;
      long zeroAtDelete = eight ^ DELETES;
      long deletes = (zeroAtDelete - ONES) & ~zeroAtDelete;
      long found = (controls | deletes) & HIGH_BITS;
      if (found != 0) {
        return i + (Long.numberOfTrailingZeros(found) >> 3);
      }
    }
    while (bytes[i] >= ' ' || bytes[i] < 0) {
      i++;
    }
    return i;
  }

  private static RuntimeException invalidName(Role role, byte[] bytes, int from, int at) {
    int end = at;
    while (bytes[end] != '\n') {
      end++;
    }
    var line = Octets.quote(bytes, from, end - 1);
    byte found = bytes[at];
    if (at == from) {
      return switch (found) {
        case ' ', '\t' ->
            role.malformed(
                "RFC 9112 5.2",
                "a line that starts with space: " + line,
                "a field name",
                "send each field on one line");
        case ':' ->
            role.malformed(
                "RFC 9110 5.1", "an empty field name: " + line, "a token", "name the field");
        default -> invalidName(role, line, found);
      };
    }
    return switch (found) {
      case ' ', '\t' ->
          role.malformed(
              "RFC 9112 5.1",
              "space between field name and colon: " + line,
              "a colon right after the name",
              "remove the space");
      case '\r' ->
          role.malformed(
              "RFC 9112 5",
              "a line without a colon: " + line,
              "name, colon, value",
              "send a field or an empty line");
      default -> invalidName(role, line, found);
    };
  }

  private static RuntimeException invalidName(Role role, String line, byte found) {
    return role.malformed(
        "RFC 9110 5.1",
        "0x%02x in a field name: %s".formatted(found & 0xff, line),
        "token characters",
        "use only letters, digits and !#$%&'*+-.^_`|~ in field names");
  }

  private static RuntimeException invalidValue(Role role, byte[] bytes, int at) {
    return bytes[at] == '\r'
        ? role.malformed(
            "RFC 9112 2.2",
            "a CR without an LF in a field value",
            "CR LF at the end of the line alone",
            "remove the CR")
        : role.malformed(
            "RFC 9110 5.5",
            "0x%02x in a field value".formatted(bytes[at] & 0xff),
            "visible characters, space and tab",
            "encode the value");
  }
}
