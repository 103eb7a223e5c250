package dev.weir.http.h2;

import static dev.weir.http.Http2ErrorCode.FLOW_CONTROL_ERROR;

import dev.weir.http.Http2Error;
import java.nio.ByteBuffer;

/**
 * Sends DATA: within the windows of stream and connection (RFC 9113 5.2), into the room that the
 * carrier has, each stream in its turn. Nothing is queued: what cannot be sent stays with the
 * stream's handler, which is told when its turn has come.
 */
final class SendFlow {

  /** How many bytes a stream sends before it is another's turn. */
  static final int QUANTUM = 16_384;

  /** How many turns are given before the carrier's other work has one. */
  private static final int TURNS = 32;

  /** DATA is not cut into pieces smaller than this for want of room. */
  private static final int LEAST_PIECE = 1024;

  private final Outgoing out;
  private final FlowWindow window = new FlowWindow(FlowWindow.INITIAL);
  private final SendScheduler waiting = new SendScheduler();
  private int framesSent;
  private long sent;

  SendFlow(Outgoing out) {
    this.out = out;
  }

  /**
   * Sends bytes of a stream that may send.
   *
   * @param last whether the stream ends behind them
   * @return whether the stream has ended
   */
  boolean data(Http2Stream stream, ByteBuffer bytes, boolean last) {
    while (bytes.hasRemaining() || last) {
      if (stream.quantum <= 0 && waiting.isEmpty()) {
        stream.quantum = QUANTUM;
      }
      int credit = Math.min(stream.sendWindow().size(), window.size());
      int most = Math.max(0, Math.min(bytes.remaining(), Math.min(credit, stream.quantum)));
      if (most == 0 && bytes.hasRemaining()) {
        return false;
      }
      var room = out.data(FrameType.HEADER_BYTES + Math.min(most, LEAST_PIECE));
      if (room == null) {
        return false;
      }
      int piece = Math.min(most, room.remaining() - FrameType.HEADER_BYTES);
      boolean end = last && piece == bytes.remaining();
      begin(room, stream, piece, end);
      int limit = bytes.limit();
      room.put(bytes.limit(bytes.position() + piece));
      bytes.limit(limit);
      if (end) {
        return true;
      }
    }
    return false;
  }

  /**
   * Sends a short array of a stream that may send, in one frame.
   *
   * @return false if it is too long for that or there is no room now; nothing is sent then
   */
  boolean piece(Http2Stream stream, byte[] bytes, boolean last) {
    int length = bytes.length;
    int credit = Math.min(stream.sendWindow().size(), window.size());
    if (length > LEAST_PIECE || length > Math.min(credit, stream.quantum)) {
      return false;
    }
    var room = out.data(FrameType.HEADER_BYTES + length);
    if (room == null) {
      return false;
    }
    begin(room, stream, length, last);
    room.put(bytes);
    return true;
  }

  private void begin(ByteBuffer room, Http2Stream stream, int length, boolean end) {
    FrameWriter.header(room, length, FrameType.DATA, end ? FrameType.END_STREAM : 0, stream.id());
    stream.sendWindow().spend(length);
    window.spend(length);
    stream.quantum -= length;
    framesSent++;
    sent += length;
  }

  /** How many DATA frames were sent since this was asked last. */
  int takeFramesSent() {
    int sent = framesSent;
    framesSent = 0;
    return sent;
  }

  /** Bytes that were sent so far. */
  long sent() {
    return sent;
  }

  /** Has a stream that wants to send told when it can. */
  void lineUp(Http2Stream stream) {
    if (stream.wantsWritable() && stream.sendWindow().size() > 0) {
      waiting.add(stream);
      out.wantWritable();
    }
  }

  void remove(Http2Stream stream) {
    waiting.remove(stream);
  }

  /** Gives a stream another place among those that wait (RFC 9218 7). */
  void prioritise(Http2Stream stream, Priority priority) {
    boolean waits = stream.queued;
    waiting.remove(stream);
    stream.priority(priority);
    if (waits) {
      waiting.add(stream);
    }
  }

  /** The peer takes more on the connection (RFC 9113 6.9). */
  void widen(int increment) {
    if (!window.add(increment)) {
      throw Http2Error.ofConnection(
          FLOW_CONTROL_ERROR, "RFC 9113 6.9.1", "the connection's window passes 2^31-1");
    }
    if (!waiting.isEmpty()) {
      out.wantWritable();
    }
  }

  /** The peer takes more on a stream. */
  void widen(Http2Stream stream, int increment) {
    if (!stream.sendWindow().add(increment)) {
      throw Http2Error.ofStream(
          stream.id(), FLOW_CONTROL_ERROR, "RFC 9113 6.9.1", "the stream's window passes 2^31-1");
    }
    lineUp(stream);
  }

  /** SETTINGS change the window that every stream began with (RFC 9113 6.9.2). */
  void change(Http2Stream stream, int difference) {
    if (!stream.sendWindow().add(difference)) {
      throw Http2Error.ofConnection(
          FLOW_CONTROL_ERROR, "RFC 9113 6.9.2", "SETTINGS make a window pass 2^31-1");
    }
    lineUp(stream);
  }

  /** The carrier has room: gives the streams that wait their turns. */
  void writable() {
    if (!out.drain()) {
      return;
    }
    for (int turns = 0; !waiting.isEmpty() && window.size() > 0; turns++) {
      if (turns == TURNS || out.data(FrameType.HEADER_BYTES + LEAST_PIECE) == null) {
        out.wantWritable();
        return;
      }
      var stream = waiting.poll();
      if (stream != null && stream.sendWindow().size() > 0) {
        stream.turn();
      }
    }
  }
}
