package dev.weir.http.h1;

import dev.weir.http.HeaderName;
import dev.weir.http.Headers;
import dev.weir.http.HttpDate;
import dev.weir.http.HttpVersion;
import dev.weir.http.Method;
import dev.weir.http.Status;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Writes the heads of responses (RFC 9112 4). The fields that frame the message are its own
 * business: what the headers say about them is ignored. One serves all connections of a loop.
 */
public final class ResponseEncoder {
  private static final byte[][] STATUS_LINES = new byte[600][];

  static {
    for (int code = 100; code < STATUS_LINES.length; code++) {
      STATUS_LINES[code] = statusLine(Status.of(code));
    }
  }

  private final HeadWriter writer = new HeadWriter();
  private byte[] dateLine = {};
  private long dateLineSecond = Long.MIN_VALUE;

  private static byte[] statusLine(Status status) {
    var line = "HTTP/1.1 " + status.code() + " " + status.reason() + "\r\n";
    return line.getBytes(StandardCharsets.ISO_8859_1);
  }

  /**
   * How to frame the body of a response (RFC 9112 6.3): UNTIL_CLOSE means that the connection
   * cannot persist, NONE and SWITCHED that no body may be sent.
   *
   * @param request the method of the request
   * @param peer the version of the request
   * @param length of the body in bytes, or -1 if it is not known yet
   */
  public static BodyFraming framing(Method request, HttpVersion peer, Status status, long length) {
    int code = status.code();
    if (code == 101 || (request.equals(Method.CONNECT) && status.successful())) {
      return BodyFraming.SWITCHED;
    }
    if (request.equals(Method.HEAD) || code < 200 || code == 204 || code == 304) {
      return BodyFraming.NONE;
    }
    if (length >= 0) {
      return BodyFraming.LENGTH;
    }
    return peer == HttpVersion.HTTP_1_0 ? BodyFraming.UNTIL_CLOSE : BodyFraming.CHUNKED;
  }

  /**
   * Writes a head at the position of {@code out}, as a whole or not at all.
   *
   * <p>Added are Date, if it is missing (RFC 9110 6.6.1); Content-Length or Transfer-Encoding; and
   * Connection, besides one in the headers. The response to HEAD may say the length that GET would
   * have: give it with framing NONE.
   *
   * @param framing as {@link #framing} says
   * @param length of the body in bytes, or -1 if it is not known
   * @param epochSecond now; heads of the same second share the text
   * @return whether there was room; if not, nothing was written
   */
  public boolean encode(
      ByteBuffer out,
      Status status,
      Headers headers,
      BodyFraming framing,
      long length,
      Persistence persistence,
      long epochSecond) {
    writer.start();
    int code = status.code();
    writer.put(code < STATUS_LINES.length ? STATUS_LINES[code] : statusLine(status));
    boolean bodiless = code < 200 || code == 204 || framing == BodyFraming.SWITCHED;
    boolean lengthKnown = framing == BodyFraming.LENGTH;
    boolean dated = code < 200;
    for (int i = 0; i < headers.size(); i++) {
      var name = headers.name(i);
      if (name.equals(HeaderName.TRANSFER_ENCODING)) {
        continue;
      }
      if (name.equals(HeaderName.CONTENT_LENGTH)) {
        if (bodiless || lengthKnown || framing != BodyFraming.NONE) {
          continue;
        }
        lengthKnown = true;
      }
      dated |= name.equals(HeaderName.DATE);
      writer.field(name, headers.value(i));
    }
    if (!dated) {
      writer.put(dateLine(epochSecond));
    }
    if (framing == BodyFraming.LENGTH
        || (framing == BodyFraming.NONE
            && !bodiless
            && !lengthKnown
            && length > 0
            && code != 304)) {
      writer.field(HeaderName.CONTENT_LENGTH, length);
    } else if (framing == BodyFraming.CHUNKED) {
      writer.put(MessageFields.CHUNKED);
    }
    if (code >= 200) {
      writer.put(MessageFields.connection(persistence));
    }
    writer.endLine();
    return writer.writeTo(out);
  }

  private byte[] dateLine(long epochSecond) {
    if (epochSecond != dateLineSecond) {
      dateLine =
          ("Date: " + HttpDate.format(epochSecond) + "\r\n").getBytes(StandardCharsets.ISO_8859_1);
      dateLineSecond = epochSecond;
    }
    return dateLine;
  }
}
