package dev.weir.bench.run;

import dev.weir.bench.report.Journal;
import dev.weir.bench.report.Metric;
import dev.weir.bench.report.Sample;
import java.io.IOException;
import java.util.List;

/**
 * What an idle connection costs: memory of the server with so many, less what it was before.
 *
 * @param name of the workload
 * @param title what is done
 * @param skill what a peer needs to have
 * @param load what opens the connections and holds them, but for how many
 */
record Idle(String name, String title, Skill skill, Load.Own load) implements Workload {
  private static final int CONNECTIONS = 10_000;

  /** Opened first, and closed, so that what is made once and kept is not counted. */
  private static final int FIRST = 200;

  /** A heap that is no greater than what it holds asks for, or resident memory says nothing. */
  private static final List<String> TIGHT_HEAP =
      List.of(
          "-Xms4m",
          "-Xmn2m",
          "-XX:MinHeapFreeRatio=5",
          "-XX:MaxHeapFreeRatio=10",
          "-XX:-ShrinkHeapInSteps");

  @Override
  public boolean suits(Peer peer) {
    return peer.has(skill);
  }

  @Override
  public void measure(List<Peer> peers, Surroundings surroundings, Journal journal) {
    Installation tight = surroundings.installation().withJvmOptions(TIGHT_HEAP);
    for (Peer peer : peers) {
      for (int round = 0; round < surroundings.rounds(); round++) {
        try (Server server = peer.launcher().start(peer, tight, surroundings.site())) {
          round(peer, round, server, surroundings, journal);
        } catch (IOException e) {
          journal.add(new Journal.Failure(name, peer.label(), Failures.describe(e)));
        }
      }
    }
  }

  private void round(
      Peer peer, int round, Server server, Surroundings surroundings, Journal journal)
      throws IOException {
    Held.open(load, FIRST, server, surroundings).close();
    long heap = peer.isJvm() ? server.ask("heap") : 0;
    long resident = server.resident();
    try (var held = Held.open(load, CONNECTIONS, server, surroundings)) {
      if (peer.isJvm()) {
        note(journal, peer, round, Metric.HEAP_EACH, server.ask("heap") - heap);
      }
      note(journal, peer, round, Metric.RESIDENT_EACH, server.resident() - resident);
      held.check();
    }
  }

  private void note(Journal journal, Peer peer, int round, Metric metric, long bytes) {
    journal.add(new Sample(name, peer.label(), metric, round, (double) bytes / CONNECTIONS));
  }
}
