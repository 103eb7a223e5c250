package dev.weir.http.h2;

import static dev.weir.http.Http2ErrorCode.ENHANCE_YOUR_CALM;

import dev.weir.http.Http2Error;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The way of frames to the carrier, in order. A frame other than DATA always finds room here: if
 * the carrier has none, it waits in a queue that DATA does not overtake. DATA has no room then, and
 * waits with whom it belongs to.
 */
final class Outgoing {
  private static final int LEAST = 256;

  private final Http2Output output;
  private final int limit;

  /** Frames that wait, from position zero to its position; null when there are none. */
  private @Nullable ByteBuffer queue;

  /**
   * @param limit how many bytes may wait when a frame is written that the peer has asked for
   */
  Outgoing(Http2Output output, int limit) {
    this.output = output;
    this.limit = limit;
  }

  /** How many bytes wait for the carrier. */
  int queued() {
    return queue == null ? 0 : queue.position();
  }

  /** Where to write a frame, other than DATA, of at most so many bytes with its header. */
  ByteBuffer frame(int bytes) {
    if (queue == null) {
      var room = output.reserve(bytes);
      if (room != null) {
        return room;
      }
      output.wantWritable();
    }
    return room(bytes);
  }

  /** As {@link #frame}, for one that answers the peer's. */
  ByteBuffer answer(int bytes) {
    checkRead(bytes);
    return frame(bytes);
  }

  /** Checks that the peer reads what it asks for: what waits for it has a limit. */
  void checkRead(int more) {
    if (queued() + more > limit) {
      throw Http2Error.ofConnection(
          ENHANCE_YOUR_CALM,
          "RFC 9113 10.5",
          "the peer does not read what it asks for (limit queuedControlBytes)");
    }
  }

  private ByteBuffer room(int bytes) {
    var waiting = queue;
    if (waiting == null) {
      waiting = ByteBuffer.allocate(Math.max(LEAST, bytes));
    } else if (waiting.remaining() < bytes) {
      int capacity = Math.max(waiting.capacity() * 2, waiting.position() + bytes);
      waiting = ByteBuffer.allocate(capacity).put(waiting.flip());
    }
    queue = waiting;
    return waiting;
  }

  /** Where to write DATA, with room for so many bytes or more; null if it has to wait. */
  @Nullable ByteBuffer data(int least) {
    return queue == null ? output.reserve(least) : null;
  }

  void wantWritable() {
    output.wantWritable();
  }

  void wantDelivery() {
    output.wantDelivery();
  }

  /** Moves what waits to the carrier; false if some of it still waits. */
  boolean drain() {
    var waiting = queue;
    if (waiting == null) {
      return true;
    }
    waiting.flip();
    while (waiting.hasRemaining()) {
      var room = output.reserve(1);
      if (room == null) {
        waiting.compact();
        output.wantWritable();
        return false;
      }
      int piece = Math.min(room.remaining(), waiting.remaining());
      room.put(waiting.slice(waiting.position(), piece));
      waiting.position(waiting.position() + piece);
    }
    queue = null;
    return true;
  }
}
