package dev.weir.websocket.session;

import dev.weir.websocket.deflate.MessageDeflater;
import dev.weir.websocket.frame.FrameEncoder;
import dev.weir.websocket.frame.Opcode;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Sends messages, as many frames as output's room makes of them (RFC 6455 5.4).
 *
 * <p>A frame is written whole or not at all. So a control frame never waits for more than a frame
 * to end, and nothing is kept between calls but whether a message is under way.
 */
final class MessageSender {

  /** A message is not cut into frames with less payload than this. */
  private static final int LEAST_PIECE = 512;

  /** Frames that are compressed in place have their length in two bytes. */
  private static final int MOST_COMPRESSED = 0xFFFF;

  private final FrameEncoder encoder;
  private final FrameSink sink;
  private final @Nullable MessageDeflater deflater;
  private final int leastCompressed;
  private int underWay = Opcode.CONTINUATION;
  private boolean compressed;

  MessageSender(
      FrameEncoder encoder,
      FrameSink sink,
      @Nullable MessageDeflater deflater,
      int leastCompressed) {
    this.encoder = encoder;
    this.sink = sink;
    this.deflater = deflater;
    this.leastCompressed = leastCompressed;
  }

  /**
   * Sends as much as output takes.
   *
   * @param compressible whether the message may be compressed; counts when it starts
   * @return whether that was all of it
   */
  boolean send(int opcode, ByteBuffer payload, boolean last, boolean compressible) {
    if (underWay == Opcode.CONTINUATION) {
      if (!payload.hasRemaining() && !last) {
        return true;
      }
      compressed = compressible && deflater != null && isWorthwhile(payload, last);
    } else if (underWay != opcode) {
      throw new IllegalStateException("a message of the other type is not finished");
    }
    MessageDeflater compressor = deflater;
    if (compressor != null && compressed) {
      return sendCompressed(compressor, opcode, payload, last);
    }
    return sendPlain(opcode, payload, last);
  }

  private boolean isWorthwhile(ByteBuffer payload, boolean last) {
    return payload.hasRemaining() && (!last || payload.remaining() >= leastCompressed);
  }

  private boolean sendPlain(int opcode, ByteBuffer payload, boolean last) {
    do {
      int wanted = payload.remaining();
      ByteBuffer out = lend(Math.min(wanted, LEAST_PIECE), wanted);
      if (out == null) {
        return false;
      }
      int length = encoder.fit(out.remaining(), wanted);
      boolean fin = last && length == wanted;
      encoder.encode(out, fin, false, frameOpcode(opcode), payload, length);
      underWay = fin ? Opcode.CONTINUATION : opcode;
    } while (payload.hasRemaining());
    return true;
  }

  private boolean sendCompressed(
      MessageDeflater compressor, int opcode, ByteBuffer payload, boolean last) {
    boolean done;
    do {
      ByteBuffer out = lend(LEAST_PIECE, Math.max(LEAST_PIECE, payload.remaining()));
      if (out == null) {
        return false;
      }
      int start = out.position();
      int limit = out.limit();
      int body = start + encoder.headerBytes(MOST_COMPRESSED);
      out.position(body).limit((int) Math.min(limit, (long) body + MOST_COMPRESSED));
      done = compressor.deflate(payload, last, out);
      int length = out.position() - body;
      int place = start + encoder.headerBytes(length);
      if (place != body) {
        out.put(place, out, body, length);
      }
      out.position(start).limit(limit);
      boolean fin = done && last;
      boolean first = underWay == Opcode.CONTINUATION;
      encoder.enclose(out, fin, first, frameOpcode(opcode), length);
      underWay = fin ? Opcode.CONTINUATION : opcode;
    } while (!done);
    return true;
  }

  private @Nullable ByteBuffer lend(int needed, int wished) {
    int most = Integer.MAX_VALUE - FrameEncoder.MAX_HEADER;
    return sink.lend(
        FrameEncoder.MAX_HEADER + needed, FrameEncoder.MAX_HEADER + Math.min(wished, most));
  }

  private int frameOpcode(int opcode) {
    return underWay == Opcode.CONTINUATION ? opcode : Opcode.CONTINUATION;
  }

  /** Gives back what only a message under way or history needs. */
  void release() {
    if (deflater != null) {
      deflater.release();
    }
  }

  /** Tells whether a message is under way. */
  boolean isWithinMessage() {
    return underWay != Opcode.CONTINUATION;
  }
}
