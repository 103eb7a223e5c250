package dev.weir.http.h2;

import static dev.weir.http.Http2ErrorCode.NO_ERROR;
import static dev.weir.http.Http2ErrorCode.PROTOCOL_ERROR;

import dev.weir.http.Http2Error;

/**
 * GOAWAY both ways (RFC 9113 6.8). A server takes leave in two steps: it announces that it is going
 * to, and when the client has had the time to hear that, as a PING tells, which stream was the
 * last. So no request that was on its way is lost.
 */
final class Farewell {

  /** The opaque value of the PING between the two steps. */
  static final long PING = -2;

  private static final byte[] NO_DEBUG_DATA = {};

  private final boolean server;
  private final Outgoing out;
  private final Pings pings;

  /** This side wants to end. */
  private boolean begun;

  /** The last stream of the peer that will be answered. */
  private int lastAnswered = Integer.MAX_VALUE;

  private boolean peerHasBegun;

  /** The last stream of ours that the peer will answer. */
  private int lastAnsweredByPeer = Integer.MAX_VALUE;

  Farewell(boolean server, Outgoing out, Pings pings) {
    this.server = server;
    this.out = out;
    this.pings = pings;
  }

  /** Announces the end. */
  void begin() {
    begun = true;
    if (server) {
      goAway(Integer.MAX_VALUE);
      pings.send(PING);
    }
  }

  /** The peer has heard it. */
  void heard(int lastStream) {
    if (begun && lastAnswered == Integer.MAX_VALUE) {
      lastAnswered = lastStream;
      goAway(lastStream);
    }
  }

  private void goAway(int lastStream) {
    FrameWriter.goAway(
        out.frame(FrameType.HEADER_BYTES + 8), lastStream, NO_ERROR.code(), NO_DEBUG_DATA);
  }

  /** The peer's GOAWAY has come. */
  void peerBegins(int lastStream) {
    if (lastStream > lastAnsweredByPeer) {
      throw Http2Error.ofConnection(
          PROTOCOL_ERROR, "RFC 9113 6.8", "a GOAWAY that takes an earlier one back");
    }
    lastAnsweredByPeer = lastStream;
    peerHasBegun = true;
  }

  boolean hasBegun() {
    return begun;
  }

  /** Whether this side answers a stream that the peer opens now. */
  boolean answers(int id) {
    return id <= lastAnswered;
  }

  /** The last stream to name when the connection breaks: none later than was named before. */
  int last(int lastStream) {
    return Math.min(lastStream, lastAnswered);
  }

  /** Whether this side may open streams. */
  boolean allowsRequests() {
    return !begun && !peerHasBegun;
  }

  /** Whether the connection is over as soon as it has no streams. */
  boolean isComplete() {
    return peerHasBegun || (begun && (!server || lastAnswered != Integer.MAX_VALUE));
  }
}
