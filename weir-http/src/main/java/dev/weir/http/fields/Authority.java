package dev.weir.http.fields;

import java.nio.charset.StandardCharsets;

/**
 * Checks {@code host [":" port]}, of a target or of the Host field (RFC 9110 7.2, RFC 3986 3.2).
 */
public final class Authority {
  private static final int HIGHEST_PORT = 65535;

  private Authority() {}

  /** Whether the bytes are a host that is not empty, with or without a port. */
  public static boolean isValid(byte[] bytes, int from, int to) {
    int hostTo = hostEnd(bytes, from, to);
    return hostTo > from && (hostTo == to || isPort(bytes, hostTo, to));
  }

  /** As the other, of a text of octets, one a character. */
  public static boolean isValid(String text) {
    var bytes = text.getBytes(StandardCharsets.ISO_8859_1);
    return isValid(bytes, 0, bytes.length);
  }

  /** Whether the bytes are a host that is not empty and a port that is not empty. */
  public static boolean isHostAndPort(byte[] bytes, int from, int to) {
    int hostTo = hostEnd(bytes, from, to);
    return hostTo > from && hostTo + 1 < to && isPort(bytes, hostTo, to);
  }

  private static int hostEnd(byte[] bytes, int from, int to) {
    int i = from;
    if (i < to && bytes[i] == '[') {
      i++;
      while (i < to && (Octets.isHost(bytes[i]) || bytes[i] == ':')) {
        i++;
      }
      return i < to && i > from + 1 && bytes[i] == ']' ? i + 1 : from;
    }
    while (i < to && Octets.isHost(bytes[i])) {
      if (bytes[i] == '%' && !isEscape(bytes, i, to)) {
        return from;
      }
      i++;
    }
    return i;
  }

  private static boolean isEscape(byte[] bytes, int at, int to) {
    return at + 2 < to
        && Octets.hexDigit(bytes[at + 1]) >= 0
        && Octets.hexDigit(bytes[at + 2]) >= 0;
  }

  /** Whether {@code from} is a colon and digits follow, perhaps none (RFC 3986 3.2.3). */
  private static boolean isPort(byte[] bytes, int from, int to) {
    int port = 0;
    for (int i = from + 1; i < to; i++) {
      if (!Octets.isDigit(bytes[i])) {
        return false;
      }
      port = port * 10 + bytes[i] - '0';
      if (port > HIGHEST_PORT) {
        return false;
      }
    }
    return bytes[from] == ':';
  }
}
