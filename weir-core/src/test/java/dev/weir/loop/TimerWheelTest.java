package dev.weir.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Timers, against a sorted map and one by one, on a clock that the test moves. */
class TimerWheelTest {

  private static final long TICK = TimerWheel.TICK_NANOS;

  /** Timers by deadline, as they ought to fire. */
  private static final class Model {

    private static final int TIMERS = 300;
    private static final long UNSET = Long.MIN_VALUE;

    final Random random;
    final long origin;
    final ManualPoller clock;
    final Loop loop;
    final List<Timer> timers = new ArrayList<>();
    final long[] deadlines = new long[TIMERS];
    final TreeMap<Long, Integer> due = new TreeMap<>();

    /** How late a timer may be: a tick, and what the driver of the loop has slept too long. */
    long lateBy = TICK;

    final List<String> wrong = new ArrayList<>();
    int fired;

    Model(long origin, long seed) {
      random = new Random(seed);
      this.origin = origin;
      clock = new ManualPoller(origin);
      loop = new Loop(clock, Runnable::run);
      for (int n = 0; n < TIMERS; n++) {
        int number = n;
        timers.add(loop.timer(() -> fire(number)));
        deadlines[n] = UNSET;
      }
    }

    void run(int turns) {
      for (int n = 0; n < turns; n++) {
        if (random.nextInt(3) == 0) {
          loop.execute(() -> touch(random.nextInt(TIMERS)));
        }
        long wait = loop.turn(0);
        check();
        sleep(wait);
      }
    }

    /** As a loop sleeps: as long as it was told, sometimes not as long, sometimes far longer. */
    void sleep(long wait) {
      long sleep = due.isEmpty() ? TICK : wait;
      if (random.nextInt(10) == 0) {
        sleep = random.nextLong(sleep + 1);
      }
      long tooLong = random.nextInt(50) == 0 ? random.nextLong(1L << random.nextInt(1, 56)) : 0;
      lateBy = TICK + tooLong;
      clock.now += sleep + tooLong;
    }

    void fire(int number) {
      long late = clock.now - deadlines[number];
      if (late < 0 || late > lateBy) {
        // What is thrown here the loop would only log.
        wrong.add("late by " + late + ", allowed are 0 to " + lateBy);
      }
      forget(number);
      fired++;
      for (int n = random.nextInt(3); n > 0; n--) {
        touch(random.nextBoolean() ? number : random.nextInt(TIMERS));
      }
    }

    void touch(int number) {
      forget(number);
      if (random.nextInt(5) == 0) {
        timers.get(number).cancel();
      } else {
        long delay = delay();
        timers.get(number).after(delay);
        deadlines[number] = loop.now() + delay;
        due.merge(deadlines[number], 1, Integer::sum);
      }
    }

    void forget(int number) {
      if (deadlines[number] != UNSET) {
        due.merge(deadlines[number], -1, (a, b) -> a + b == 0 ? null : a + b);
        deadlines[number] = UNSET;
      }
    }

    /** Of every length, and around the wheel's edges more often than chance would have it. */
    long delay() {
      return switch (random.nextInt(4)) {
        case 0 -> (1L << random.nextInt(20, 55)) + random.nextLong(-TICK / 2, 2 * TICK);
        case 1 -> random.nextLong(130 * TICK);
        case 2 -> toTheEndOfABlock();
        default -> random.nextLong(1L << random.nextInt(1, 58));
      };
    }

    /** To the last tick of this block of 64, or of a block after it. */
    long toTheEndOfABlock() {
      long tick = (loop.now() - origin) / TICK;
      long last = (tick | 63) + 64L * random.nextInt(3);
      return last * TICK - (loop.now() - origin);
    }

    void check() {
      assertEquals(List.of(), wrong);
      assertEquals(due.values().stream().mapToInt(n -> n).sum(), loop.timers());
      if (!due.isEmpty()) {
        long late = clock.now - due.firstKey();
        assertTrue(late <= lateBy, () -> "one that is late by " + late + " has not fired");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, -1, 123_456_789_012L, -(1L << 60), 1L << 60})
  void firesAsASortedMapWould(long origin) {
    for (int seed = 1; seed <= 20; seed++) {
      Model model = new Model(origin, seed);
      model.run(5_000);
      assertTrue(model.fired > 500, "only " + model.fired + " fired");
    }
  }

  @Test
  @Tag("thorough")
  void firesAsASortedMapWouldForLong() {
    for (int seed = 1; seed <= 5_000; seed++) {
      new Model(-seed, seed).run(5_000);
    }
  }

  // ---- one by one

  private final ManualPoller clock = new ManualPoller(-5);
  private final Loop loop = new Loop(clock, Runnable::run);
  private final List<String> fired = new ArrayList<>();

  private Timer named(String name) {
    return loop.timer(() -> fired.add(name));
  }

  private void turnAfter(long nanos) {
    clock.now += nanos;
    loop.turn(0);
  }

  @Test
  void aTaskThatSetsATimerAWheelRoundAheadDelaysNobody() {
    loop.turn(0);
    // The last slot of the first round: what is set from there goes 64 ticks ahead into the same
    // slot.
    loop.timer(() -> named("far").after(64 * TICK)).after(63 * TICK);
    Timer near = named("near");
    near.after(63 * TICK);
    loop.timer(() -> named("far").after(64 * TICK)).after(63 * TICK);
    turnAfter(63 * TICK);
    assertEquals(List.of("near"), fired);
  }

  @Test
  void aCancelledTimerDoesNotFire() {
    Timer timer = named("timer");
    timer.after(TICK);
    assertTrue(timer.isSet());
    timer.cancel();
    timer.cancel();
    assertFalse(timer.isSet());
    turnAfter(10 * TICK);
    assertEquals(List.of(), fired);
    assertEquals(0, loop.timers());
  }

  @Test
  void aTaskMayCancelTheOneThatIsNext() {
    Timer first = named("first");
    Timer second = named("second");
    loop.timer(first::cancel).after(TICK);
    first.after(TICK);
    second.after(TICK);
    loop.timer(second::cancel).after(TICK);
    turnAfter(2 * TICK);
    assertEquals(1, fired.size(), "one of the two was before its canceller: " + fired);
    assertEquals(0, loop.timers());
  }

  @Test
  void aTimerThatIsMovedLaterFiresAtItsNewTimeOnly() {
    Timer timer = named("timer");
    timer.after(2 * TICK);
    timer.after(500 * TICK);
    turnAfter(499 * TICK);
    assertEquals(List.of(), fired);
    turnAfter(2 * TICK);
    assertEquals(List.of("timer"), fired);
  }

  @Test
  void aTimerThatIsMovedEarlierFiresAtItsNewTimeOnly() {
    Timer timer = named("timer");
    timer.after(Duration.ofDays(1000));
    timer.after(2 * TICK);
    turnAfter(3 * TICK);
    turnAfter(Duration.ofDays(2000).toNanos());
    assertEquals(List.of("timer"), fired);
  }

  @Test
  void timersForTheSameTimeFireInTheOrderInWhichTheyWereSet() {
    loop.turn(0);
    for (int n = 1; n <= 3; n++) {
      named("far " + n).after(100 * TICK);
      named("near " + n).after(2 * TICK);
    }
    turnAfter(3 * TICK);
    turnAfter(98 * TICK);
    assertEquals(List.of("near 1", "near 2", "near 3", "far 1", "far 2", "far 3"), fired);
  }

  @Test
  void aTaskThatSetsItsOwnTimerForNowDoesNotKeepTheTurn() {
    int[] times = {0};
    Timer[] timer = new Timer[1];
    timer[0] =
        loop.timer(() -> {
          times[0]++;
          timer[0].after(0);
        });
    timer[0].after(0);
    turnAfter(2 * TICK);
    assertTrue(times[0] <= 3, times[0] + " times in one turn");
  }

  @ParameterizedTest
  @ValueSource(longs = {Long.MAX_VALUE, Long.MAX_VALUE - 1, Long.MAX_VALUE / 2, 1L << 60})
  void endlessDelaysAreFarAwayNotOverdue(long delay) {
    clock.now = 1L << 40;
    loop.turn(0);
    named("endless").after(delay);
    named("soon").after(TICK);
    turnAfter(Duration.ofDays(10_000).toNanos());
    assertEquals(List.of("soon"), fired);
  }

  @Test
  void aDurationLongerThanTheClockCanTellIsFarAway() {
    loop.timer(() -> fired.add("forever")).after(Duration.ofSeconds(Long.MAX_VALUE));
    loop.schedule(Duration.ofSeconds(Long.MAX_VALUE), () -> fired.add("scheduled"));
    turnAfter(Duration.ofDays(10_000).toNanos());
    assertEquals(List.of(), fired);
  }

  @Test
  void aTaskThatFailsHarmsNoOther() {
    loop.timer(
            () -> {
              throw new IllegalStateException("on purpose");
            })
        .after(TICK);
    named("before").after(TICK);
    named("after").after(2 * TICK);
    turnAfter(3 * TICK);
    assertEquals(2, fired.size());
  }

  @Test
  void hundredsOfThousandsAreAliveAndMovedAndCancelled() {
    Random random = new Random(1);
    List<Timer> timers = new ArrayList<>();
    for (int n = 0; n < 300_000; n++) {
      Timer timer = named("idle");
      timer.after(Duration.ofSeconds(60 + random.nextInt(60)));
      timers.add(timer);
    }
    assertEquals(300_000, loop.timers());
    for (int second = 1; second <= 100; second++) {
      turnAfter(Duration.ofSeconds(1).toNanos());
      timers.forEach(timer -> timer.after(Duration.ofSeconds(60)));
    }
    assertEquals(List.of(), fired);
    timers.forEach(Timer::cancel);
    assertEquals(0, loop.timers());
  }
}
