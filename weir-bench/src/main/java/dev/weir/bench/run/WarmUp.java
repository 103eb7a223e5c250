package dev.weir.bench.run;

import dev.weir.bench.report.Journal;
import dev.weir.bench.report.Metric;
import dev.weir.bench.report.Sample;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Seconds of load from the start of a server until it does nine tenths of its steady rate.
 *
 * @param name of the workload
 * @param title what is done
 * @param cached whether the JVM is given the classes and the profiles of an earlier run (JEP 514
 *     and 515), which is not measured
 */
record WarmUp(String name, String title, boolean cached) implements Workload {
  private static final double SECONDS = 30;

  /** Of load in the earlier run: those who are slowest need so long. */
  private static final double TRAINING_SECONDS = 15;

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
    Map<Peer, Installation> installations = new LinkedHashMap<>();
    for (Peer peer : peers) {
      try {
        installations.put(peer, cached ? trained(peer, surroundings) : surroundings.installation());
      } catch (IOException e) {
        journal.add(new Journal.Failure(name, peer.label(), Failures.describe(e)));
      }
    }
    for (int round = 0; round < surroundings.rounds(); round++) {
      for (Map.Entry<Peer, Installation> each : installations.entrySet()) {
        round(each.getKey(), each.getValue(), round, surroundings, journal);
      }
    }
  }

  /** Runs a server under load until it is warm, and has its JVM write down what it has learned. */
  private static Installation trained(Peer peer, Surroundings surroundings) throws IOException {
    Path cache = surroundings.site().directory().resolve(peer.label() + ".aot");
    Installation writing =
        surroundings.installation().withJvmOptions(List.of("-XX:AOTCacheOutput=" + cache));
    try (Server server = peer.launcher().start(peer, writing, surroundings.site())) {
      LOAD.run(server, TRAINING_SECONDS, surroundings);
      server.end();
    }
    if (!Files.exists(cache)) {
      throw new IOException("its JVM wrote no cache; does the class path consist of jars?");
    }
    return surroundings.installation().withJvmOptions(List.of("-XX:AOTCache=" + cache));
  }

  private void round(
      Peer peer, Installation installation, int round, Surroundings surroundings, Journal journal) {
    try (Server server = peer.launcher().start(peer, installation, surroundings.site())) {
      Outcome outcome = LOAD.run(server, SECONDS, surroundings);
      double seconds = secondsUntilSteady(outcome.samples());
      journal.add(new Sample(name, peer.label(), Metric.WARM_UP, round, seconds));
    } catch (IOException e) {
      journal.add(new Journal.Failure(name, peer.label(), Failures.describe(e)));
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
