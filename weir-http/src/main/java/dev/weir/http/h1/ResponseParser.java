package dev.weir.http.h1;

import dev.weir.http.HttpError;
import dev.weir.http.HttpLimits;
import dev.weir.http.Method;
import java.nio.ByteBuffer;

/**
 * Reads the heads of responses from the bytes of one connection (RFC 9112 2 to 6). It keeps a few
 * numbers between calls, never bytes.
 *
 * <p>After an {@link HttpError} the parser must not be used again: close the connection.
 */
public final class ResponseParser {
  private final HeadReader<ResponseHead> reader;

  /** A parser for one connection. */
  public ResponseParser(HttpLimits limits) {
    reader = new HeadReader<>(Role.CLIENT, limits, new StatusLine(limits), 0);
  }

  /**
   * Reads a head from the position of {@code in} on; interim responses (1xx) are heads like others.
   *
   * <p>If it is there as a whole, the position moves behind it, to the body. If not, the position
   * stays: call again with the same bytes and more behind them. The bytes are not referred to
   * afterwards.
   *
   * @param head filled if the answer is true, else in no defined state
   * @param request the method of the request that this answers, which decides about the body
   * @return whether the head was complete
   * @throws HttpError if the response must be refused (502, as a gateway would say)
   */
  public boolean parse(ByteBuffer in, ResponseHead head, Method request) {
    if (!reader.read(in, head, head.fields)) {
      return false;
    }
    frame(head, request);
    int options = ConnectionOptions.read(head.fields);
    head.keepAlive =
        head.framing != BodyFraming.UNTIL_CLOSE
            && head.framing != BodyFraming.SWITCHED
            && ConnectionOptions.persists(options, head.version);
    return true;
  }

  /** The rules of RFC 9112 6.3, in their order. */
  private static void frame(ResponseHead head, Method request) {
    int code = head.status.code();
    head.contentLength = 0;
    if (code == 101 || (request.equals(Method.CONNECT) && head.status.successful())) {
      head.framing = BodyFraming.SWITCHED;
    } else if (request.equals(Method.HEAD) || code < 200 || code == 204 || code == 304) {
      head.framing = BodyFraming.NONE;
    } else if (FramingFields.chunked(Role.CLIENT, head.fields, head.version)) {
      head.framing = BodyFraming.CHUNKED;
      head.contentLength = FramingFields.NO_LENGTH;
    } else {
      head.contentLength = FramingFields.contentLength(Role.CLIENT, head.fields);
      if (head.contentLength == FramingFields.NO_LENGTH) {
        head.framing = BodyFraming.UNTIL_CLOSE;
      } else {
        head.framing = head.contentLength > 0 ? BodyFraming.LENGTH : BodyFraming.NONE;
      }
    }
  }
}
