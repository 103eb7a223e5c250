package dev.weir.http.exchange;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.http.MinimumRate;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class PaceTest {

  private static final long SECOND = 1_000_000_000;
  private static final MinimumRate RATE = new MinimumRate(100, Duration.ofSeconds(10));

  private final Pace pace = new Pace();

  @Test
  void isJudgedWhenTheWindowHasPassed() {
    pace.start(-SECOND);
    pace.moved(999);
    assertFalse(pace.isMissed(RATE, 9 * SECOND - 1));
    assertTrue(pace.isMissed(RATE, 9 * SECOND));
  }

  @Test
  void isMetByTheMean() {
    pace.start(0);
    pace.moved(1000);
    assertFalse(pace.isMissed(RATE, 10 * SECOND), "all of it at once");
  }

  @Test
  void isMeasuredAnewInEachWindow() {
    pace.start(0);
    pace.moved(100_000);
    assertFalse(pace.isMissed(RATE, 10 * SECOND));
    pace.moved(999);
    assertFalse(pace.isMissed(RATE, 20 * SECOND - 1));
    assertTrue(pace.isMissed(RATE, 20 * SECOND), "what was too much before does not count");
  }

  @Test
  void isTakenOverTheTimeThatHasReallyPassed() {
    pace.start(0);
    pace.moved(1999);
    assertTrue(pace.isMissed(RATE, 20 * SECOND));
  }

  @Test
  void standsStillWhileNobodyWaits() {
    pace.start(0);
    pace.stop(5 * SECOND);
    pace.stop(7 * SECOND);
    assertFalse(pace.isMissed(RATE, 100 * SECOND));
    pace.start(100 * SECOND);
    pace.start(104 * SECOND);
    assertFalse(pace.isMissed(RATE, 105 * SECOND - 1));
    assertTrue(pace.isMissed(RATE, 105 * SECOND));
  }

  @Test
  void forgets() {
    pace.start(0);
    pace.reset();
    assertFalse(pace.isMissed(RATE, 100 * SECOND));
  }

  @Test
  void isNeverMissedWithoutALimit() {
    pace.start(0);
    assertFalse(pace.isMissed(MinimumRate.NONE, Long.MAX_VALUE));
  }

  @Test
  void hasALimitThatMakesSense() {
    assertThrows(IllegalArgumentException.class, () -> new MinimumRate(-1, Duration.ofSeconds(1)));
    assertThrows(IllegalArgumentException.class, () -> new MinimumRate(1, Duration.ZERO));
    assertEquals("100 bytes per second over 10 s", RATE.toString());
  }
}
