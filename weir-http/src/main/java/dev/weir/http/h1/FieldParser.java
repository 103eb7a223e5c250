package dev.weir.http.h1;

import dev.weir.http.fields.FieldTable;
import dev.weir.http.fields.KnownNames;
import dev.weir.http.fields.OctetWords;
import dev.weir.http.fields.Octets;

/**
 * Reads whole field lines (RFC 9112 5) in place: checks every byte, and notes where names and
 * values lie. Nothing that the RFC lets a recipient repair is repaired (space before the colon,
 * bare CR): repairs are what request smuggling is made of. What a user agent must repair is a line
 * of a response that goes on in the next (RFC 9112 5.2).
 */
final class FieldParser {
  /** What {@link #parse} answers if the section does not end among the bytes. */
  static final int NOT_WHOLE = -1;

  private static final long COLONS = OctetWords.eight(':');
  private static final long SPACES = OctetWords.eight(' ');
  private static final long DELETES = OctetWords.eight((char) 0x7f);

  private FieldParser() {}

  /**
   * Adds the fields on the lines from {@code from} on, up to the empty line or {@code to}, of the
   * bytes that the table loaded. A line that does not end before {@code to} is not looked at as a
   * whole, and adds nothing.
   *
   * @param limit how many lines there may be; {@code limitName} is what the user calls it
   * @return the offset behind the empty line, or {@link #NOT_WHOLE}
   */
  static int parse(Role role, FieldTable fields, int from, int to, int limit, String limitName) {
    var bytes = fields.bytes();
    int lineFrom = from;
    for (int count = 1; lineFrom < to; count++) {
      if (bytes[lineFrom] == '\r' && bytes[lineFrom + 1] == '\n') {
        return lineFrom + 2;
      }
      if (count > limit) {
        throw role.fieldsTooLarge("more field lines", limitName, limit);
      }
      int colon = colon(bytes, lineFrom, to);
      var known = KnownNames.find(bytes, lineFrom, colon);
      // Well-known names are tokens, so that only others have to be looked at for that.
      int nameTo = known == null ? tokenEnd(bytes, lineFrom, colon) : colon;
      if (nameTo < colon || nameTo == lineFrom) {
        if (!hasLineEnd(bytes, lineFrom, to)) {
          return NOT_WHOLE;
        }
        throw invalidName(role, bytes, lineFrom, nameTo);
      }
      int valueFrom = skipSpace(bytes, colon + 1);
      int cr = valueEnd(role, bytes, valueFrom, to);
      while (role == Role.CLIENT && cr + 2 < to && isSpace(bytes[cr + 2])) {
        bytes[cr] = ' ';
        bytes[cr + 1] = ' ';
        valueFrom = skipSpace(bytes, valueFrom);
        cr = valueEnd(role, bytes, valueFrom, to);
      }
      if (cr + 1 >= to) {
        return NOT_WHOLE;
      }
      fields.addSpan(known, lineFrom, colon, valueFrom, trimSpace(bytes, valueFrom, cr));
      lineFrom = cr + 2;
    }
    return NOT_WHOLE;
  }

  /** The offset of the first colon, or of the end. */
  private static int colon(byte[] bytes, int from, int to) {
    for (int i = from; i < to; i += Long.BYTES) {
      long found = OctetWords.search(OctetWords.get(bytes, i), COLONS);
      if (found != 0) {
        return Math.min(to, i + OctetWords.first(found));
      }
    }
    return to;
  }

  private static int tokenEnd(byte[] bytes, int from, int to) {
    int i = from;
    while (i < to && Octets.isTchar(bytes[i])) {
      i++;
    }
    return i;
  }

  private static boolean hasLineEnd(byte[] bytes, int from, int to) {
    int i = from;
    while (i < to && bytes[i] != '\n') {
      i++;
    }
    return i < to;
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

  /** The offset of the CR that, with the LF after it, ends the line; or of the last byte. */
  private static int valueEnd(Role role, byte[] bytes, int from, int to) {
    int i = from;
    while (true) {
      i = suspect(bytes, i);
      if (i + 1 >= to || (bytes[i] == '\r' && bytes[i + 1] == '\n')) {
        return i;
      }
      if (!Octets.isFieldValue(bytes[i])) {
        throw invalidValue(role, bytes, i);
      }
      i++;
    }
  }

  /** The first offset of a control character, tab included, or DEL; there is one, at the end. */
  private static int suspect(byte[] bytes, int from) {
    int i = from;
    for (; i <= bytes.length - Long.BYTES; i += Long.BYTES) {
      long eight = OctetWords.get(bytes, i);
      long found = OctetWords.searchBelow(eight, SPACES) | OctetWords.search(eight, DELETES);
      if (found != 0) {
        return i + OctetWords.first(found);
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
    var line = Octets.quote(bytes, from, Math.max(from, end - 1));
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
