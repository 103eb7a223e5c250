package dev.weir.http.exchange;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.testkit.SimNetwork;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DeadlineTest {

  private enum Waiting {
    HEAD,
    BODY
  }

  private static final Duration SECOND = Duration.ofSeconds(1);

  private final SimNetwork network = new SimNetwork(1);
  private final List<Waiting> late = new ArrayList<>();
  private Deadline<Waiting> deadline;

  @BeforeEach
  void onItsLoop() {
    deadline =
        new Deadline<>(network.host("a").context(1).loop()) {
          @Override
          protected void late(Waiting missed) {
            late.add(missed);
          }
        };
  }

  @Test
  void tellsWhatDidNotCome() {
    deadline.await(Waiting.HEAD, SECOND);
    assertTrue(deadline.awaits(Waiting.HEAD));
    network.run(SECOND.multipliedBy(2));
    assertEquals(List.of(Waiting.HEAD), late);
    assertFalse(deadline.awaits(Waiting.HEAD));
  }

  @Test
  void waitsForOneThing() {
    deadline.await(Waiting.HEAD, SECOND);
    deadline.await(Waiting.BODY, SECOND.multipliedBy(3));
    network.run(SECOND.multipliedBy(2));
    assertEquals(List.of(), late);
    network.run(SECOND.multipliedBy(2));
    assertEquals(List.of(Waiting.BODY), late);
  }

  @Test
  void isMetByThatAlone() {
    deadline.await(Waiting.HEAD, SECOND);
    deadline.met(Waiting.BODY);
    assertTrue(deadline.awaits(Waiting.HEAD));
    deadline.met(Waiting.HEAD);
    network.run(SECOND.multipliedBy(2));
    assertEquals(List.of(), late);
  }
}
