package dev.weir.bench.run;

import dev.weir.bench.report.Journal;
import dev.weir.bench.report.Metric;
import dev.weir.bench.report.Sample;
import java.io.IOException;
import java.util.List;

/** What a user takes into the house: the bytes of the jars that a peer's server needs. */
record JarBytes(String name, String title) implements Workload {
  @Override
  public boolean suits(Peer peer) {
    return !peer.jars().isEmpty();
  }

  @Override
  public void measure(List<Peer> peers, Surroundings surroundings, Journal journal) {
    for (Peer peer : peers) {
      try {
        long bytes = surroundings.installation().bytesOfJars(peer.jars());
        journal.add(new Sample(name, peer.label(), Metric.JARS, 0, bytes));
      } catch (IOException e) {
        journal.add(new Journal.Failure(name, peer.label(), Failures.describe(e)));
      }
    }
  }
}
