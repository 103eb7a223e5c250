package dev.weir.bench.run;

import dev.weir.bench.report.Journal;
import dev.weir.bench.report.Metric;
import dev.weir.bench.report.Sample;
import java.io.IOException;
import java.util.List;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** The other side: what a client does for each second of its own CPU, against one nginx. */
record Clients(String name, String title) implements Workload {
  private static final List<String> CLIENTS = List.of("weir", "jdk", "netty", "jetty");
  private static final int CONCURRENCY = 64;
  private static final JsonMapper JSON =
      JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

  /**
   * What a client says of its run.
   *
   * @param count replies that were right
   * @param seconds how long it took
   * @param cpuSeconds of its process
   * @param allocatedBytes of all its threads
   */
  private record Done(long count, double seconds, double cpuSeconds, long allocatedBytes) {}

  @Override
  public boolean suits(Peer peer) {
    return peer.equals(Peer.NGINX);
  }

  @Override
  public void measure(List<Peer> peers, Surroundings surroundings, Journal journal) {
    for (Peer nginx : peers) {
      try (Server server =
          nginx.launcher().start(nginx, surroundings.installation(), surroundings.site())) {
        server.pin(surroundings.cores());
        for (int round = 0; round < surroundings.rounds(); round++) {
          for (String client : CLIENTS) {
            round(client, round, server, surroundings, journal);
          }
        }
      } catch (IOException e) {
        journal.add(new Journal.Failure(name, nginx.label(), Failures.describe(e)));
      }
    }
  }

  private void round(
      String client, int round, Server server, Surroundings surroundings, Journal journal) {
    try {
      String out =
          Commands.run(
              surroundings
                  .installation()
                  .java(
                      "dev.weir.bench.client.ClientMain",
                      client,
                      "http://127.0.0.1:" + server.port("plain") + "/",
                      Integer.toString(CONCURRENCY),
                      Double.toString(surroundings.warmUpSeconds()),
                      Double.toString(surroundings.seconds())));
      Done done = JSON.readValue(out, Done.class);
      double count = done.count();
      journal.add(new Sample(name, client, Metric.PER_SECOND, round, count / done.seconds()));
      journal.add(
          new Sample(name, client, Metric.PER_CPU_SECOND, round, count / done.cpuSeconds()));
      journal.add(new Sample(name, client, Metric.ALLOCATED, round, done.allocatedBytes() / count));
    } catch (IOException e) {
      journal.add(new Journal.Failure(name, client, Failures.describe(e)));
    }
  }
}
