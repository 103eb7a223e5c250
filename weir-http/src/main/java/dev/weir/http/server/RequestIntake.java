package dev.weir.http.server;

import dev.weir.http.Headers;
import dev.weir.http.HttpError;
import dev.weir.http.HttpLimits;
import dev.weir.http.exchange.Pace;
import dev.weir.http.h1.BodyDecoder;
import dev.weir.http.h1.BodyFraming;
import dev.weir.http.h1.RequestHead;
import dev.weir.http.h1.Role;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The receiving side of one exchange of HTTP/1.1: finds the body of a request among the bytes of
 * the connection and gives it to whoever wants it. What nobody will want is dropped, up to a limit,
 * so that the connection can go on (RFC 9112 9.3).
 */
final class RequestIntake {

  /** What became of the bytes that there were. */
  enum Outcome {
    /** More must come. */
    NEED_MORE,
    /** Nobody wants more now. */
    NOT_WANTED,
    /** The body is over. */
    OVER,
    /** There is more of it than is worth to be read: the connection cannot go on. */
    TOO_MUCH
  }

  private static final Headers NO_FIELDS = Headers.of();

  private final ServerRequest request;
  private final ServerResponse response;

  /** The rest of the body, or {@code null}. */
  private @Nullable BodyDecoder body;

  private int dropped;

  /** How fast the client sends what is wanted. */
  private final Pace pace = new Pace();

  RequestIntake(ServerRequest request, ServerResponse response) {
    this.request = request;
    this.response = response;
  }

  /**
   * Makes it the intake of the request with that head.
   *
   * @throws HttpError 413 if it says that its body is longer than one may be
   */
  void begin(RequestHead head, HttpLimits limits) {
    dropped = 0;
    pace.reset();
    if (head.framing() == BodyFraming.NONE) {
      body = null;
      request.bodyEnded(NO_FIELDS);
    } else {
      body = BodyDecoder.of(Role.SERVER, head.framing(), head.contentLength(), limits);
    }
  }

  Pace pace() {
    return pace;
  }

  /** Whether all of the body has come, or what has not will not be looked at. */
  boolean over() {
    return body == null;
  }

  /** Nothing more is read. */
  void stop() {
    body = null;
  }

  /**
   * Takes what can be taken.
   *
   * @throws HttpError if the framing is malformed or a limit is passed
   */
  Outcome read(ByteBuffer in) {
    while (true) {
      BodyDecoder rest = body;
      if (rest == null) {
        return Outcome.OVER;
      }
      switch (rest.decode(in)) {
        case NEED_MORE -> {
          return Outcome.NEED_MORE;
        }
        case END -> {
          body = null;
          request.bodyEnded(rest.trailers());
          return Outcome.OVER;
        }
        case DATA -> {
          if (response.ended()) {
            drop(rest, in);
            if (dropped > HttpServer.DROPPED_BODY_BYTES) {
              body = null;
              return Outcome.TOO_MUCH;
            }
          } else if (!request.wantsBody() || !give(rest, in)) {
            return Outcome.NOT_WANTED;
          }
        }
      }
    }
  }

  private void drop(BodyDecoder rest, ByteBuffer in) {
    int there = rest.available();
    in.position(in.position() + there);
    rest.consumed(there);
    dropped += there;
    request.bodyDropped();
  }

  /** Gives what lies there to the handler; false if it wants no more for now. */
  private boolean give(BodyDecoder rest, ByteBuffer in) {
    int start = in.position();
    int limit = in.limit();
    in.limit(start + rest.available());
    request.data(in);
    in.limit(limit);
    rest.consumed(in.position() - start);
    return request.wantsBody() || response.ended();
  }

  /**
   * The client ends its direction.
   *
   * @throws HttpError if the body is not complete (RFC 9112 8)
   */
  void endOfInput() {
    BodyDecoder rest = body;
    if (rest != null) {
      rest.endOfInput();
    }
  }
}
