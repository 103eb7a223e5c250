package dev.weir.http.h1;

import dev.weir.http.HeaderName;
import dev.weir.http.HttpError;
import dev.weir.http.HttpLimits;
import dev.weir.http.HttpVersion;
import dev.weir.http.Status;
import dev.weir.http.fields.Authority;
import dev.weir.http.fields.FieldTable;
import dev.weir.http.fields.Octets;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Reads the heads of requests from the bytes of one connection (RFC 9112 2 to 6), and decides by
 * them what the rest of the connection means. It keeps a few numbers between calls, and the Host of
 * an earlier request, but no bytes of a head that has come in part.
 *
 * <p>After an {@link HttpError} the parser must not be used again: answer with the error's status
 * and close (RFC 9112 2.2, 6.3).
 */
public final class RequestParser {
  /** RFC 9112 2.2: a client of old may send an empty line after the body of a POST. */
  private static final int EMPTY_LINES_ALLOWED = 2;

  private static final byte[] CONTINUE = "100-continue".getBytes(StandardCharsets.ISO_8859_1);

  /** A Host that was valid is compared with, before another is looked at: they are few. */
  private static final int LONGEST_KNOWN_HOST = 64;

  private byte[] knownHost = {};
  private int knownHostLength;
  private final HttpLimits limits;
  private final HeadReader<RequestHead> reader;

  /** A parser for one connection. */
  public RequestParser(HttpLimits limits) {
    this.limits = limits;
    reader = new HeadReader<>(Role.SERVER, limits, new RequestLine(limits), EMPTY_LINES_ALLOWED);
  }

  /** What it was made with. */
  public HttpLimits limits() {
    return limits;
  }

  /**
   * Reads a head from the position of {@code in} on.
   *
   * <p>If it is there as a whole, the position moves behind it, to the body. If not, the position
   * stays (but for empty lines before it, which are consumed): call again with the same bytes and
   * more behind them. The bytes are not referred to afterwards.
   *
   * @param head filled if the answer is true, else in no defined state
   * @return whether the head was complete
   * @throws HttpError if the request must be refused: 400, 414, 417, 431, 501 or 505
   */
  public boolean parse(ByteBuffer in, RequestHead head) {
    if (!reader.read(in, head, head.fields)) {
      return false;
    }
    var fields = head.fields;
    checkHost(head, fields);
    if (FramingFields.chunked(Role.SERVER, fields, head.version)) {
      head.framing = BodyFraming.CHUNKED;
      head.contentLength = FramingFields.NO_LENGTH;
    } else {
      long length = FramingFields.contentLength(Role.SERVER, fields);
      head.framing = length > 0 ? BodyFraming.LENGTH : BodyFraming.NONE;
      head.contentLength = Math.max(length, 0);
    }
    int options = ConnectionOptions.read(fields);
    head.keepAlive = ConnectionOptions.persists(options, head.version);
    head.upgrade =
        ConnectionOptions.upgrades(options, head.version) && fields.contains(HeaderName.UPGRADE);
    head.expectContinue = expectsContinue(head, fields);
    return true;
  }

  /** RFC 9112 3.2: exactly one Host, valid; a client of version 1.0 need not send it. */
  private void checkHost(RequestHead head, FieldTable fields) {
    int index = fields.find(HeaderName.HOST, 0);
    if (index < 0) {
      if (head.version == HttpVersion.HTTP_1_0) {
        return;
      }
      throw host("no Host");
    }
    if (fields.find(HeaderName.HOST, index + 1) >= 0) {
      throw host("more than one Host");
    }
    int from = fields.valueFrom(index);
    int to = fields.valueTo(index);
    if (from < to && !isHost(fields.bytes(), from, to)) {
      throw host("Host: " + Octets.quote(fields.bytes(), from, to));
    }
    if (head.authorityTo == 0) {
      head.authorityFrom = from;
      head.authorityTo = to;
    }
  }

  private boolean isHost(byte[] bytes, int from, int to) {
    if (Arrays.equals(bytes, from, to, knownHost, 0, knownHostLength)) {
      return true;
    }
    boolean valid = Authority.isValid(bytes, from, to);
    if (valid && to - from <= LONGEST_KNOWN_HOST) {
      knownHost = knownHost.length == 0 ? new byte[LONGEST_KNOWN_HOST] : knownHost;
      knownHostLength = to - from;
      System.arraycopy(bytes, from, knownHost, 0, knownHostLength);
    }
    return valid;
  }

  private static HttpError host(String received) {
    return Role.SERVER.malformed(
        "RFC 9112 3.2", received, "one Host field of host or host:port", "send one Host field");
  }

  /** RFC 9110 10.1.1: there is one expectation; a client of version 1.0 cannot have it. */
  private static boolean expectsContinue(RequestHead head, FieldTable fields) {
    int index = fields.find(HeaderName.EXPECT, 0);
    if (index < 0 || head.version == HttpVersion.HTTP_1_0) {
      return false;
    }
    for (; index >= 0; index = fields.find(HeaderName.EXPECT, index + 1)) {
      if (!Tokens.same(CONTINUE, fields.bytes(), fields.valueFrom(index), fields.valueTo(index))) {
        throw new HttpError(
            Status.EXPECTATION_FAILED,
            "RFC 9110 10.1.1",
            "Expect: " + Octets.quote(fields.value(index)),
            "100-continue",
            "remove the expectation");
      }
    }
    return head.framing != BodyFraming.NONE;
  }
}
