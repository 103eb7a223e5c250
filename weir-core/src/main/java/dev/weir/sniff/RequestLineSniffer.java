package dev.weir.sniff;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.stream.Stream;

/** Recognizes {@code method SP request-target SP HTTP/1.x CRLF}. */
final class RequestLineSniffer implements Sniffer {

  private static final List<byte[]> METHODS =
      Stream.of("GET", "HEAD", "POST", "PUT", "DELETE", "CONNECT", "OPTIONS", "TRACE", "PATCH")
          .map(method -> method.getBytes(US_ASCII))
          .toList();

  private static final byte[] VERSION = " HTTP/1.".getBytes(US_ASCII);

  /** Longer extension methods are not recognized; the longest registered one has 17 letters. */
  private static final int MAX_METHOD = 32;

  private static final String TOKEN_MARKS = "!#$%&'*+-.^_`|~";

  @Override
  public Answer sniff(ByteBuffer first) {
    int start = first.position();
    int limit = first.limit();
    // RFC 9112 2.2: a server ignores an empty line before the request line.
    if (start < limit && first.get(start) == '\r') {
      start++;
      if (start < limit && first.get(start) != '\n') {
        return Settled.NO;
      }
      start++;
    }
    int space = start;
    while (space < limit && isToken(first.get(space))) {
      space++;
    }
    int length = space - start;
    if (length > MAX_METHOD) {
      return Settled.NO;
    }
    if (space >= limit) {
      return new NeedMore(1);
    }
    if (length == 0 || first.get(space) != ' ') {
      return Settled.NO;
    }
    return isDefined(first, start, length) ? Settled.YES : wholeLine(first, space + 1, limit);
  }

  private static boolean isDefined(ByteBuffer first, int start, int length) {
    for (byte[] method : METHODS) {
      if (method.length == length && matches(first, start, method)) {
        return true;
      }
    }
    return false;
  }

  private static Answer wholeLine(ByteBuffer first, int target, int limit) {
    int end = target;
    while (end < limit && first.get(end) != '\n') {
      byte c = first.get(end);
      if (c < ' ' && c != '\r') {
        return Settled.NO;
      }
      end++;
    }
    if (end == limit) {
      return new NeedMore(1);
    }
    if (end > target && first.get(end - 1) == '\r') {
      end--;
    }
    int version = end - VERSION.length - 1;
    boolean spoken =
        version > target
            && matches(first, version, VERSION)
            && first.get(end - 1) >= '0'
            && first.get(end - 1) <= '9';
    return spoken ? Settled.YES : Settled.NO;
  }

  private static boolean matches(ByteBuffer first, int at, byte[] expected) {
    return first.slice(at, expected.length).equals(ByteBuffer.wrap(expected));
  }

  /** RFC 9110 5.6.2. */
  private static boolean isToken(byte c) {
    return (c >= 'A' && c <= 'Z')
        || (c >= 'a' && c <= 'z')
        || (c >= '0' && c <= '9')
        || TOKEN_MARKS.indexOf(c) >= 0;
  }
}
