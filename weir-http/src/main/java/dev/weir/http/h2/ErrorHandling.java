package dev.weir.http.h2;

import dev.weir.http.Http2Error;
import dev.weir.http.Http2Limits;
import java.nio.charset.StandardCharsets;

/**
 * What errors lead to (RFC 9113 5.4): one of a stream to RST_STREAM, so often as the peer may cause
 * that, one of the connection to GOAWAY.
 */
final class ErrorHandling {
  private final Http2Session session;
  private final Outgoing out;
  private final Http2Events events;
  private final Budget provokedResets;

  ErrorHandling(Http2Session session, Http2Limits limits, Outgoing out, Http2Events events) {
    this.session = session;
    this.out = out;
    this.events = events;
    this.provokedResets = new Budget(limits.provokedResets(), limits.provokedResetsPerSecond());
  }

  /** Ends what the error concerns. */
  void handle(Http2Error error) {
    if (error.isOfConnection()) {
      session.fail(error);
    } else {
      ofStream(error);
    }
  }

  /** Ends the stream that the error names (RFC 9113 5.4.2). */
  private void ofStream(Http2Error error) {
    int id = error.streamId();
    if (session.streams.isIdle(id)) {
      // RFC 9113 6.4: RST_STREAM cannot name an idle stream.
      session.fail(
          Http2Error.ofConnection(
              error.error(), error.reference(), "on an idle stream: " + error.getMessage()));
      return;
    }
    var stream = session.streams.get(id);
    try {
      provokedResets.spend(session.now(), "streams that the peer has us reset", "provokedResets");
      session.streams.reset(id);
      FrameWriter.reset(out.answer(FrameType.HEADER_BYTES + 4), id, error.error().code());
    } catch (Http2Error worse) {
      session.fail(worse);
      return;
    }
    if (stream != null) {
      session.ends(stream, error, false);
    }
    events.streamError(error);
  }

  /** Tells the peer why the connection is broken off (RFC 9113 5.4.1). */
  void goAway(Http2Error why) {
    var text = String.valueOf(why.getMessage()).getBytes(StandardCharsets.UTF_8);
    FrameWriter.goAway(
        out.frame(FrameType.HEADER_BYTES + 8 + text.length),
        session.farewell.last(session.streams.lastPeer()),
        why.error().code(),
        text);
  }
}
