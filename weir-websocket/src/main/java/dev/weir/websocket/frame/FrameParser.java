package dev.weir.websocket.frame;

import dev.weir.websocket.CloseCode;
import dev.weir.websocket.WebSocketException;
import java.nio.ByteBuffer;

/**
 * Reads frames (RFC 6455 5.2) out of whatever buffers the bytes come in.
 *
 * <p>For each frame: {@link #header} until it answers true, then {@link #unmask} and {@link
 * #consumed} until {@link #remaining} is zero. The payload stays where it came and is unmasked
 * there; a frame of any length streams through. The sequence of fragments (RFC 6455 5.4) is checked
 * here too, since it rests on headers alone.
 *
 * <p>Not thread-safe; one for each connection, of some sixty bytes. Buffers are heap or direct,
 * writable when frames are masked, and in network byte order, as every new {@link ByteBuffer} is.
 */
public final class FrameParser {

  private static final int FIN = 0x80;
  private static final int RSV = 0x70;
  private static final int RSV1 = 0x40;
  private static final int OPCODE = 0x0F;
  private static final int MASKED = 0x80;
  private static final int LENGTH = 0x7F;
  static final int MAX_CONTROL_PAYLOAD = 125;
  static final int LENGTH_IN_2_BYTES = 126;
  static final int LENGTH_IN_8_BYTES = 127;

  private static final long TOP_BITS = 0x8080_8080_8080_8080L;

  /** The part of the header that the next byte belongs to. */
  private enum Part {
    FIRST,
    SECOND,
    LONG_LENGTH,
    KEY
  }

  private final boolean server;
  private final boolean rsv1Negotiated;

  private Part part = Part.FIRST;
  private byte missing;
  private byte first;
  private byte second;
  private boolean withinMessage;
  private boolean ascii;
  private int key;
  private int plain;
  private long length;
  private long remaining;

  /**
   * Makes a parser at the start of a connection.
   *
   * @param server whether this end is the server, whose peer must mask (RFC 6455 5.1)
   * @param rsv1Negotiated whether an extension gave the first reserved bit a meaning (RFC 7692 6)
   */
  public FrameParser(boolean server, boolean rsv1Negotiated) {
    this.server = server;
    this.rsv1Negotiated = rsv1Negotiated;
  }

  /**
   * Reads the next header, or as much of it as came.
   *
   * @param in what came; consumed up to the payload
   * @return whether the header is complete; if not, {@code in} is used up
   * @throws WebSocketException.Violation with 1002 at the first byte that breaks RFC 6455 5
   */
  public boolean header(ByteBuffer in) {
    if (part == Part.FIRST && in.remaining() >= Short.BYTES) {
      first(in.get());
      second(in.get());
      if (in.remaining() >= lengthBytes() + keyBytes()) {
        switch (second & LENGTH) {
          case LENGTH_IN_2_BYTES -> longLength(in.getShort() & 0xFFFF);
          case LENGTH_IN_8_BYTES -> longLength(in.getLong());
          default -> length = second & LENGTH;
        }
        key = isMasked() ? in.getInt() : 0;
        return complete();
      }
      awaitRest();
    }
    return byteByByte(in);
  }

  private boolean byteByByte(ByteBuffer in) {
    while (in.hasRemaining()) {
      byte octet = in.get();
      switch (part) {
        case FIRST -> {
          first(octet);
          part = Part.SECOND;
        }
        case SECOND -> {
          second(octet);
          awaitRest();
        }
        case LONG_LENGTH -> {
          length = length << Byte.SIZE | (octet & 0xFF);
          missing--;
          if (missing == 0) {
            longLength(length);
            awaitKey();
          }
        }
        case KEY -> {
          key = key << Byte.SIZE | (octet & 0xFF);
          missing--;
        }
      }
      if (part == Part.KEY && missing == 0) {
        return complete();
      }
    }
    return false;
  }

  private void awaitRest() {
    if (lengthBytes() == 0) {
      length = second & LENGTH;
      awaitKey();
    } else {
      length = 0;
      missing = lengthBytes();
      part = Part.LONG_LENGTH;
    }
  }

  private void awaitKey() {
    missing = keyBytes();
    part = Part.KEY;
  }

  private boolean complete() {
    part = Part.FIRST;
    remaining = length;
    plain = 0;
    if (!isControl()) {
      withinMessage = !isFinal();
    }
    return true;
  }

  private void first(byte octet) {
    first = octet;
    int opcode = opcode();
    if (!Opcode.isDefined(opcode)) {
      throw violation("RFC 6455 5.2", "reserved opcode 0x" + Integer.toHexString(opcode));
    }
    int rsv = octet & RSV;
    if (rsv != 0 && !(rsv == RSV1 && rsv1Negotiated && isFirstOfMessage())) {
      throw violation(
          rsv1Negotiated ? "RFC 7692 6" : "RFC 6455 5.2",
          "reserved bits 0x"
              + Integer.toHexString(rsv)
              + " set on opcode 0x"
              + Integer.toHexString(opcode));
    }
    if (isControl()) {
      if (!isFinal()) {
        throw violation("RFC 6455 5.5", "fragmented control frame");
      }
    } else if (isFirstOfMessage() == withinMessage) {
      throw violation(
          "RFC 6455 5.4",
          withinMessage
              ? "new message before the end of the last, expected a continuation"
              : "continuation, expected the first frame of a message");
    }
  }

  private void second(byte octet) {
    second = octet;
    if (isMasked() != server) {
      throw violation(
          "RFC 6455 5.1",
          server ? "frame from the client is not masked" : "frame from the server is masked");
    }
    if (isControl() && (octet & LENGTH) > MAX_CONTROL_PAYLOAD) {
      throw violation("RFC 6455 5.5", "control frame with more than 125 bytes of payload");
    }
  }

  private void longLength(long announced) {
    if (announced < 0) {
      throw violation("RFC 6455 5.2", "length with its most significant bit set");
    }
    long shortest = lengthBytes() == Long.BYTES ? 0x1_0000 : MAX_CONTROL_PAYLOAD + 1;
    if (announced < shortest) {
      throw violation("RFC 6455 5.2", "length " + announced + " is not in its shortest form");
    }
    length = announced;
  }

  private byte lengthBytes() {
    return switch (second & LENGTH) {
      case LENGTH_IN_2_BYTES -> Short.BYTES;
      case LENGTH_IN_8_BYTES -> Long.BYTES;
      default -> 0;
    };
  }

  private boolean isMasked() {
    return (second & MASKED) != 0;
  }

  private byte keyBytes() {
    return isMasked() ? (byte) Integer.BYTES : 0;
  }

  private static WebSocketException violation(String section, String message) {
    return new WebSocketException.Violation(CloseCode.PROTOCOL_ERROR, section, message);
  }

  /**
   * Returns the opcode of the frame whose header was read last.
   *
   * @return one of {@link Opcode}
   */
  public int opcode() {
    return first & OPCODE;
  }

  /**
   * Tells whether this is a control frame, which may stand between the fragments of a message.
   *
   * @return whether the frame whose header was read last is one
   */
  public boolean isControl() {
    return Opcode.isControl(opcode());
  }

  /**
   * Tells whether this is the first frame of a message, rather than a continuation or a control
   * frame.
   *
   * @return whether the frame whose header was read last is one
   */
  public boolean isFirstOfMessage() {
    int opcode = opcode();
    return opcode == Opcode.TEXT || opcode == Opcode.BINARY;
  }

  /**
   * Tells whether what came so far is whole messages: the next byte begins a frame, and a message.
   *
   * @return whether nothing would be lost if a new parser went on
   */
  public boolean isAtRest() {
    return part == Part.FIRST && remaining == 0 && !withinMessage;
  }

  /**
   * Returns the FIN bit.
   *
   * @return whether this is the last frame of its message
   */
  public boolean isFinal() {
    return (first & FIN) != 0;
  }

  /**
   * Returns the first reserved bit, which an extension may give a meaning.
   *
   * @return whether it is set; true only on the first frame of a message
   */
  public boolean isRsv1() {
    return (first & RSV1) != 0;
  }

  /**
   * Returns how much of the payload was not yet {@link #consumed}.
   *
   * @return bytes, up to 2^63-1
   */
  public long remaining() {
    return remaining;
  }

  /**
   * Makes the payload at hand readable, in place.
   *
   * <p>Bytes that are not consumed stay readable: they are to be presented again as they are, in
   * this or another buffer.
   *
   * @param in what came after the header; its position and limit stay as they are
   * @return how many bytes from the position on are plain payload of this frame
   */
  public int unmask(ByteBuffer in) {
    int available = (int) Math.min(in.remaining(), remaining);
    ascii = false;
    if (key != 0 && available > plain) {
      int start = in.position();
      int turned = Masking.advance(key, length - remaining + plain);
      long seen = Masking.apply(in, start + plain, start + available, turned);
      ascii = plain == 0 && (seen & TOP_BITS) == 0;
      plain = available;
    }
    return available;
  }

  /**
   * Tells whether the piece that {@link #unmask} made readable is known to be ASCII, which spares
   * the validation of text.
   *
   * @return true if all of it is; false if that is not known
   */
  public boolean isAscii() {
    return ascii;
  }

  /**
   * Takes note that payload was used.
   *
   * @param bytes how many, at most what {@link #unmask} answered last
   */
  public void consumed(int bytes) {
    remaining -= bytes;
    plain -= Math.min(plain, bytes);
  }
}
