package dev.weir.http.h1;

import dev.weir.http.HeaderName;
import dev.weir.http.Headers;
import dev.weir.http.HttpVersion;
import dev.weir.http.Method;
import dev.weir.http.Status;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Writes the heads of responses (RFC 9112 4). The fields that frame the message are its own
 * business: what the headers say about them is ignored. One serves all connections of a loop.
 */
public final class ResponseEncoder {
  /** How many beginnings of heads are kept; each has one place, which the latest takes. */
  private static final int IMAGES = 16;

  private static final byte[][] STATUS_LINES = new byte[600][];

  static {
    for (int code = 100; code < STATUS_LINES.length; code++) {
      STATUS_LINES[code] = statusLine(Status.of(code));
    }
  }

  private final HeadWriter writer = new HeadWriter();
  private final DateLine date = new DateLine();
  private final HeadImage[] images = new HeadImage[IMAGES];

  /** An encoder that has written nothing yet. */
  public ResponseEncoder() {
    Arrays.setAll(images, index -> new HeadImage());
  }

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
    if (hasBody(framing) && headers.size() <= HeadImage.MOST_FIELDS) {
      beginByImage(status, headers, epochSecond);
    } else {
      begin(status, headers, framing, length, epochSecond);
    }
    if (framing == BodyFraming.LENGTH) {
      writer.put(MessageFields.CONTENT_LENGTH);
      writer.put(length);
      writer.endLine();
    } else if (framing == BodyFraming.CHUNKED) {
      writer.put(MessageFields.CHUNKED);
    }
    if (status.code() >= 200) {
      writer.put(MessageFields.connection(persistence));
    }
    writer.endLine();
    return writer.writeTo(out);
  }

  private static boolean hasBody(BodyFraming framing) {
    return framing != BodyFraming.NONE && framing != BodyFraming.SWITCHED;
  }

  private void beginByImage(Status status, Headers headers, long epochSecond) {
    int size = headers.size();
    int length = size == 0 ? 0 : headers.value(size - 1).length();
    HeadImage image = images[(status.code() + 5 * size + length) & (IMAGES - 1)];
    if (image.shows(status, headers)) {
      image.writeTo(writer, date, epochSecond);
    } else {
      int dateFrom = begin(status, headers, BodyFraming.LENGTH, -1, epochSecond);
      if (writer.length() <= HeadImage.MOST_BYTES) {
        image.keep(status, headers, writer, dateFrom, epochSecond);
      }
    }
  }

  /**
   * Writes status line and fields, with Date, save what frames a body that there is.
   *
   * @return where the line of Date begins that was added, or {@link HeadImage#UNDATED}
   */
  private int begin(
      Status status, Headers headers, BodyFraming framing, long length, long epochSecond) {
    int code = status.code();
    writer.put(code < STATUS_LINES.length ? STATUS_LINES[code] : statusLine(status));
    boolean bodiless = code < 200 || code == 204 || framing == BodyFraming.SWITCHED;
    boolean lengthTold = bodiless || hasBody(framing);
    boolean dated = code < 200;
    for (int i = 0; i < headers.size(); i++) {
      var name = headers.name(i);
      if (name.equals(HeaderName.TRANSFER_ENCODING)) {
        continue;
      }
      if (name.equals(HeaderName.CONTENT_LENGTH)) {
        if (lengthTold) {
          continue;
        }
        lengthTold = true;
      }
      dated |= name.equals(HeaderName.DATE);
      writer.field(name, headers.value(i));
    }
    int dateFrom = HeadImage.UNDATED;
    if (!dated) {
      dateFrom = writer.length();
      writer.put(date.at(epochSecond));
    }
    if (!lengthTold && length > 0 && code != 304) {
      writer.field(HeaderName.CONTENT_LENGTH, length);
    }
    return dateFrom;
  }
}
