package dev.weir.http.exchange;

import dev.weir.http.MinimumRate;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * How a peer takes what is sent to it: something within a time, and as much as a {@link
 * MinimumRate} asks for. Told when bytes begin and cease to wait, with how many the network has
 * taken so far. Times are the loop's, in nanoseconds.
 */
public final class Drain {

  private final Pace pace = new Pace();
  private boolean waiting;
  private long taken;
  private long takenAt;

  /** Nothing waits yet. */
  public Drain() {}

  /** Forgets everything: nothing waits, and so many bytes have been taken. */
  public void reset(long bytesOut) {
    waiting = false;
    taken = bytesOut;
    pace.reset();
  }

  /** Bytes wait for the peer. Those that it has taken without a wait count for it. */
  public void begin(long now, long bytesOut) {
    if (!waiting) {
      waiting = true;
      progress(now, bytesOut);
      takenAt = now;
      pace.start(now);
    }
  }

  /** No bytes wait any more. */
  public void end(long now, long bytesOut) {
    if (waiting) {
      progress(now, bytesOut);
      waiting = false;
      pace.stop(now);
    }
  }

  private void progress(long now, long bytesOut) {
    if (bytesOut > taken) {
      pace.moved(bytesOut - taken);
      taken = bytesOut;
      takenAt = now;
    }
  }

  /** Whether the peer has taken nothing for {@code stall}, or too little. */
  public boolean isMissed(Duration stall, MinimumRate rate, long now, long bytesOut) {
    if (waiting) {
      progress(now, bytesOut);
    }
    return pace.isMissed(rate, now)
        || (waiting && now - takenAt >= TimeUnit.NANOSECONDS.convert(stall));
  }

  /** When to ask again, if nothing happens before. */
  public static Duration interval(Duration stall, MinimumRate rate) {
    return stall.compareTo(rate.window()) < 0 || rate.bytesPerSecond() == 0 ? stall : rate.window();
  }
}
