package dev.weir.http.h1;

import dev.weir.http.Headers;
import dev.weir.http.HttpError;
import dev.weir.http.HttpLimits;
import java.nio.ByteBuffer;

/**
 * Finds the bytes of one message body among those of the connection, without copying them.
 *
 * <p>{@link #decode} moves the position of the buffer over framing to the next body bytes and says
 * that {@link #available} of them lie there. The caller takes as many as it likes, moves the
 * position over those, reports them by {@link #consumed}, and decodes again; what it leaves, it
 * presents again.
 *
 * <pre>{@code
 * while (true) {
 *   switch (body.decode(in)) {
 *     case NEED_MORE -> { return; }                    // the carrier keeps what is left of in
 *     case END -> { exchange.requestEnded(body.trailers()); return; }
 *     case DATA -> {
 *       int taken = handler.body(in.slice(in.position(), body.available()));
 *       in.position(in.position() + taken);
 *       body.consumed(taken);
 *       if (taken == 0) return;                        // paused
 *     }
 *   }
 * }
 * }</pre>
 */
public sealed interface BodyDecoder permits LengthDecoder, ChunkedDecoder, UntilCloseDecoder {
  /** What was found. */
  enum Event {
    /** Nothing yet: more bytes are needed. */
    NEED_MORE,
    /** Body bytes at the position of the buffer. */
    DATA,
    /** The body is over; what follows is of the next message. */
    END
  }

  /**
   * A decoder for one body.
   *
   * @param framing of the head
   * @param contentLength of the head
   * @throws HttpError 413 if the length passes {@link HttpLimits#bodyBytes}
   */
  static BodyDecoder of(Role role, BodyFraming framing, long contentLength, HttpLimits limits) {
    return switch (framing) {
      case NONE, SWITCHED -> LengthDecoder.EMPTY;
      case LENGTH -> new LengthDecoder(role, contentLength, limits.bodyBytes());
      case CHUNKED -> new ChunkedDecoder(role, limits);
      case UNTIL_CLOSE -> new UntilCloseDecoder(role, limits.bodyBytes());
    };
  }

  /**
   * Looks at the bytes from the position of {@code in} on.
   *
   * @throws HttpError if the framing is malformed (400) or a limit is passed (413, 431)
   */
  Event decode(ByteBuffer in);

  /** After DATA: how many body bytes lie at the position. */
  int available();

  /** Takes note that the caller moved the position over so many body bytes. */
  void consumed(int bytes);

  /**
   * The peer has ended its direction of the connection.
   *
   * @throws HttpError if the body was not complete (RFC 9112 8); else {@link #decode} now says END
   */
  void endOfInput();

  /** After END: the fields of the trailer section, mostly none (RFC 9110 6.5). */
  default Headers trailers() {
    return Headers.create();
  }
}
