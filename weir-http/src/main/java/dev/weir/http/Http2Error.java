package dev.weir.http;

import dev.weir.stream.WeirException;

/**
 * A breach of HTTP/2, of one stream or of the connection as a whole (RFC 9113 5.4), by the peer or
 * told by the peer.
 *
 * <p>A stream error ends its stream by RST_STREAM and leaves the others alone. A connection error
 * ends them all: GOAWAY with the code is sent, and the connection is closed.
 *
 * <p>It is made for every malformed frame that a hostile peer cares to send, so it carries no stack
 * trace; the section says more.
 */
public final class Http2Error extends WeirException {
  private static final long serialVersionUID = 1L;

  private final Http2ErrorCode error;
  private final int streamId;

  private Http2Error(Http2ErrorCode error, int streamId, String section, String message) {
    super("http/2", error.code(), section, message);
    this.error = error;
    this.streamId = streamId;
  }

  /** An error of the connection (RFC 9113 5.4.1). */
  public static Http2Error ofConnection(Http2ErrorCode error, String section, String what) {
    return new Http2Error(error, 0, section, text(error, "connection", what, section));
  }

  /** An error of one stream (RFC 9113 5.4.2). */
  public static Http2Error ofStream(
      int streamId, Http2ErrorCode error, String section, String what) {
    return new Http2Error(
        error, streamId, section, text(error, "stream " + streamId, what, section));
  }

  private static String text(Http2ErrorCode error, String scope, String what, String section) {
    var source = section.isEmpty() ? "" : " (" + section + ")";
    return error + " on " + scope + ": " + what + source;
  }

  /** The code (RFC 9113 7). */
  public Http2ErrorCode error() {
    return error;
  }

  /** The stream that is at fault, or 0 for the connection. */
  public int streamId() {
    return streamId;
  }

  /** Whether the connection as a whole is at fault. */
  public boolean isOfConnection() {
    return streamId == 0;
  }
}
