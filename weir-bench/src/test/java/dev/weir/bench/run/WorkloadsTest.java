package dev.weir.bench.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.bench.report.Goal;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class WorkloadsTest {
  private static final Set<String> NAMES =
      Workloads.all().stream().map(Workload::name).collect(Collectors.toSet());

  @Test
  void namesAreUnique() {
    assertEquals(Workloads.all().size(), NAMES.size());
  }

  @Test
  void weirTakesPartInAll() {
    List<String> without =
        Workloads.all().stream()
            .filter(w -> !w.suits(Peer.WEIR) && !(w instanceof Clients))
            .map(Workload::name)
            .toList();
    assertEquals(List.of(), without);
  }

  @Test
  void goalsAreOfWorkloadsAndPeersThatThereAre() {
    Set<String> peers = Peer.ALL.stream().map(Peer::label).collect(Collectors.toSet());
    for (Goal goal : Goal.ALL) {
      assertTrue(NAMES.contains(goal.workload()), goal.toString());
      assertTrue(peers.containsAll(goal.references()), goal.toString());
    }
  }
}
