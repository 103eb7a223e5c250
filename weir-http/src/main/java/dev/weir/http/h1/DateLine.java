package dev.weir.http.h1;

import dev.weir.http.HttpDate;
import java.nio.charset.StandardCharsets;

/** The line of the Date field (RFC 9110 6.6.1), written once a second. For one thread. */
final class DateLine {
  private byte[] bytes = {};
  private long second = Long.MIN_VALUE;

  /** The line for that second; always of the same length, not to be changed. */
  byte[] at(long epochSecond) {
    if (epochSecond != second) {
      second = epochSecond;
      bytes =
          ("Date: " + HttpDate.format(epochSecond) + "\r\n").getBytes(StandardCharsets.ISO_8859_1);
    }
    return bytes;
  }
}
