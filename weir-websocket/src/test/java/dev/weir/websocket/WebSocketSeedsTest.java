package dev.weir.websocket;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.testkit.Seeds;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Our client against our server on networks all of which misbehave. */
class WebSocketSeedsTest {

  @Test
  void tenThousandNetworks() {
    run(10_000);
  }

  @Test
  @Tag("thorough")
  void halfAMillionNetworks() {
    run(500_000);
  }

  private static void run(int networks) {
    var scenario = new WebSocketScenario();
    Seeds.of(networks).run(scenario);
    assertTrue(scenario.inOrder > scenario.cut, scenario.inOrder + ", cut " + scenario.cut);
  }
}
