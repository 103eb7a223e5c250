package dev.weir.http;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * The slowest that a peer may be while it is waited for: a mean over a window, so that it may stop
 * for a while and catch up. Time in which nobody waits for it, because a handler has paused or has
 * nothing to send, does not count.
 *
 * @param bytesPerSecond what must be reached in the mean; 0 for no such limit
 * @param window over which the mean is taken; the end of a message within a window is never late
 */
public record MinimumRate(int bytesPerSecond, Duration window) {

  /** No peer is too slow. */
  public static final MinimumRate NONE = new MinimumRate(0, Duration.ofSeconds(1));

  /** Checks that there is a window. */
  public MinimumRate {
    if (bytesPerSecond < 0 || !window.isPositive()) {
      throw new IllegalArgumentException(
          "a minimum of " + bytesPerSecond + " bytes per second over " + window);
    }
  }

  /** Whether so many bytes in so long are too few; before the window has passed they never are. */
  public boolean isMissedBy(long bytes, long nanos) {
    return isWindow(nanos) && bytes < nanos / 1e9 * bytesPerSecond;
  }

  /** Whether the window has passed. */
  public boolean isWindow(long nanos) {
    return nanos >= TimeUnit.NANOSECONDS.convert(window);
  }

  /** As in "256 bytes per second over 30 s". */
  @Override
  public String toString() {
    return bytesPerSecond + " bytes per second over " + window.toSeconds() + " s";
  }
}
