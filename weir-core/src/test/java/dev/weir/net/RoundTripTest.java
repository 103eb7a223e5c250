package dev.weir.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class RoundTripTest {

  private final RoundTrip time = new RoundTrip();

  @Test
  void nothingIsKnownBeforeTheFirst() {
    assertEquals(-1, time.smoothedNanos());
    assertEquals(-1, time.latestNanos());
    assertEquals(0, time.variationNanos());
  }

  /** RFC 6298 2.2, then 2.3 with alpha 1/8 and beta 1/4. */
  @Test
  void theFirstStandsAndTheOthersAreSmoothed() {
    time.measured(800);
    assertEquals(800, time.smoothedNanos());
    assertEquals(400, time.variationNanos());
    time.measured(1600);
    // RTTVAR = 3/4 * 400 + 1/4 * |800 - 1600|, SRTT = 7/8 * 800 + 1/8 * 1600
    assertEquals(500, time.variationNanos());
    assertEquals(900, time.smoothedNanos());
    assertEquals(1600, time.latestNanos());
  }

  @Test
  void whatStaysTheSameIsApproached() {
    time.measured(1_000_000);
    for (int n = 0; n < 200; n++) {
      time.measured(2_000_000);
    }
    assertTrue(Math.abs(time.smoothedNanos() - 2_000_000) < 100);
    assertTrue(time.variationNanos() < 1000);
  }

  @Test
  void aClockThatStoodIsNoTimeAtAll() {
    time.measured(-5);
    assertEquals(0, time.smoothedNanos());
  }
}
