package dev.weir.bench.run;

import dev.weir.bench.report.Journal;
import dev.weir.bench.report.Metric;
import dev.weir.bench.report.Sample;
import java.io.IOException;
import java.util.List;

/** Seconds of load from the start of a server until it does nine tenths of its steady rate. */
record WarmUp(String name, String title) implements Workload {
  private static final double SECONDS = 30;
  private static final int SAMPLES_A_SECOND = 4;
  private static final Load LOAD =
      new Load.Own(
          "plain",
          "--mode",
          "http",
          "--connections",
          "64",
          "--samples",
          "" + 1000 / SAMPLES_A_SECOND);

  @Override
  public boolean suits(Peer peer) {
    return peer.isJvm() && peer.has(Skill.H1);
  }

  @Override
  public void measure(List<Peer> peers, Surroundings surroundings, Journal journal) {
    for (int round = 0; round < surroundings.rounds(); round++) {
      for (Peer peer : peers) {
        try (Server server =
            peer.launcher().start(peer, surroundings.installation(), surroundings.site())) {
          Outcome outcome = LOAD.run(server, SECONDS, surroundings);
          journal.add(
              new Sample(
                  name,
                  peer.label(),
                  Metric.WARM_UP,
                  round,
                  secondsUntilSteady(outcome.samples())));
        } catch (IOException e) {
          journal.add(new Journal.Failure(name, peer.label(), Failures.describe(e)));
        }
      }
    }
  }

  /**
   * The rate of a second, sliding, is compared with that of the last third; a second in which the
   * machine did something else does not make a server warm later than it was.
   */
  static double secondsUntilSteady(List<Long> samples) {
    int last = samples.size() - samples.size() / 3;
    double steady =
        samples.subList(last, samples.size()).stream()
            .mapToLong(n -> n)
            .sorted()
            .skip((samples.size() - last) / 2)
            .findFirst()
            .orElseThrow();
    for (int end = SAMPLES_A_SECOND; end <= samples.size(); end++) {
      double rate =
          samples.subList(end - SAMPLES_A_SECOND, end).stream()
              .mapToLong(n -> n)
              .average()
              .orElse(0);
      if (rate >= 0.9 * steady) {
        return (double) end / SAMPLES_A_SECOND;
      }
    }
    return (double) samples.size() / SAMPLES_A_SECOND;
  }
}
