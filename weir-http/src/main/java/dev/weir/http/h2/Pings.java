package dev.weir.http.h2;

/** The PINGs of this side (RFC 9113 6.7), and how many of them the peer has yet to acknowledge. */
final class Pings {
  private final Outgoing out;
  private int unanswered;

  Pings(Outgoing out) {
    this.out = out;
  }

  /** Sends one; what it carries tells whose it is. */
  void send(long opaque) {
    unanswered++;
    FrameWriter.ping(out.frame(FrameType.HEADER_BYTES + 8), false, opaque);
  }

  /** Takes an acknowledgment; false if there was none to come. */
  boolean acknowledged() {
    if (unanswered == 0) {
      return false;
    }
    unanswered--;
    return true;
  }
}
