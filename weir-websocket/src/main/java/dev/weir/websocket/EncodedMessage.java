package dev.weir.websocket;

import dev.weir.websocket.frame.FrameEncoder;
import dev.weir.websocket.frame.Opcode;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * A message encoded once, for many connections of a server: its frame, uncompressed (RFC 7692 6
 * lets each message choose) and unmasked, is the same for all. Immutable, any thread.
 */
public final class EncodedMessage {

  private static final FrameEncoder ENCODER = FrameEncoder.server();

  private final boolean text;
  private final ByteBuffer frame;
  private final int header;

  private EncodedMessage(boolean text, ByteBuffer payload) {
    this.text = text;
    int length = payload.remaining();
    this.header = ENCODER.headerBytes(length);
    // Of the heap: every connection copies it, and native memory waits for a collection.
    ByteBuffer out = ByteBuffer.allocate(header + length);
    ENCODER.encode(out, true, false, text ? Opcode.TEXT : Opcode.BINARY, payload, length);
    this.frame = out.flip().asReadOnlyBuffer();
  }

  /** Encodes a text message. */
  public static EncodedMessage text(String message) {
    return new EncodedMessage(true, ByteBuffer.wrap(message.getBytes(StandardCharsets.UTF_8)));
  }

  /** Encodes a binary message, from position to limit. */
  public static EncodedMessage binary(ByteBuffer data) {
    return new EncodedMessage(false, data.duplicate());
  }

  boolean isText() {
    return text;
  }

  /** The frame of a server, to be read by whoever asks. */
  ByteBuffer frame() {
    return frame.duplicate();
  }

  /** What the frame carries, for a connection that cannot send the frame as it is. */
  ByteBuffer payload() {
    return frame.duplicate().position(header);
  }
}
