package dev.weir.testkit;

import java.util.ArrayDeque;

/**
 * Runs a {@link Scenario} on many seeds. The first that fails is run again, and the error tells the
 * seed and what last travelled over the network.
 *
 * <p>The system property {@code weir.sim.seed} runs that one seed instead; {@code weir.sim.runs}
 * another number of them.
 */
public final class Seeds {

  private static final int TOLD_LINES = 40;

  private final long first;
  private final int count;

  private Seeds(long first, int count) {
    this.first = first;
    this.count = count;
  }

  /** The seeds from 1 to {@code count}, or those that the system properties ask for. */
  public static Seeds of(int count) {
    Long one = Long.getLong("weir.sim.seed");
    return one != null
        ? new Seeds(one, 1)
        : new Seeds(1, Integer.getInteger("weir.sim.runs", count));
  }

  /**
   * Runs the scenario on each seed, one after the other.
   *
   * @throws AssertionError for the first seed that fails
   */
  public void run(Scenario scenario) {
    for (long seed = first; seed < first + count; seed++) {
      try {
        run(scenario, new SimNetwork(seed));
      } catch (RuntimeException | AssertionError e) {
        throw new AssertionError(
            "seed "
                + seed
                + ": "
                + e.getMessage()
                + traceOf(scenario, seed)
                + "\nrun it again with -Dweir.sim.seed="
                + seed,
            e);
      }
    }
  }

  private static void run(Scenario scenario, SimNetwork network) {
    Runnable check = scenario.begin(network);
    network.runUntilIdle();
    check.run();
    network.assertNothingLeft();
  }

  private static String traceOf(Scenario scenario, long seed) {
    ArrayDeque<String> last = new ArrayDeque<>();
    SimNetwork again = new SimNetwork(seed);
    again.trace(line -> {
      last.add(line);
      if (last.size() > TOLD_LINES) {
        last.remove();
      }
    });
    try {
      run(scenario, again);
    } catch (RuntimeException | AssertionError e) {
      return "\nwhat travelled last:\n" + String.join("\n", last);
    }
    return "\nbut not when it was run again: something is not drawn from the seed";
  }
}
