package dev.weir.bench.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalTest {
  private final Journal journal = new Journal();

  private void rounds(String workload, String peer, Metric metric, double... values) {
    for (int round = 0; round < values.length; round++) {
      journal.add(new Sample(workload, peer, metric, round, values[round]));
    }
  }

  @Test
  void theBestRoundIsTheGreatestRate() {
    rounds("h1", "weir", Metric.PER_SECOND, 90, 110, 100);
    assertEquals(OptionalDouble.of(110), journal.best("h1", "weir", Metric.PER_SECOND));
  }

  @Test
  void theBestRoundIsTheLeastCost() {
    rounds("h1", "weir", Metric.ALLOCATED, 90, 110, 100);
    assertEquals(OptionalDouble.of(90), journal.best("h1", "weir", Metric.ALLOCATED));
  }

  @Test
  void whatWasNotMeasuredIsEmpty() {
    assertEquals(OptionalDouble.empty(), journal.best("h1", "weir", Metric.PER_SECOND));
    assertEquals(OptionalDouble.empty(), journal.median("h1", "weir", Metric.PER_SECOND));
    assertEquals(Optional.empty(), journal.ratio("h1", "weir", "floor", Metric.PER_SECOND));
  }

  @Test
  void medianOfOddAndEven() {
    rounds("odd", "weir", Metric.PER_SECOND, 3, 1, 2);
    rounds("even", "weir", Metric.PER_SECOND, 4, 1, 2, 3);
    assertEquals(OptionalDouble.of(2), journal.median("odd", "weir", Metric.PER_SECOND));
    assertEquals(OptionalDouble.of(2.5), journal.median("even", "weir", Metric.PER_SECOND));
  }

  @Test
  void ratiosAreTakenWithinARound() {
    // The machine was twice as slow in the second round: no matter.
    rounds("h1", "jetty", Metric.PER_CPU_SECOND, 50, 25, 40);
    rounds("h1", "weir", Metric.PER_CPU_SECOND, 100, 50, 100);
    assertEquals(
        Optional.of(new Journal.Ratio(0.5, 0.4, 0.5)),
        journal.ratio("h1", "jetty", "weir", Metric.PER_CPU_SECOND));
  }

  @Test
  void ratiosAreOfRoundsThatBothHave() {
    rounds("h1", "jetty", Metric.PER_CPU_SECOND, 50);
    rounds("h1", "weir", Metric.PER_CPU_SECOND, 100, 50, 100);
    assertEquals(
        Optional.of(new Journal.Ratio(0.5, 0.5, 0.5)),
        journal.ratio("h1", "jetty", "weir", Metric.PER_CPU_SECOND));
  }

  @Test
  void aGoalComparesTheBestRounds() {
    rounds("h1", "weir", Metric.PER_CPU_SECOND, 80, 95);
    rounds("h1", "floor", Metric.PER_CPU_SECOND, 100, 90);
    Goal goal = new Goal("h1", Metric.PER_CPU_SECOND, List.of("floor"), 0.92);
    assertEquals(OptionalDouble.of(0.95), goal.reached(journal, "weir"));
    assertTrue(goal.isMetBy(0.95));
    assertFalse(goal.isMetBy(0.91));
  }

  @Test
  void aGoalTakesTheBestOfItsReferences() {
    rounds("file", "weir", Metric.PER_CPU_SECOND, 90);
    rounds("file", "netty-nio", Metric.PER_CPU_SECOND, 45);
    rounds("file", "netty-epoll", Metric.PER_CPU_SECOND, 60);
    Goal goal = new Goal("file", Metric.PER_CPU_SECOND, List.of("netty-nio", "netty-epoll"), 1.2);
    assertEquals(OptionalDouble.of(1.5), goal.reached(journal, "weir"));
  }

  @Test
  void aGoalOfBytesIsAMost() {
    rounds("idle-ws", "weir", Metric.HEAP_EACH, 480);
    Goal goal = new Goal("idle-ws", Metric.HEAP_EACH, List.of(), 500);
    assertEquals(OptionalDouble.of(480), goal.reached(journal, "weir"));
    assertTrue(goal.isMetBy(480));
    assertFalse(goal.isMetBy(501));
  }

  @Test
  void aGoalWithoutItsReferenceIsNotReached() {
    rounds("h1", "weir", Metric.PER_CPU_SECOND, 80);
    Goal goal = new Goal("h1", Metric.PER_CPU_SECOND, List.of("floor"), 0.92);
    assertEquals(OptionalDouble.empty(), goal.reached(journal, "weir"));
  }

  @Test
  void aTableHasALineForEachPeerAndForEachFailure() {
    rounds("h1", "weir", Metric.PER_CPU_SECOND, 100_000, 120_000);
    rounds("h1", "jetty", Metric.PER_CPU_SECOND, 50_000, 60_000);
    journal.add(new Journal.Calls("h1", "weir", Map.of("read", 1.0, "write", 1.0, "brk", 0.001)));
    journal.add(new Journal.Failure("h1", "vertx", "3 errors"));
    assertEquals(
        """
        h1      /CPU s  to weir (least..greatest)
        weir   120,000          1.00 (1.00..1.00)
        jetty   60,000          0.50 (0.50..0.50)
          weir: read 1.00, write 1.00
          vertx failed: 3 errors
        """,
        new Table(journal).of("h1"));
  }

  @Test
  void goalsAreListedOnceMeasured() {
    rounds("idle-ws", "weir", Metric.HEAP_EACH, 480);
    String goals = new Table(journal).goals();
    assertEquals(2, goals.lines().count(), goals);
    assertTrue(goals.contains("idle-ws") && goals.contains("480 met"), goals);
  }

  @Test
  void aFileHoldsAllOfIt(@TempDir Path directory) throws Exception {
    rounds("h1", "weir", Metric.PER_CPU_SECOND, 100, 120);
    journal.add(new Journal.Calls("h1", "weir", Map.of("read", 1.0)));
    journal.add(new Journal.Failure("h1", "vertx", "3 errors"));
    ResultFile result = ResultFile.of(Machine.here(List.of("-Xmx512m"), true, 2, 3, 10), journal);
    Path file = directory.resolve("results.json");
    result.write(file);
    assertEquals(result, ResultFile.read(file));
    assertEquals(journal.samples(), ResultFile.read(file).journal().samples());
  }

  @Test
  void aChartHasABarForEachShare() {
    rounds("h1", "weir", Metric.PER_CPU_SECOND, 100);
    rounds("h1", "floor", Metric.PER_CPU_SECOND, 125);
    rounds("jars", "weir", Metric.JARS, 800_000);
    String chart = Chart.of(journal, List.of("ws-64", "h1"));
    assertTrue(chart.contains("1.25"), chart);
    assertFalse(chart.contains("jars\",\"peer"), chart);
    assertTrue(chart.contains("\"sort\":[\"ws-64\",\"h1\"]"), chart);
  }
}
