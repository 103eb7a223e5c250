package dev.weir.http.h2;

import static dev.weir.http.Http2ErrorCode.ENHANCE_YOUR_CALM;

import dev.weir.http.Http2Error;

/**
 * What a peer may cause of something that is cheap for it and not for us: so much at once, and so
 * much a second in the long run (RFC 9113 10.5).
 */
final class Budget {
  private static final long SECOND = 1_000_000_000L;

  private final int burst;
  private final int perSecond;

  /** In how many nanoseconds there is one more. */
  private final long interval;

  private int left;
  private long filled;

  Budget(int burst, int perSecond) {
    this.burst = burst;
    this.perSecond = perSecond;
    this.interval = Math.max(1, SECOND / perSecond);
    this.left = burst;
  }

  /**
   * Takes one, or breaks the connection off.
   *
   * @param what of which there were too many
   * @param limit what the user calls the limit
   */
  void spend(long now, String what, String limit) {
    refill(now);
    if (left == 0) {
      throw Http2Error.ofConnection(
          ENHANCE_YOUR_CALM,
          "RFC 9113 10.5",
          "too many %s: more than %d at once or %d a second (limit %s)"
              .formatted(what, burst, perSecond, limit));
    }
    left--;
  }

  private void refill(long now) {
    long gained = left == burst ? 0 : (now - filled) / interval;
    if (gained >= burst - left) {
      left = burst;
      filled = now;
    } else {
      left += (int) gained;
      filled += gained * interval;
    }
  }

  /** Gives some back for what the peer has done of use, never beyond the burst. */
  void earn(int count) {
    left = Math.min(burst, left + count);
  }
}
