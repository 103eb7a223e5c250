package dev.weir.websocket;

import dev.weir.websocket.deflate.PerMessageDeflate;
import dev.weir.websocket.frame.FrameEncoder;
import dev.weir.websocket.frame.Opcode;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A message encoded once, for many connections: the frame of a server is the same for all. Where
 * compression was agreed on, it is compressed once too, for all of them (RFC 7692 6 lets each
 * message choose), as the settings of the first that sends it say, and without regard to messages
 * before it. Such a connection then compresses its own next message as if it were the first.
 * Immutable, any thread.
 */
public final class EncodedMessage {

  private static final FrameEncoder ENCODER = FrameEncoder.server();

  private final boolean text;
  private final Form plain;

  /** Made when it is asked for; loops that ask at the same time make the same. */
  private volatile @Nullable Form compressed;

  private EncodedMessage(boolean text, ByteBuffer payload) {
    this.text = text;
    this.plain = form(payload, false);
  }

  /** Encodes a text message. */
  public static EncodedMessage text(String message) {
    return new EncodedMessage(true, ByteBuffer.wrap(message.getBytes(StandardCharsets.UTF_8)));
  }

  /** Encodes a binary message, from position to limit. */
  public static EncodedMessage binary(ByteBuffer data) {
    return new EncodedMessage(false, data.duplicate());
  }

  private Form form(ByteBuffer payload, boolean compressed) {
    int length = payload.remaining();
    int header = ENCODER.headerBytes(length);
    // Of the heap: every connection copies it, and native memory waits for a collection.
    ByteBuffer out = ByteBuffer.allocate(header + length);
    ENCODER.encode(out, true, compressed, text ? Opcode.TEXT : Opcode.BINARY, payload, length);
    return new Form(compressed, header, out.flip().asReadOnlyBuffer());
  }

  boolean isText() {
    return text;
  }

  /** As it was given. */
  Form plain() {
    return plain;
  }

  /**
   * As a connection is to send it. Thread of the loop that the connection lives on.
   *
   * @param deflate what the connection agreed on, or null
   * @param server whether the connection is a server's
   */
  Form on(@Nullable PerMessageDeflate deflate, boolean server) {
    if (deflate == null || !deflate.mayShare(plain.bytes(), server)) {
      return plain;
    }
    Form known = compressed;
    if (known == null) {
      ByteBuffer smaller = deflate.compressAlone(plain.payload());
      known = smaller == null ? plain : form(smaller, true);
      compressed = known;
    }
    return known;
  }

  /**
   * The message as it leaves.
   *
   * @param compressed whether its payload is compressed
   * @param header how long the header of its frame is
   * @param shared the frame of a server, whose position and limit stay
   */
  record Form(boolean compressed, int header, ByteBuffer shared) {

    /** Bytes of the payload. */
    int bytes() {
      return shared.limit() - header;
    }

    /** The frame of a server, to be read by whoever asks. */
    ByteBuffer frame() {
      return shared.duplicate();
    }

    /** What the frame carries, for a connection that cannot send the frame as it is. */
    ByteBuffer payload() {
      return shared.duplicate().position(header);
    }
  }
}
