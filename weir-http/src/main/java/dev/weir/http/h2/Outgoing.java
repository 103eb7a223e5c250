package dev.weir.http.h2;

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

  /** Frames that wait, from position zero to its position; null when there are none. */
  private @Nullable ByteBuffer queue;

  Outgoing(Http2Output output) {
    this.output = output;
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
