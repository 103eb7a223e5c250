package dev.weir.bench.run;

import dev.weir.bench.report.Journal;
import dev.weir.bench.report.Metric;
import dev.weir.bench.report.Sample;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * As much as goes: all servers are started and warmed up, then measured in interleaved rounds, so
 * that what else the machine does falls on all of them.
 *
 * @param name of the workload
 * @param title what is done
 * @param skills what a peer needs to have
 * @param load what asks
 */
record Throughput(String name, String title, Set<Skill> skills, Load load) implements Workload {
  private static final double COUNTING_SECONDS = 1;

  @Override
  public boolean suits(Peer peer) {
    return skills.stream().allMatch(peer::has);
  }

  @Override
  public void measure(List<Peer> peers, Surroundings surroundings, Journal journal) {
    var contestants = new ArrayList<Contestant>();
    try {
      for (Peer peer : peers) {
        try {
          contestants.add(new Contestant(peer, warm(peer, surroundings)));
        } catch (IOException e) {
          journal.add(new Journal.Failure(name, peer.label(), Failures.describe(e)));
        }
      }
      for (int round = 0; round < surroundings.rounds(); round++) {
        int number = round;
        each(contestants, journal, c -> round(c, number, surroundings, journal));
      }
      if (SystemCalls.countable()) {
        each(contestants, journal, c -> countCalls(c, surroundings, journal));
      }
    } finally {
      contestants.forEach(contestant -> contestant.server().close());
    }
  }

  /** A peer, and its server, warm. */
  private record Contestant(Peer peer, Server server) {}

  /** One step of a contestant's measurement. */
  private interface Step {
    void take(Contestant contestant) throws IOException;
  }

  /** Takes a step with each of them; who fails takes no further part. */
  private void each(List<Contestant> contestants, Journal journal, Step step) {
    for (Contestant contestant : List.copyOf(contestants)) {
      try {
        step.take(contestant);
      } catch (IOException e) {
        journal.add(new Journal.Failure(name, contestant.peer().label(), Failures.describe(e)));
        contestants.remove(contestant);
        contestant.server().close();
      }
    }
  }

  private Server warm(Peer peer, Surroundings surroundings) throws IOException {
    Server server = peer.launcher().start(peer, surroundings.installation(), surroundings.site());
    try {
      load.prime(server, surroundings);
      // A JVM compiles on the core that the load leaves it; what runs later has one core.
      if (peer.isJvm()) {
        good(load.run(server, surroundings.warmUpSeconds(), surroundings));
      }
      server.pin(surroundings.cores());
      good(load.run(server, 1, surroundings));
      return server;
    } catch (IOException e) {
      server.close();
      throw e;
    }
  }

  private void round(Contestant contestant, int round, Surroundings surroundings, Journal journal)
      throws IOException {
    Peer peer = contestant.peer();
    Server server = contestant.server();
    var used = new Used(server, peer.isJvm());
    Outcome outcome = good(load.run(server, surroundings.seconds(), surroundings, used));
    double cpu = used.cpuSeconds();
    double count = outcome.count();
    var values = new TreeMap<Metric, Double>();
    values.put(Metric.PER_SECOND, count / outcome.seconds());
    // The kernel counts in hundredths: a short round may have taken none of them.
    if (cpu > 0) {
      values.put(Metric.PER_CPU_SECOND, count / cpu);
      values.put(Metric.BUSY, cpu / outcome.seconds());
    }
    if (outcome.p50us() > 0) {
      values.put(Metric.P50, outcome.p50us());
      values.put(Metric.P99, outcome.p99us());
    }
    if (peer.isJvm()) {
      values.put(Metric.ALLOCATED, used.allocated() / count);
    }
    values.put(Metric.RESIDENT, (double) server.resident());
    values.forEach(
        (metric, value) -> journal.add(new Sample(name, peer.label(), metric, round, value)));
  }

  private void countCalls(Contestant contestant, Surroundings surroundings, Journal journal)
      throws IOException {
    String label = contestant.peer().label();
    Server server = contestant.server();
    try (var counting = new SystemCalls(server.pids())) {
      Outcome outcome = good(load.run(server, COUNTING_SECONDS, surroundings, counting));
      var each = new TreeMap<String, Double>();
      double all = 0;
      for (Map.Entry<String, Long> call : counting.counts().entrySet()) {
        double perUnit = (double) call.getValue() / outcome.count();
        each.put(call.getKey(), perUnit);
        all += perUnit;
      }
      journal.add(new Journal.Calls(name, label, each));
      journal.add(new Sample(name, label, Metric.SYSTEM_CALLS, 0, all));
    }
  }

  /** What was asked for has to come right: a figure of anything else is none. */
  private static Outcome good(Outcome outcome) throws IOException {
    if (outcome.errors() > 0 || outcome.count() == 0) {
      throw new IOException(outcome.errors() + " errors, " + outcome.count() + " good");
    }
    return outcome;
  }
}
