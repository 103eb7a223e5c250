package dev.weir.net;

/**
 * The smoothed round-trip time of a connection and how much it varies (RFC 6298 2). Knows no clock:
 * it is told what was measured. One thread.
 */
public final class RoundTrip {

  private boolean measured;
  private long smoothed;
  private long variation;
  private long latest;

  /** Nothing measured yet. */
  public RoundTrip() {}

  /**
   * Takes one measurement in (RFC 6298 2.2, 2.3).
   *
   * @param nanos from asking to the answer; less than 0 counts as 0
   */
  public void measured(long nanos) {
    latest = Math.max(0, nanos);
    if (measured) {
      variation += (Math.abs(smoothed - latest) - variation) / 4;
      smoothed += (latest - smoothed) / 8;
    } else {
      measured = true;
      smoothed = latest;
      variation = latest / 2;
    }
  }

  /** The smoothed time in nanoseconds (SRTT), or -1 before the first measurement. */
  public long smoothedNanos() {
    return measured ? smoothed : -1;
  }

  /** How much it varies, in nanoseconds (RTTVAR); 0 before the first measurement. */
  public long variationNanos() {
    return variation;
  }

  /** The last measurement in nanoseconds, or -1 before the first. */
  public long latestNanos() {
    return measured ? latest : -1;
  }
}
