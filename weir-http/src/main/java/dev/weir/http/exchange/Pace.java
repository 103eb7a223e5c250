package dev.weir.http.exchange;

import dev.weir.http.MinimumRate;

/**
 * How fast a peer is while it is waited for, against a {@link MinimumRate}. It has no timer: it is
 * asked when bytes have moved, and a peer that moves none is late by a {@link Deadline}. Times are
 * the loop's, in nanoseconds.
 */
public final class Pace {

  private static final long STOPPED = Long.MIN_VALUE;

  private long runsSince = STOPPED;
  private long nanos;
  private long bytes;

  /** Nobody waits yet. */
  public Pace() {}

  /** Forgets everything. */
  public void reset() {
    runsSince = STOPPED;
    nanos = 0;
    bytes = 0;
  }

  /** The peer is waited for from now on. */
  public void start(long now) {
    if (runsSince == STOPPED) {
      runsSince = now;
    }
  }

  /** The peer is not waited for from now on. */
  public void stop(long now) {
    if (runsSince != STOPPED) {
      nanos += now - runsSince;
      runsSince = STOPPED;
    }
  }

  /** So many bytes have moved. */
  public void moved(long count) {
    bytes += count;
  }

  /** Whether the window that has passed, if one has, was too slow; then another begins. */
  public boolean isMissed(MinimumRate rate, long now) {
    long waited = nanos + (runsSince == STOPPED ? 0 : now - runsSince);
    if (!rate.isWindow(waited)) {
      return false;
    }
    boolean missed = rate.isMissedBy(bytes, waited);
    nanos = 0;
    bytes = 0;
    runsSince = runsSince == STOPPED ? STOPPED : now;
    return missed;
  }
}
