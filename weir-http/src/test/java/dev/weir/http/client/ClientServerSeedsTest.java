package dev.weir.http.client;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.testkit.Seeds;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Our client against our server on ten thousand networks, all of which misbehave. */
class ClientServerSeedsTest {

  private static final int RUNS = 10_000;

  @ParameterizedTest(name = "by HTTP/2: {0}")
  @ValueSource(booleans = {false, true})
  void everyByteArrivesOrAnErrorSaysWhy(boolean http2, TestReporter reporter) {
    var scenario = new ClientServerScenario(http2);

    Seeds.of(RUNS).run(scenario);

    reporter.publishEntry(
        scenario.whole
            + " exchanges whole, "
            + scenario.failed
            + " failed by the network, "
            + scenario.cancelled
            + " cancelled");
    assertTrue(scenario.whole > scenario.failed, scenario.whole + " of " + scenario.failed);
  }
}
