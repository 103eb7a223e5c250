package dev.weir.bench.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class WarmUpTest {
  private static List<Long> samples(int slow, int fast) {
    var samples = new ArrayList<Long>(Collections.nCopies(slow, 10L));
    samples.addAll(Collections.nCopies(fast, 100L));
    return samples;
  }

  @Test
  void aServerThatIsWarmAtOnceTakesTheSecondThatIsLookedAt() {
    assertEquals(1, WarmUp.secondsUntilSteady(samples(0, 120)));
  }

  @Test
  void takesTheFirstSecondThatIsFastThroughout() {
    assertEquals(6, WarmUp.secondsUntilSteady(samples(20, 100)));
  }

  @Test
  void aPauseLaterDoesNotCount() {
    List<Long> samples = samples(20, 100);
    samples.set(60, 0L);
    samples.set(110, 0L);
    assertEquals(6, WarmUp.secondsUntilSteady(samples));
  }
}
