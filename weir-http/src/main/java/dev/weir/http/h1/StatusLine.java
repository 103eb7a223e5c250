package dev.weir.http.h1;

import dev.weir.http.HttpError;
import dev.weir.http.HttpLimits;
import dev.weir.http.HttpVersion;
import dev.weir.http.Status;
import dev.weir.http.fields.Octets;

/** Reads a status line: version, code, reason (RFC 9112 4). */
final class StatusLine implements StartLine<ResponseHead> {
  private final int limit;

  StatusLine(HttpLimits limits) {
    this.limit = limits.requestLineBytes();
  }

  @Override
  public void read(byte[] bytes, int end, ResponseHead head) {
    int to = end - 2;
    if (!HttpVersionBytes.isVersion(bytes, 0, to) || bytes[5] != '1') {
      throw malformed(bytes, to, "RFC 9112 2.3", "HTTP/1.1 or HTTP/1.0 at the start");
    }
    head.version = bytes[7] == '0' ? HttpVersion.HTTP_1_0 : HttpVersion.HTTP_1_1;
    if (to < 12
        || bytes[8] != ' '
        || !Octets.isDigit(bytes[9])
        || bytes[9] == '0'
        || !Octets.isDigit(bytes[10])
        || !Octets.isDigit(bytes[11])) {
      throw malformed(bytes, to, "RFC 9112 4", "a space and a status code from 100 to 999");
    }
    head.status = Status.of((bytes[9] - '0') * 100 + (bytes[10] - '0') * 10 + (bytes[11] - '0'));
    // Servers that have no reason to give often leave out the space before it as well.
    if (to > 12 && bytes[12] != ' ') {
      throw malformed(bytes, to, "RFC 9112 4", "a space after the status code");
    }
    head.reasonFrom = Math.min(13, to);
    head.reasonTo = to;
    for (int i = head.reasonFrom; i < to; i++) {
      if (!Octets.isFieldValue(bytes[i])) {
        throw malformed(bytes, to, "RFC 9112 4", "a reason of visible characters, space and tab");
      }
    }
  }

  private static HttpError malformed(byte[] bytes, int to, String section, String expected) {
    return Role.CLIENT.malformed(
        section,
        "status line " + Octets.quote(bytes, 0, to),
        expected,
        "check that the server speaks HTTP/1.1 on this port");
  }

  @Override
  public HttpError tooLong(byte[] beginning) {
    return Role.CLIENT.malformed(
        "RFC 9112 4",
        "a longer status line: " + Octets.quote(beginning, 0, beginning.length),
        "at most " + limit + " bytes",
        "raise HttpLimits.requestLineBytes");
  }
}
