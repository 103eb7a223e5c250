package dev.weir.http.h1;

import java.nio.ByteBuffer;

/** A body that lasts as long as the connection (RFC 9112 6.3, rule 8). */
final class UntilCloseDecoder implements BodyDecoder {
  private final Role role;
  private final long limit;
  private long received;
  private int available;
  private boolean ended;

  UntilCloseDecoder(Role role, long limit) {
    this.role = role;
    this.limit = limit;
  }

  @Override
  public Event decode(ByteBuffer in) {
    available = in.remaining();
    if (available > limit - received) {
      throw role.bodyTooLarge("more content", limit);
    }
    if (available > 0) {
      return Event.DATA;
    }
    return ended ? Event.END : Event.NEED_MORE;
  }

  @Override
  public int available() {
    return available;
  }

  @Override
  public void consumed(int bytes) {
    received += bytes;
    available -= bytes;
  }

  @Override
  public void endOfInput() {
    ended = true;
  }
}
