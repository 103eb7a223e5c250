package dev.weir.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.testkit.HostConditions;
import dev.weir.testkit.SimHost;
import dev.weir.testkit.SimNetwork;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Several loops that one thread turns are as far from each other as on threads of their own. */
class LoopsOnOneThreadTest {

  private final SimNetwork net = new SimNetwork(1);
  private final SimHost host = net.host("host");
  private final Loop a = host.loop();
  private final Loop b = host.loop();

  @Test
  void onlyTheOneThatTurnsIsIn() {
    List<Boolean> in = new ArrayList<>();
    a.execute(() -> in.addAll(List.of(a.inLoop(), b.inLoop())));
    net.runUntilIdle();
    assertEquals(List.of(true, false), in);
    assertFalse(a.inLoop(), "between turns nobody is in");
  }

  @Test
  void aTaskForTheOtherWakesIt() {
    List<String> ran = new ArrayList<>();
    a.execute(() -> b.execute(() -> ran.add("b, in b: " + b.inLoop())));
    net.runUntilIdle();
    assertEquals(List.of("b, in b: true"), ran);
  }

  @Test
  void aTimerOfTheOtherCountsFromNowNotFromItsLastTurn() {
    host.conditions(HostConditions.DEFAULT.withDurations(Duration.ZERO, Duration.ZERO));
    List<Duration> fired = new ArrayList<>();
    net.run(Duration.ofSeconds(1));
    a.schedule(
        Duration.ofSeconds(1),
        () -> b.schedule(Duration.ofMillis(500), () -> fired.add(net.elapsed())));
    net.runUntilIdle();
    Duration due = Duration.ofMillis(2500);
    assertTrue(fired.getFirst().compareTo(due) >= 0, "early: " + fired);
    assertTrue(fired.getFirst().compareTo(due.plusMillis(4)) < 0, "late: " + fired);
  }
}
