package dev.weir.websocket.session;

import dev.weir.websocket.frame.FrameEncoder;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Control frames on their way out: straight into the sink, or kept here while output is blocked.
 *
 * <p>Holds memory only while it holds frames. A frame is kept as opcode, length and payload; it is
 * masked when it leaves.
 */
final class ControlQueue {

  private static final int PREFIX = 2;
  private static final int LARGEST = PREFIX + 125;

  private final FrameEncoder encoder;
  private final FrameSink sink;
  private @Nullable ByteBuffer kept;

  ControlQueue(FrameEncoder encoder, FrameSink sink) {
    this.encoder = encoder;
    this.sink = sink;
  }

  /** Sends a frame, or keeps a copy of it to be sent by {@link #flush}. */
  void send(int opcode, ByteBuffer payload) {
    if (!sendNow(opcode, payload)) {
      int length = payload.remaining();
      roomFor(PREFIX + length).put((byte) opcode).put((byte) length).put(payload);
    }
  }

  /** Sends a frame if output takes it now, behind all that were kept. */
  boolean sendNow(int opcode, ByteBuffer payload) {
    return flush() && write(opcode, payload, payload.remaining());
  }

  /** Sends what was kept, and tells whether nothing is left. */
  boolean flush() {
    ByteBuffer frames = kept;
    if (frames == null) {
      return true;
    }
    frames.flip();
    while (frames.hasRemaining()) {
      frames.mark();
      int opcode = frames.get();
      int length = frames.get();
      if (!write(opcode, frames, length)) {
        frames.reset().compact();
        return false;
      }
    }
    kept = null;
    return true;
  }

  private boolean write(int opcode, ByteBuffer payload, int length) {
    int bytes = encoder.headerBytes(length) + length;
    ByteBuffer out = sink.lend(bytes, bytes);
    if (out == null) {
      return false;
    }
    encoder.encode(out, true, false, opcode, payload, length);
    return true;
  }

  private ByteBuffer roomFor(int bytes) {
    ByteBuffer frames = kept;
    if (frames == null) {
      frames = ByteBuffer.allocate(LARGEST);
    } else if (frames.remaining() < bytes) {
      int more = Math.max(frames.capacity() * 2, frames.position() + bytes);
      frames = ByteBuffer.allocate(more).put(frames.flip());
    }
    kept = frames;
    return frames;
  }

  boolean isEmpty() {
    return kept == null;
  }

  /** Tells whether any control frame can be kept within {@code limit} bytes. */
  boolean hasRoomWithin(int limit) {
    ByteBuffer frames = kept;
    return frames == null || frames.position() + LARGEST <= limit;
  }

  /** Forgets frames that can no longer be sent. */
  void clear() {
    kept = null;
  }
}
