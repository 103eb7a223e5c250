package dev.weir.websocket.frame;

/** The opcodes of frames (RFC 6455 5.2), four bits each; the top bit marks control frames. */
public final class Opcode {

  /** A further frame of the message under way. */
  public static final int CONTINUATION = 0x0;

  /** The first frame of a text message. */
  public static final int TEXT = 0x1;

  /** The first frame of a binary message. */
  public static final int BINARY = 0x2;

  /** Close (RFC 6455 5.5.1). */
  public static final int CLOSE = 0x8;

  /** Ping (RFC 6455 5.5.2). */
  public static final int PING = 0x9;

  /** Pong (RFC 6455 5.5.3). */
  public static final int PONG = 0xA;

  private Opcode() {}

  /**
   * Tells control frames from data frames (RFC 6455 5.5).
   *
   * @param opcode four bits
   * @return whether the top one is set
   */
  public static boolean isControl(int opcode) {
    return (opcode & 0x8) != 0;
  }

  static boolean isDefined(int opcode) {
    return opcode <= BINARY || (opcode >= CLOSE && opcode <= PONG);
  }
}
