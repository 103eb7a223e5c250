package dev.weir.http.h1;

import dev.weir.http.HeaderName;
import dev.weir.http.HttpError;
import dev.weir.http.HttpVersion;
import dev.weir.http.Status;
import dev.weir.http.fields.FieldTable;
import dev.weir.http.fields.Octets;
import java.nio.charset.StandardCharsets;

/**
 * Reads the two fields that say where a body ends (RFC 9112 6), as strictly as the RFC allows: two
 * recipients that read them differently are how requests are smuggled (RFC 9112 11.2).
 */
final class FramingFields {
  /** There is no Content-Length. */
  static final long NO_LENGTH = -1;

  private static final byte[] CHUNKED = "chunked".getBytes(StandardCharsets.ISO_8859_1);

  private FramingFields() {}

  /**
   * Whether the body is chunked. A message with both fields is refused (RFC 9112 6.3, rule 3), as
   * is a transfer coding from a peer of version 1.0 (RFC 9112 6.1).
   */
  static boolean chunked(Role role, FieldTable fields, HttpVersion version) {
    int index = fields.find(HeaderName.TRANSFER_ENCODING, 0);
    if (index < 0) {
      return false;
    }
    if (version == HttpVersion.HTTP_1_0) {
      throw role.malformed(
          "RFC 9112 6.1",
          "Transfer-Encoding in an HTTP/1.0 message",
          "Content-Length",
          "do not use transfer codings with HTTP/1.0");
    }
    if (fields.contains(HeaderName.CONTENT_LENGTH)) {
      throw role.malformed(
          "RFC 9112 6.3",
          "both Transfer-Encoding and Content-Length",
          "one of them",
          "remove Content-Length");
    }
    if (!Tokens.same(CHUNKED, fields.bytes(), fields.valueFrom(index), fields.valueTo(index))
        || fields.find(HeaderName.TRANSFER_ENCODING, index + 1) >= 0) {
      throw unusable(role, String.join(", ", fields.all(HeaderName.TRANSFER_ENCODING)));
    }
    return true;
  }

  /**
   * RFC 9112 6.3, rule 4: unless chunked comes last, and once, nobody knows where the body ends.
   * With that in order, what comes before it is a coding we do not know: 501 (RFC 9112 6.1).
   */
  private static HttpError unusable(Role role, String codings) {
    var list = codings.split(",", -1);
    int last = list.length - 1;
    boolean chunkedLast = list[last].strip().equalsIgnoreCase("chunked");
    for (int i = 0; i < last; i++) {
      var coding = list[i].strip();
      chunkedLast &= Octets.isToken(coding) && !coding.equalsIgnoreCase("chunked");
    }
    return role == Role.SERVER && chunkedLast
        ? new HttpError(
            Status.NOT_IMPLEMENTED,
            "RFC 9112 6.1",
            "Transfer-Encoding: " + Octets.quote(codings),
            "chunked alone",
            "send the content without other transfer codings")
        : role.malformed(
            "RFC 9112 6.3",
            "Transfer-Encoding: " + Octets.quote(codings),
            "chunked, last and once",
            "send chunked alone");
  }

  /** The length that Content-Length gives, or {@link #NO_LENGTH}. */
  static long contentLength(Role role, FieldTable fields) {
    long length = NO_LENGTH;
    int index = fields.find(HeaderName.CONTENT_LENGTH, 0);
    while (index >= 0) {
      length = length(role, fields, index, length);
      index = fields.find(HeaderName.CONTENT_LENGTH, index + 1);
    }
    return length;
  }

  /** RFC 9112 6.3, rule 5: digits; a list of them is taken if all are the same number. */
  private static long length(Role role, FieldTable fields, int index, long known) {
    var bytes = fields.bytes();
    int to = fields.valueTo(index);
    long length = known;
    int i = fields.valueFrom(index);
    while (true) {
      int digitsFrom = i;
      long value = 0;
      while (i < to && Octets.isDigit(bytes[i])) {
        int digit = bytes[i++] - '0';
        if (value > (Long.MAX_VALUE - digit) / 10) {
          throw invalid(role, fields, index);
        }
        value = value * 10 + digit;
      }
      if (i == digitsFrom || (length != NO_LENGTH && length != value)) {
        throw invalid(role, fields, index);
      }
      length = value;
      if (i == to) {
        return length;
      }
      i = nextElement(bytes, i, to);
      if (i < 0) {
        throw invalid(role, fields, index);
      }
    }
  }

  /** Where the list element after a comma at or, behind space, after {@code at} starts; or -1. */
  private static int nextElement(byte[] bytes, int at, int to) {
    int i = at;
    while (i < to && (bytes[i] == ' ' || bytes[i] == '\t')) {
      i++;
    }
    if (i == to || bytes[i] != ',') {
      return -1;
    }
    i++;
    while (i < to && (bytes[i] == ' ' || bytes[i] == '\t')) {
      i++;
    }
    return i;
  }

  private static HttpError invalid(Role role, FieldTable fields, int index) {
    return role.malformed(
        "RFC 9112 6.3",
        "Content-Length: " + Octets.quote(fields.value(index)),
        "one decimal number below 2^63, the same in every Content-Length",
        "send one Content-Length");
  }
}
