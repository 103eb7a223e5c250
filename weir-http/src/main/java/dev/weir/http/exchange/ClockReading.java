package dev.weir.http.exchange;

import dev.weir.loop.Loop;
import java.time.InstantSource;

/**
 * The second that Date fields of a loop show (RFC 9110 6.6.1): the clock is read at most every
 * twenty milliseconds of the loop's time. Loop thread.
 */
public final class ClockReading {

  private static final long KEPT_NANOS = 20_000_000;

  private long readAt = Long.MIN_VALUE;
  private long epochSecond;

  private ClockReading() {}

  /** The loop's own. */
  public static ClockReading of(Loop loop) {
    return loop.local(ClockReading.class, ClockReading::new);
  }

  /** The second of the day's clock. */
  public long epochSecond(long now, InstantSource clock) {
    if (readAt == Long.MIN_VALUE || now - readAt > KEPT_NANOS) {
      readAt = now;
      epochSecond = Math.floorDiv(clock.millis(), 1000L);
    }
    return epochSecond;
  }
}
