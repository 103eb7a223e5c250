package dev.weir.http.h1;

import dev.weir.http.HttpError;
import dev.weir.http.HttpLimits;
import dev.weir.http.HttpVersion;
import dev.weir.http.Method;
import dev.weir.http.Status;
import dev.weir.http.fields.OctetWords;
import dev.weir.http.fields.Octets;
import java.nio.charset.StandardCharsets;

/** Reads a request line: method, target, version, with one space between (RFC 9112 3). */
final class RequestLine implements StartLine<RequestHead> {
  private static final Method[] METHODS = Method.WELL_KNOWN.toArray(new Method[0]);

  /** The methods, each with the space behind it, and what of a word they take. */
  private static final long[] METHOD_WORDS = new long[METHODS.length];

  private static final long[] METHOD_MASKS = new long[METHODS.length];

  private static final long HTTP_1_1 = OctetWords.of("HTTP/1.1");

  static {
    for (int i = 0; i < METHODS.length; i++) {
      var text = METHODS[i] + " ";
      METHOD_WORDS[i] = OctetWords.of(text);
      METHOD_MASKS[i] = -1L >>> (Long.SIZE - (text.length() << 3));
    }
  }

  private final int limit;

  RequestLine(HttpLimits limits) {
    this.limit = limits.requestLineBytes();
  }

  @Override
  public void read(byte[] bytes, int end, RequestHead head) {
    int methodTo = method(bytes, end, head);
    int targetTo = RequestTarget.read(bytes, methodTo + 1, head);
    if (bytes[targetTo] != ' ') {
      throw malformed(bytes, end, "RFC 9112 3.2", "a target of URI characters and one space");
    }
    head.version = version(bytes, targetTo + 1, end);
  }

  /** Answers where the method ends. */
  private static int method(byte[] bytes, int end, RequestHead head) {
    long word = OctetWords.get(bytes, 0);
    for (int i = 0; i < METHODS.length; i++) {
      if ((word & METHOD_MASKS[i]) == METHOD_WORDS[i]) {
        head.method = METHODS[i];
        return METHODS[i].toString().length();
      }
    }
    int to = 0;
    while (Octets.isTchar(bytes[to])) {
      to++;
    }
    if (to == 0 || bytes[to] != ' ') {
      throw malformed(bytes, end, "RFC 9112 3", "a method and one space");
    }
    head.method = Method.of(new String(bytes, 0, to, StandardCharsets.ISO_8859_1));
    return to;
  }

  /** RFC 9112 2.3: {@code HTTP/}, one digit, a dot, one digit, and nothing else. */
  private static HttpVersion version(byte[] bytes, int from, int end) {
    if (from + 10 == end && OctetWords.get(bytes, from) == HTTP_1_1) {
      return HttpVersion.HTTP_1_1;
    }
    if (!HttpVersionBytes.isVersion(bytes, from, end - 2) || from + 8 != end - 2) {
      throw malformed(bytes, end, "RFC 9112 2.3", "HTTP/1.1 at the end of the line");
    }
    if (bytes[from + 5] != '1') {
      throw new HttpError(
          Status.HTTP_VERSION_NOT_SUPPORTED,
          "RFC 9110 15.6.6",
          "version " + Octets.quote(bytes, from, from + 8),
          "HTTP/1.1 or HTTP/1.0",
          "use HTTP/1.1");
    }
    return bytes[from + 7] == '0' ? HttpVersion.HTTP_1_0 : HttpVersion.HTTP_1_1;
  }

  private static HttpError malformed(byte[] bytes, int end, String section, String expected) {
    return Role.SERVER.malformed(
        section,
        "request line " + Octets.quote(bytes, 0, end - 2),
        expected,
        "send method, target and version with one space between");
  }

  /** RFC 9112 3: 414 if the target is too long, 501 if the method is. */
  @Override
  public HttpError tooLong(byte[] beginning) {
    int i = 0;
    while (i < beginning.length && Octets.isTchar(beginning[i])) {
      i++;
    }
    Status status;
    if (i == beginning.length) {
      status = Status.NOT_IMPLEMENTED;
    } else if (i > 0 && beginning[i] == ' ') {
      status = Status.URI_TOO_LONG;
    } else {
      status = Status.BAD_REQUEST;
    }
    return new HttpError(
        status,
        "RFC 9112 3",
        "a longer request line: " + Octets.quote(beginning, 0, beginning.length),
        "at most " + limit + " bytes",
        "send less, or raise HttpLimits.requestLineBytes");
  }
}
