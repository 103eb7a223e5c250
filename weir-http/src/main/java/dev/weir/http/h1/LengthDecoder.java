package dev.weir.http.h1;

import java.nio.ByteBuffer;

/** A body whose length was announced (RFC 9112 6.2). */
final class LengthDecoder implements BodyDecoder {
  /** Of a message without a body; it has nothing to count, so all share it. */
  static final LengthDecoder EMPTY = new LengthDecoder(Role.SERVER, 0, 0);

  private final Role role;
  private long remaining;
  private int available;

  LengthDecoder(Role role, long length, long limit) {
    if (length > limit) {
      throw role.bodyTooLarge(length + " bytes of content", limit);
    }
    this.role = role;
    this.remaining = length;
  }

  @Override
  public Event decode(ByteBuffer in) {
    if (remaining == 0) {
      return Event.END;
    }
    available = (int) Math.min(remaining, in.remaining());
    return available > 0 ? Event.DATA : Event.NEED_MORE;
  }

  @Override
  public int available() {
    return available;
  }

  @Override
  public void consumed(int bytes) {
    remaining -= bytes;
    available -= bytes;
  }

  @Override
  public void endOfInput() {
    if (remaining > 0) {
      throw role.malformed(
          "RFC 9112 8",
          "the end of the connection " + remaining + " bytes before that of the body",
          "as many bytes as Content-Length says",
          "send the whole body");
    }
  }
}
