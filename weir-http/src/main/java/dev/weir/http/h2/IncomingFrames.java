package dev.weir.http.h2;

import static dev.weir.http.Http2ErrorCode.PROTOCOL_ERROR;
import static dev.weir.http.Http2ErrorCode.REFUSED_STREAM;
import static dev.weir.http.Http2ErrorCode.STREAM_CLOSED;

import dev.weir.http.Http2Error;
import dev.weir.http.Http2ErrorCode;
import dev.weir.http.Http2Limits;
import dev.weir.http.Method;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * What each frame means for the connection and its streams (RFC 9113 6, 8.1), and what a peer may
 * cause by frames that carry nothing (RFC 9113 10.5).
 */
final class IncomingFrames implements FrameHandler {
  private final Http2Session session;
  private final boolean server;
  private final Http2Limits limits;
  private final Outgoing out;
  private final Streams streams;
  private final Budget resets;
  private final Budget idleFrames;

  /** The stream of the DATA frame that is being read, or null if nobody wants it. */
  private @Nullable Http2Stream dataStream;

  private boolean dataEndsStream;

  /** What the DATA frame took of the windows and has not been given to its stream. */
  private int dataUngiven;

  IncomingFrames(Http2Session session, boolean server, Http2Limits limits, Outgoing out) {
    this.session = session;
    this.server = server;
    this.limits = limits;
    this.out = out;
    this.streams = session.streams;
    this.resets = new Budget(limits.resets(), limits.resetsPerSecond());
    this.idleFrames = new Budget(limits.idleFrames(), limits.idleFramesPerSecond());
  }

  // ---- DATA

  @Override
  public void dataBegins(int id, int flowLength, int contentLength, boolean endStream) {
    dataStream = null;
    dataEndsStream = endStream;
    dataUngiven = flowLength;
    if (contentLength == 0 && !endStream) {
      idle("empty DATA frames");
    }
    session.receiving.received(flowLength);
    var stream = streams.get(id);
    if (stream == null) {
      checkOnItsWay(id, "DATA");
      return;
    }
    checkNotEnded(stream, "DATA");
    if (!stream.hasFinalHead()) {
      throw Http2Error.ofStream(
          id, PROTOCOL_ERROR, "RFC 9113 8.1", "DATA before the head of the final response");
    }
    session.receiving.received(stream, flowLength);
    dataStream = stream;
  }

  @Override
  public void data(ByteBuffer bytes) {
    var stream = dataStream;
    if (stream != null && !stream.isClosed()) {
      dataUngiven -= bytes.remaining();
      stream.received(bytes);
    }
  }

  @Override
  public void dataEnds() {
    var stream = dataStream;
    dataStream = null;
    if (stream == null || stream.isClosed()) {
      session.receiving.consumed(dataUngiven);
      return;
    }
    session.receiving.consumed(stream, dataUngiven);
    if (dataEndsStream) {
      session.peerEnds(stream, null);
    }
  }

  // ---- field sections

  @Override
  public void headers(int id, ByteBuffer block, boolean endStream) {
    var stream = streams.get(id);
    var head = session.decode(block, kind(stream), endStream);
    if (stream != null) {
      checkNotEnded(stream, "HEADERS");
      head.check(id);
      if (stream.hasFinalHead()) {
        trailers(stream, head, endStream);
      } else {
        response(stream, head, endStream);
      }
    } else if (server && streams.isNextOfPeer(id) && session.farewell.answers(id)) {
      request(id, head, endStream);
    } else {
      idle("HEADERS frames for streams that were reset");
      checkOnItsWay(id, "HEADERS");
    }
  }

  private Http2Head.Kind kind(@Nullable Http2Stream stream) {
    if (stream != null && stream.hasFinalHead()) {
      return Http2Head.Kind.TRAILERS;
    }
    return server ? Http2Head.Kind.REQUEST : Http2Head.Kind.RESPONSE;
  }

  private void request(int id, Http2Head head, boolean endStream) {
    out.checkRead(0);
    streams.peerOpens(id);
    if (streams.count() >= limits.concurrentStreams()) {
      throw Http2Error.ofStream(
          id,
          REFUSED_STREAM,
          "RFC 9113 5.1.2",
          "more than %d streams at once (limit concurrentStreams)"
              .formatted(limits.concurrentStreams()));
    }
    head.check(id);
    session.peerOpens(id, head, endStream);
  }

  private void response(Http2Stream stream, Http2Head head, boolean endStream) {
    boolean interim = head.status().informational();
    if (interim && endStream) {
      throw Http2Error.ofStream(
          stream.id(), PROTOCOL_ERROR, "RFC 9113 8.1", "an interim response ends the stream");
    }
    if (!interim) {
      boolean bodiless = stream.method().equals(Method.HEAD) || !head.status().allowsBody();
      stream.finalHead(bodiless ? 0 : head.declaredLength());
    }
    stream.response(head);
    if (endStream && !stream.isClosed()) {
      session.peerEnds(stream, null);
    }
  }

  private void trailers(Http2Stream stream, Http2Head head, boolean endStream) {
    if (!endStream) {
      throw Http2Error.ofStream(
          stream.id(), PROTOCOL_ERROR, "RFC 9113 8.1", "trailers that do not end the stream");
    }
    session.peerEnds(stream, head.headers());
  }

  // ---- streams

  @Override
  public void priority(int id) {
    idle("PRIORITY frames");
  }

  @Override
  public void priorityUpdate(int id, ByteBuffer value) {
    idle("PRIORITY_UPDATE frames");
    if (!server || id == 0) {
      throw Http2Error.ofConnection(
          PROTOCOL_ERROR,
          "RFC 9218 7.1",
          server ? "PRIORITY_UPDATE for stream 0" : "PRIORITY_UPDATE from a server");
    }
    var stream = streams.get(id);
    if (stream != null) {
      session.sending.prioritise(stream, Priority.parse(StandardCharsets.US_ASCII.decode(value)));
    }
  }

  @Override
  public void reset(int id, int code) {
    var stream = streams.get(id);
    if (stream == null) {
      idle("RST_STREAM frames for closed streams");
      checkBegun(id, "RST_STREAM");
      return;
    }
    if (server) {
      resets.spend(session.now(), "streams that were opened and reset", "resets");
    }
    var error = Http2ErrorCode.of(code);
    if (!server && error == Http2ErrorCode.NO_ERROR && stream.peerHasEnded()) {
      session.restUnwanted(stream);
      return;
    }
    session.ends(
        stream,
        Http2Error.ofStream(id, error, "", "the peer has reset the stream"),
        error == REFUSED_STREAM);
  }

  @Override
  public void windowUpdate(int id, int increment) {
    idleFrames.earn(session.sending.takeFramesSent() * 2);
    idle("WINDOW_UPDATE frames");
    if (id == 0) {
      session.sending.widen(increment);
      return;
    }
    var stream = streams.get(id);
    if (stream == null) {
      checkBegun(id, "WINDOW_UPDATE");
    } else {
      session.sending.widen(stream, increment);
    }
  }

  /**
   * Checks that what came for a stream that is not there was on its way when this side reset it, or
   * said that it would not answer it (RFC 9113 6.8).
   */
  private void checkOnItsWay(int id, String frame) {
    if (!cameTooLate(id)) {
      streams.checkWasReset(id, frame);
    }
  }

  private void checkBegun(int id, String frame) {
    if (!cameTooLate(id)) {
      streams.checkNotIdle(id, frame);
    }
  }

  private boolean cameTooLate(int id) {
    return server && streams.isPeers(id) && !session.farewell.answers(id);
  }

  private static void checkNotEnded(Http2Stream stream, String frame) {
    if (stream.peerHasEnded()) {
      throw Http2Error.ofStream(
          stream.id(), STREAM_CLOSED, "RFC 9113 5.1", frame + " after END_STREAM");
    }
  }

  // ---- the connection

  @Override
  public void settings(ByteBuffer pairs) {
    idle("SETTINGS frames");
    session.peerSettings(pairs);
  }

  @Override
  public void settingsAcknowledged() {
    idle("SETTINGS frames");
    session.settingsAreAcknowledged();
  }

  @Override
  public void ping(long opaque) {
    idle("PING frames");
    FrameWriter.ping(out.answer(FrameType.HEADER_BYTES + 8), true, opaque);
  }

  @Override
  public void pingAcknowledged(long opaque) {
    if (session.pings.acknowledged()) {
      session.pong(opaque);
    } else {
      idle("acknowledgments of no PING");
    }
  }

  @Override
  public void goAway(int lastStream, int code, ByteBuffer debugData) {
    idle("GOAWAY frames");
    session.peerGoesAway(
        lastStream, Http2ErrorCode.of(code), StandardCharsets.UTF_8.decode(debugData).toString());
  }

  @Override
  public void unknown(int type) {
    idle("frames of unknown types");
  }

  private void idle(String what) {
    idleFrames.spend(session.now(), what, "idleFrames");
  }
}
