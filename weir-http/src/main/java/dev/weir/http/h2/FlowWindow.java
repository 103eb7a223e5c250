package dev.weir.http.h2;

/** How many bytes of DATA may still be sent, on a stream or on the connection (RFC 9113 6.9). */
final class FlowWindow {

  /** What every window has at first (RFC 9113 6.9.2). */
  static final int INITIAL = 65_535;

  private int size;

  FlowWindow(int size) {
    this.size = size;
  }

  /** May be negative after the peer has lowered SETTINGS_INITIAL_WINDOW_SIZE (RFC 9113 6.9.2). */
  int size() {
    return size;
  }

  void spend(int bytes) {
    size -= bytes;
  }

  /**
   * Adds the peer's credit, or takes some of it back.
   *
   * @return false if the window would pass 2^31-1 (RFC 9113 6.9.1); it is left as it was
   */
  boolean add(int bytes) {
    long sum = (long) size + bytes;
    if (sum > Integer.MAX_VALUE) {
      return false;
    }
    size = (int) sum;
    return true;
  }
}
