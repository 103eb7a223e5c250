package dev.weir.http.h2;

import dev.weir.http.Http2Error;
import dev.weir.http.Http2ErrorCode;

/** Is told what concerns a connection as a whole: the role that runs the session. */
public interface Http2Events {

  /**
   * Storage for the field section that comes now. That of a request which is given to nobody, since
   * its stream is refused, may be lent again for the next.
   */
  Http2Head head(Http2Head.Kind kind);

  /**
   * A request has come, well-formed as far as HTTP/2 goes. The stream has no handler yet and is
   * given one by this method; the head is the role's from now on.
   */
  default void request(Http2Stream stream, Http2Head head) {
    throw new IllegalStateException("a client was sent a request");
  }

  /** The peer's settings have come, or have changed. */
  default void settings() {}

  /** A stream has closed: one more may be opened. */
  default void streamClosed() {}

  /** A PING of {@link Http2Session#ping} was answered. */
  default void pong(long opaque) {}

  /** The peer opens no streams, and answers none that are later than {@code lastStreamId}. */
  default void goAway(int lastStreamId, Http2ErrorCode code, String debug) {}

  /** A stream was reset because of what the peer did to it; its handler was told. */
  default void streamError(Http2Error why) {}

  /** All streams have ended after {@link Http2Session#drain} or after the peer's GOAWAY. */
  void drained();

  /** The connection is broken; GOAWAY has been written, and all streams were told. */
  void failed(Http2Error why);
}
