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
   * Sends as much as output takes, compressed if that was agreed on and is worthwhile.
   *
   * @return whether that was all of it
   */
  boolean send(int opcode, ByteBuffer payload, boolean last) {
    if (underWay == Opcode.CONTINUATION) {
      if (!payload.hasRemaining() && !last) {
        return true;
      }
      compressed = deflater != null && isWorthwhile(payload, last);
    } else {
      requireSame(opcode);
    }
    MessageDeflater compressor = deflater;
    if (compressor != null && compressed) {
      return sendCompressed(compressor, opcode, payload, last);
    }
    return sendAsIs(opcode, payload, last, false);
  }

  /**
   * Sends as much as output takes of a whole message.
   *
   * @param alreadyCompressed whether the payload is compressed, by itself; the peer's history then
   *     has what the deflater's has not, which so starts anew
   * @return whether that was all of it
   */
  boolean sendEncoded(int opcode, ByteBuffer payload, boolean alreadyCompressed) {
    if (isWithinMessage()) {
      requireSame(opcode);
    } else if (alreadyCompressed) {
      release();
    }
    return sendAsIs(opcode, payload, true, alreadyCompressed);
  }

  private void requireSame(int opcode) {
    if (underWay != opcode) {
      throw new IllegalStateException("a message of the other type is not finished");
    }
  }

  private boolean isWorthwhile(ByteBuffer payload, boolean last) {
    return payload.hasRemaining() && (!last || payload.remaining() >= leastCompressed);
  }

  private boolean sendAsIs(int opcode, ByteBuffer payload, boolean last, boolean rsv1) {
    do {
      int wanted = payload.remaining();
      ByteBuffer out = lend(Math.min(wanted, LEAST_PIECE), wanted);
      if (out == null) {
        return false;
      }
      int length = encoder.fit(out.remaining(), wanted);
      boolean fin = last && length == wanted;
      boolean first = !isWithinMessage();
      encoder.encode(out, fin, rsv1 && first, frameOpcode(opcode), payload, length);
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
