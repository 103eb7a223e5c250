package dev.weir.http.h2;

/**
 * Finds out how much has to be in flight to keep the way from the peer full: the bandwidth-delay
 * product. A PING is sent while DATA comes; if nearly a window of DATA came until its
 * acknowledgment, the window is what limits the peer, and is doubled. No PING is sent when there is
 * nothing to find out: while little comes, or when the windows are as large as they may be.
 */
final class BandwidthProbe {
  private boolean pending;
  private long since;
  private int window;

  BandwidthProbe(int window) {
    this.window = window;
  }

  /** The window that the peer should have. */
  int window() {
    return window;
  }

  /**
   * Notes DATA.
   *
   * @return whether a PING is to be sent now
   */
  boolean received(int bytes, int most) {
    since += bytes;
    if (pending || window >= most || since < window / 4) {
      return false;
    }
    pending = true;
    since = 0;
    return true;
  }

  /**
   * The PING came back.
   *
   * @return whether the window has grown
   */
  boolean acknowledged(int most) {
    boolean limited = pending && since > window / 3 * 2L;
    pending = false;
    since = 0;
    if (!limited || window >= most) {
      return false;
    }
    window = (int) Math.min(most, window * 2L);
    return true;
  }
}
