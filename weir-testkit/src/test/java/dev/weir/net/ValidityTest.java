package dev.weir.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.weir.loop.Loop;
import dev.weir.testkit.HostConditions;
import dev.weir.testkit.SimHost;
import dev.weir.testkit.SimNetwork;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ValidityTest {

  private final SimNetwork net = new SimNetwork(1);
  private final SimHost host = net.host("host");
  private final Loop loop = host.loop();
  private final List<String> told = new ArrayList<>();
  private final Validity validity =
      new Validity(
          loop,
          new Validity.Policy(Duration.ofSeconds(10), Duration.ofSeconds(13)),
          new Validity.Peer() {
            @Override
            public void ping() {
              told.add("ping at " + net.elapsed().toSeconds());
            }

            @Override
            public void hangUp() {
              told.add("hang up at " + net.elapsed().toSeconds());
            }
          });

  ValidityTest() {
    host.conditions(HostConditions.DEFAULT.withDurations(Duration.ZERO, Duration.ZERO));
    loop.execute(validity::start);
  }

  @AfterEach
  void nothingIsLeft() {
    loop.execute(validity::stop);
    net.runUntilIdle();
    assertEquals(0, loop.timers());
  }

  private void at(long seconds, Runnable what) {
    net.after(Duration.ofSeconds(seconds), () -> loop.execute(what));
  }

  @Test
  void silenceIsPingedOnceAndThenHungUpOn() {
    net.run(Duration.ofMinutes(1));
    assertEquals(List.of("ping at 10", "hang up at 13"), told);
  }

  @Test
  void whatKeepsComingNeedsNoPing() {
    for (int n = 1; n < 20; n++) {
      at(9L * n, () -> validity.confirmed(loop.now()));
    }
    net.run(Duration.ofMinutes(3));
    assertEquals(List.of(), told);
    net.run(Duration.ofSeconds(2));
    assertEquals(List.of("ping at 181"), told);
  }

  @Test
  void anAnswerBeginsItAnew() {
    at(12, () -> validity.pong(loop.now()));
    net.run(Duration.ofSeconds(30));
    assertEquals(List.of("ping at 10", "ping at 22", "hang up at 25"), told);
  }

  /** Where hanging up takes much longer than pinging, each silence has its own ping. */
  @Test
  void whoAnswersEveryPingIsNeverHungUpOn() {
    Validity[] patient = new Validity[1];
    patient[0] =
        new Validity(
            loop,
            new Validity.Policy(Duration.ofSeconds(1), Duration.ofSeconds(30)),
            new Validity.Peer() {
              @Override
              public void ping() {
                told.add("ping at " + net.elapsed().toSeconds());
                loop.schedule(Duration.ofMillis(1), () -> patient[0].pong(loop.now()));
              }

              @Override
              public void hangUp() {
                told.add("hang up at " + net.elapsed().toSeconds());
              }
            });
    loop.execute(validity::stop);
    loop.execute(patient[0]::start);
    net.run(Duration.ofSeconds(70));
    loop.execute(patient[0]::stop);

    assertEquals(69, told.size(), told::toString);
    assertEquals("ping at 1", told.getFirst());
    assertEquals("ping at 69", told.getLast());
  }

  @Test
  void otherProofThanTheAnswerIsProofToo() {
    at(12, () -> validity.confirmed(loop.now()));
    net.run(Duration.ofSeconds(24));
    assertEquals(List.of("ping at 10", "ping at 22"), told);
  }

  @Test
  void theRoundTripIsMeasuredFromPingToPong() {
    assertEquals(-1, validity.roundTrip().smoothedNanos());
    at(12, () -> validity.pong(loop.now()));
    net.run(Duration.ofSeconds(20));
    assertEquals(2, Math.round(validity.roundTrip().latestNanos() / 1e9));
  }

  @Test
  void aPongThatNobodyAskedForMeasuresNothing() {
    at(5, () -> validity.pong(loop.now()));
    net.run(Duration.ofSeconds(14));
    assertEquals(-1, validity.roundTrip().smoothedNanos());
    assertEquals(List.of(), told);
  }

  @Test
  void afterTheEndNothingComes() {
    at(11, validity::stop);
    net.run(Duration.ofMinutes(1));
    assertEquals(List.of("ping at 10"), told);
  }

  @Test
  void thereIsTimeForAnAnswer() {
    Duration ten = Duration.ofSeconds(10);
    assertThrows(IllegalArgumentException.class, () -> new Validity.Policy(ten, ten));
    assertThrows(IllegalArgumentException.class, () -> new Validity.Policy(Duration.ZERO, ten));
    assertEquals(Duration.ofMinutes(5), Validity.Policy.DEFAULT.pingAfter());
    assertEquals(Duration.ofSeconds(310), Validity.Policy.DEFAULT.hangUpAfter());
  }
}
