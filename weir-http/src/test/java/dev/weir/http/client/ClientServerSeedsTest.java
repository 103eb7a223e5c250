package dev.weir.http.client;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.testkit.Seeds;
import org.junit.jupiter.api.Test;

/** Our client against our server on ten thousand networks, all of which misbehave. */
class ClientServerSeedsTest {

  private static final int RUNS = 10_000;

  @Test
  void everyByteArrivesOrAnErrorSaysWhy() {
    var scenario = new ClientServerScenario();

    Seeds.of(RUNS).run(scenario);

    assertTrue(scenario.whole > scenario.failed, scenario.whole + " of " + scenario.failed);
  }
}
