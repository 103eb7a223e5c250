package dev.weir.websocket.frame;

import java.nio.ByteBuffer;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Writes whole frames (RFC 6455 5.2) into an outgoing buffer, masking while it copies.
 *
 * <p>Keeps no state: a loop needs one for all its servers' connections, and one for its clients'.
 * Buffers are heap or direct, and in network byte order, as every new {@link ByteBuffer} is.
 */
public final class FrameEncoder {

  /** The longest header: two bytes, a length in eight, a key in four. */
  public static final int MAX_HEADER = 14;

  private static final int FIN = 0x80;
  private static final int RSV1 = 0x40;
  private static final int MASKED = 0x80;

  private final @Nullable IntSupplier maskingKeys;

  private FrameEncoder(@Nullable IntSupplier maskingKeys) {
    this.maskingKeys = maskingKeys;
  }

  /**
   * Makes the encoder of a server, which does not mask.
   *
   * @return the encoder
   */
  public static FrameEncoder server() {
    return new FrameEncoder(null);
  }

  /**
   * Makes the encoder of a client, which masks each frame with a key of its own.
   *
   * @param maskingKeys unpredictable numbers, as RFC 6455 10.3 demands them
   * @return the encoder
   */
  public static FrameEncoder client(IntSupplier maskingKeys) {
    return new FrameEncoder(maskingKeys);
  }

  /**
   * Tells the role.
   *
   * @return whether this is the encoder of a server
   */
  public boolean isServer() {
    return maskingKeys == null;
  }

  /**
   * Tells how much payload a frame can carry.
   *
   * @param room the room for the whole frame, in bytes
   * @param wanted the payload at hand, in bytes
   * @return the bytes of {@code wanted} that fit, or -1 if not even an empty frame does
   */
  public int fit(int room, int wanted) {
    if (headerBytes(wanted) + (long) wanted <= room) {
      return wanted;
    }
    int payload = room - headerBytes(Integer.MAX_VALUE);
    if (payload <= 0xFFFF) {
      payload = Math.min(room - headerBytes(0xFFFF), 0xFFFF);
    }
    if (payload < FrameParser.LENGTH_IN_2_BYTES) {
      payload = Math.min(room - headerBytes(0), FrameParser.MAX_CONTROL_PAYLOAD);
    }
    return Math.max(payload, -1);
  }

  /**
   * Tells the size of a header.
   *
   * @param payload the length of the payload, in bytes
   * @return its header's length, in bytes
   */
  public int headerBytes(int payload) {
    int length = payload <= FrameParser.MAX_CONTROL_PAYLOAD ? 0 : payload <= 0xFFFF ? 2 : 8;
    return 2 + length + (maskingKeys == null ? 0 : Integer.BYTES);
  }

  /**
   * Writes a frame.
   *
   * @param out where to; must have room for the whole frame, its position moves behind it
   * @param fin whether the message ends here
   * @param rsv1 whether the first reserved bit is set
   * @param opcode one of {@link Opcode}
   * @param payload what to carry; its position moves on by {@code length}
   * @param length how much of it to carry, in bytes
   */
  public void encode(
      ByteBuffer out, boolean fin, boolean rsv1, int opcode, ByteBuffer payload, int length) {
    int key = header(out, fin, rsv1, opcode, length);
    int from = payload.position();
    int to = out.position();
    if (key == 0) {
      out.put(to, payload, from, length);
    } else {
      Masking.copy(payload, from, out, to, length, key);
    }
    payload.position(from + length);
    out.position(to + length);
  }

  /**
   * Writes a frame around a payload that stands already in the outgoing buffer, and masks it there.
   *
   * @param out where to; its position is where the header starts and moves behind the payload
   * @param fin whether the message ends here
   * @param rsv1 whether the first reserved bit is set
   * @param opcode one of {@link Opcode}
   * @param length the payload's bytes, which start {@link #headerBytes} after the position
   */
  public void enclose(ByteBuffer out, boolean fin, boolean rsv1, int opcode, int length) {
    int key = header(out, fin, rsv1, opcode, length);
    int end = out.position() + length;
    if (key != 0) {
      Masking.apply(out, out.position(), end, key);
    }
    out.position(end);
  }

  private int header(ByteBuffer out, boolean fin, boolean rsv1, int opcode, int length) {
    out.put((byte) ((fin ? FIN : 0) | (rsv1 ? RSV1 : 0) | opcode));
    int masked = maskingKeys == null ? 0 : MASKED;
    if (length <= FrameParser.MAX_CONTROL_PAYLOAD) {
      out.put((byte) (masked | length));
    } else if (length <= 0xFFFF) {
      out.put((byte) (masked | FrameParser.LENGTH_IN_2_BYTES)).putShort((short) length);
    } else {
      out.put((byte) (masked | FrameParser.LENGTH_IN_8_BYTES)).putLong(length);
    }
    if (maskingKeys == null) {
      return 0;
    }
    int key = maskingKeys.getAsInt();
    out.putInt(key);
    return key;
  }
}
