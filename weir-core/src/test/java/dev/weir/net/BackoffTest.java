package dev.weir.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BackoffTest {

  private static final RandomGenerator CHANCE = new Random(1);

  private static List<Long> waits(Backoff backoff, int failures) {
    List<Long> waits = new ArrayList<>();
    for (int n = 1; n <= failures; n++) {
      Duration wait = backoff.withJitter(0).delay(n, null, CHANCE);
      waits.add(wait == null ? -1 : wait.toMillis());
    }
    return waits;
  }

  @Test
  void theTableIsFollowedAndItsEndRepeatedUntilItIsTimeToGiveUp() {
    assertEquals(List.of(1000L, 3000L, 9000L, 17_000L, -1L), waits(Backoff.DEFAULT, 5));
    assertEquals(
        List.of(1000L, 3000L, 9000L, 17_000L, 17_000L, 17_000L, 17_000L, -1L),
        waits(Backoff.DEFAULT.withTries(8), 8));
  }

  @Test
  void waitsDoubleUpToTheLongest() {
    Backoff backoff =
        Backoff.exponential(Duration.ofMillis(100), Duration.ofSeconds(1)).withTries(100);
    assertEquals(List.of(100L, 200L, 400L, 800L, 1000L, 1000L), waits(backoff, 6));
    Backoff one = Backoff.exponential(Duration.ofSeconds(2), Duration.ofSeconds(2));
    assertEquals(List.of(2000L, 2000L), waits(one, 2));
  }

  @Test
  void itNeverGivesUpIfItIsToldSo() {
    Backoff backoff = Backoff.DEFAULT.withTries(Integer.MAX_VALUE).withJitter(0);
    assertEquals(Duration.ofSeconds(17), backoff.delay(1_000_000_000, null, CHANCE));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.2, 1})
  void chanceMakesItLongerByTheShareAtMost(double share) {
    Backoff backoff = Backoff.table(Duration.ofSeconds(10)).withJitter(share);
    long least = Long.MAX_VALUE;
    long most = 0;
    for (int n = 0; n < 1000; n++) {
      long wait = backoff.delay(1, null, CHANCE).toMillis();
      least = Math.min(least, wait);
      most = Math.max(most, wait);
    }
    assertTrue(least >= 10_000, least + " is shorter than the table says");
    assertTrue(most <= 10_000 + 10_000 * share, most + " is longer than chance allows");
    if (share > 0) {
      assertTrue(most - least > 8_000 * share, "hardly anything is left to chance");
    }
  }

  @ParameterizedTest
  @CsvSource({"0, 1000", "1, 1000", "2, 2000", "120, 120000", "31536000, 31536000000"})
  void whatThePeerAsksForIsTheLeast(long retryAfter, long expected) {
    Backoff backoff = Backoff.DEFAULT.withJitter(0);
    assertEquals(
        Duration.ofMillis(expected), backoff.delay(1, Duration.ofSeconds(retryAfter), CHANCE));
  }

  @Test
  void whatThePeerAsksForIsNoReasonToGoOn() {
    assertNull(Backoff.DEFAULT.delay(Backoff.TRIES, Duration.ofSeconds(1), CHANCE));
  }

  @Test
  void whatMakesNoSenseIsRefused() {
    Duration second = Duration.ofSeconds(1);
    assertThrows(IllegalArgumentException.class, Backoff::table);
    assertThrows(IllegalArgumentException.class, () -> Backoff.exponential(Duration.ZERO, second));
    assertThrows(
        IllegalArgumentException.class, () -> Backoff.exponential(second, second.minusNanos(1)));
    assertThrows(IllegalArgumentException.class, () -> Backoff.DEFAULT.withJitter(-0.1));
    assertThrows(IllegalArgumentException.class, () -> Backoff.DEFAULT.withJitter(1.1));
    assertThrows(IllegalArgumentException.class, () -> Backoff.DEFAULT.withJitter(Double.NaN));
    assertThrows(IllegalArgumentException.class, () -> Backoff.DEFAULT.withTries(0));
  }
}
