package dev.weir.http.h1;

import dev.weir.http.fields.Octets;

/** The protocol version of a start line (RFC 9112 2.3). */
final class HttpVersionBytes {
  private HttpVersionBytes() {}

  /** Whether the eight bytes from {@code from} on, all before {@code to}, are HTTP/d.d. */
  static boolean isVersion(byte[] bytes, int from, int to) {
    return to - from >= 8
        && bytes[from] == 'H'
        && bytes[from + 1] == 'T'
        && bytes[from + 2] == 'T'
        && bytes[from + 3] == 'P'
        && bytes[from + 4] == '/'
        && Octets.isDigit(bytes[from + 5])
        && bytes[from + 6] == '.'
        && Octets.isDigit(bytes[from + 7]);
  }
}
