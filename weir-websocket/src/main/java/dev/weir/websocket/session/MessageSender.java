package dev.weir.websocket.session;

import dev.weir.websocket.frame.FrameEncoder;
import dev.weir.websocket.frame.Opcode;
import java.nio.ByteBuffer;

/**
 * Sends messages, as many frames as output's room makes of them (RFC 6455 5.4).
 *
 * <p>A frame is written whole or not at all. So a control frame never waits for more than a frame
 * to end, and nothing is kept between calls but whether a message is under way.
 */
final class MessageSender {

  /** A message is not cut into frames with less payload than this. */
  private static final int LEAST_PIECE = 512;

  private final FrameEncoder encoder;
  private final FrameSink sink;
  private int underWay = Opcode.CONTINUATION;

  MessageSender(FrameEncoder encoder, FrameSink sink) {
    this.encoder = encoder;
    this.sink = sink;
  }

  /**
   * Sends as much as output takes.
   *
   * @return whether that was all of it
   */
  boolean send(int opcode, ByteBuffer payload, boolean last) {
    if (underWay != Opcode.CONTINUATION && underWay != opcode) {
      throw new IllegalStateException("a message of the other type is not finished");
    }
    do {
      int wanted = payload.remaining();
      int needed = FrameEncoder.MAX_HEADER + Math.min(wanted, LEAST_PIECE);
      int wished = (int) Math.min((long) FrameEncoder.MAX_HEADER + wanted, Integer.MAX_VALUE);
      ByteBuffer out = sink.lend(needed, wished);
      if (out == null) {
        return false;
      }
      int length = encoder.fit(out.remaining(), wanted);
      boolean fin = last && length == wanted;
      int frame = underWay == Opcode.CONTINUATION ? opcode : Opcode.CONTINUATION;
      encoder.encode(out, fin, false, frame, payload, length);
      underWay = fin ? Opcode.CONTINUATION : opcode;
    } while (payload.hasRemaining());
    return true;
  }
}
