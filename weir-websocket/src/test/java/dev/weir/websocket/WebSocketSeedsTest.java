package dev.weir.websocket;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.testkit.Seeds;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Our client against our server on networks all of which misbehave. */
class WebSocketSeedsTest {

  @ParameterizedTest
  @EnumSource
  void tenThousandNetworks(CarriedBy by) {
    run(10_000, by);
  }

  @ParameterizedTest
  @EnumSource
  @Tag("thorough")
  void halfAMillionNetworks(CarriedBy by) {
    run(500_000, by);
  }

  private static void run(int networks, CarriedBy by) {
    var scenario = new WebSocketScenario(by);
    Seeds.of(networks).run(scenario);
    assertTrue(scenario.inOrder > scenario.cut, scenario.inOrder + ", cut " + scenario.cut);
  }
}
