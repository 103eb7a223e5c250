package dev.weir.websocket.session;

import dev.weir.websocket.deflate.MessageInflater;
import dev.weir.websocket.frame.FrameParser;
import dev.weir.websocket.frame.Opcode;
import java.nio.ByteBuffer;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Takes the payload of data frames to the receiver of messages, inflated where it must be. */
final class InboundMessages {

  private final FrameParser parser;
  private final MessageReceiver receiver;
  private final @Nullable MessageInflater inflater;
  private final BooleanSupplier wantsInput;
  private boolean compressed;
  private boolean draining;

  InboundMessages(
      FrameParser parser,
      MessageReceiver receiver,
      @Nullable MessageInflater inflater,
      BooleanSupplier wantsInput) {
    this.parser = parser;
    this.receiver = receiver;
    this.inflater = inflater;
    this.wantsInput = wantsInput;
  }

  /** A header was read. */
  void beginFrame() {
    if (parser.isFirstOfMessage()) {
      compressed = parser.isRsv1();
      receiver.begin(parser.opcode() == Opcode.TEXT);
      if (compressed && inflater != null) {
        inflater.begin();
      }
    }
    if (!compressed) {
      receiver.announce(parser.remaining(), parser.isFinal());
    }
  }

  /** Takes what came of the frame's payload. */
  void take(ByteBuffer in) {
    MessageInflater decompressor = inflater;
    if (compressed && decompressor != null) {
      takeCompressed(in, decompressor);
    } else {
      takePlain(in);
    }
  }

  private void takePlain(ByteBuffer in) {
    int length = parser.unmask(in);
    boolean ascii = parser.isAscii();
    parser.consumed(length);
    boolean last = parser.isFinal() && parser.remaining() == 0;
    if (length > 0 || last) {
      int limit = in.limit();
      int end = in.position() + length;
      try {
        receiver.piece(in.limit(end), last, ascii);
      } finally {
        in.limit(limit).position(end);
      }
    }
  }

  private void takeCompressed(ByteBuffer in, MessageInflater decompressor) {
    int limit = in.limit();
    in.limit(in.position() + parser.unmask(in));
    ByteBuffer scratch = decompressor.takeScratch();
    try {
      do {
        step(in, decompressor, scratch.clear());
      } while (draining && wantsInput.getAsBoolean());
    } finally {
      decompressor.giveScratch(scratch);
      in.limit(limit);
    }
  }

  /** Inflates one buffer full, of which at most a byte is more than the message may still have. */
  private void step(ByteBuffer in, MessageInflater decompressor, ByteBuffer out) {
    out.limit((int) Math.min(out.capacity() - 1, receiver.room()) + 1);
    int start = in.position();
    boolean endsMessage = parser.isFinal() && in.remaining() == parser.remaining();
    draining = !decompressor.inflate(in, endsMessage, out);
    parser.consumed(in.position() - start);
    out.flip();
    boolean last = endsMessage && !draining;
    if (out.hasRemaining() || last) {
      receiver.piece(out, last, false);
    }
  }

  /** Tells whether output of the inflater is left although all of the frame went into it. */
  boolean isDraining() {
    return draining;
  }

  /** Tells whether nothing of a message, nor the peer's history, is kept. */
  boolean isAtRest() {
    return !draining && (inflater == null || !inflater.isHolding());
  }

  /** Gives back what only the peer's history needs. */
  void release() {
    draining = false;
    if (inflater != null) {
      inflater.release();
    }
  }
}
