package dev.weir.testkit;

/**
 * Something that is tried on many networks: {@link Seeds} makes each from a seed, has the scenario
 * set its stage, runs until nothing more happens, makes the check and looks for leftovers.
 */
@FunctionalInterface
public interface Scenario {

  /**
   * Sets the stage: hosts, conditions, listeners, connections. Nothing runs yet.
   *
   * @return the check to make in the end; throws what fails the run
   */
  Runnable begin(SimNetwork network);
}
