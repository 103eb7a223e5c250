package dev.weir.http.exchange;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.http.MinimumRate;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class DrainTest {

  private static final long SECOND = 1_000_000_000;
  private static final Duration STALL = Duration.ofSeconds(20);
  private static final MinimumRate RATE = new MinimumRate(100, Duration.ofSeconds(10));

  private final Drain drain = new Drain();

  private boolean missed(MinimumRate rate, int second, long bytesOut) {
    return drain.isMissed(STALL, rate, second * SECOND, bytesOut);
  }

  @Test
  void missesTheRate() {
    drain.reset(5000);
    drain.begin(0, 5000);
    assertFalse(missed(RATE, 10, 6000));
    assertTrue(missed(RATE, 20, 6999));
  }

  @Test
  void missesTheTimeWithoutARate() {
    drain.begin(0, 0);
    assertFalse(missed(MinimumRate.NONE, 19, 0));
    assertFalse(missed(MinimumRate.NONE, 19, 1), "a byte is something");
    assertFalse(missed(MinimumRate.NONE, 38, 1));
    assertTrue(missed(MinimumRate.NONE, 39, 1));
  }

  @Test
  void addsUpTheTimesInWhichBytesWait() {
    drain.begin(0, 0);
    drain.end(5 * SECOND, 400);
    drain.begin(100 * SECOND, 600);
    assertFalse(missed(RATE, 104, 700));
    assertTrue(missed(RATE, 105, 999), "999 in twice five seconds");
  }

  @Test
  void countsWhatIsTakenWithoutAWait() {
    drain.begin(0, 0);
    drain.end(9 * SECOND, 0);
    drain.begin(20 * SECOND, 100_000);
    assertFalse(missed(RATE, 30, 100_000));
    assertTrue(missed(RATE, 40, 100_000));
  }

  @Test
  void missesNothingWhileNothingWaits() {
    drain.begin(0, 0);
    drain.end(SECOND, 1);
    assertFalse(missed(RATE, 1000, 1));
    drain.begin(2000 * SECOND, 1);
    drain.reset(1);
    assertFalse(missed(RATE, 3000, 1));
  }

  @Test
  void isToBeLookedAtWhenItCouldFirstBeMissed() {
    assertEquals(RATE.window(), Drain.interval(STALL, RATE));
    assertEquals(Duration.ofSeconds(5), Drain.interval(Duration.ofSeconds(5), RATE));
    assertEquals(STALL, Drain.interval(STALL, MinimumRate.NONE));
  }
}
