package dev.weir.http.h2;

/**
 * How many bytes of DATA the peer may still send, and when it is told that it may send more (RFC
 * 9113 6.9): not with every byte that was consumed, but when half of the window was. So what is
 * received and not consumed never passes the window.
 */
final class ReceiveWindow {
  private int size;
  private int available;

  /** What was consumed, or was added by growth, and the peer was not told of. */
  private int owed;

  /**
   * @param announced what the peer takes it to be at first
   * @param size what it is to be, not less
   */
  ReceiveWindow(int announced, int size) {
    this.size = size;
    this.available = announced;
    this.owed = size - announced;
  }

  int size() {
    return size;
  }

  /**
   * Notes what came.
   *
   * @return false if it was more than the peer was allowed to send
   */
  boolean receive(int bytes) {
    available -= bytes;
    return available >= 0;
  }

  /** Notes what will not be held any longer. */
  void consume(int bytes) {
    owed += bytes;
  }

  /** Makes the window larger: to {@code other}, if that is more. */
  void grow(int other) {
    if (other > size) {
      owed += other - size;
      size = other;
    }
  }

  /** The increment for a WINDOW_UPDATE that is due, which counts as sent then; 0 if none is due. */
  int takeUpdate() {
    if (owed == 0 || owed < size / 2) {
      return 0;
    }
    int increment = owed;
    owed = 0;
    available += increment;
    return increment;
  }
}
