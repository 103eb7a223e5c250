package dev.weir.bench.report;

import java.util.List;
import java.util.OptionalDouble;

/**
 * What Weir is to reach, in the best round of one run.
 *
 * @param workload the workload's name
 * @param metric what is compared
 * @param references peers whose best is the measure; none, where the goal is a value by itself
 * @param goal Weir's share of the best reference, or the value; a least for metrics of which more
 *     is better, else a most
 */
public record Goal(String workload, Metric metric, List<String> references, double goal) {
  /** Weir, on the loop that it has by itself: others are compared with it. */
  static final String WEIR = "weir";

  /** Weir, on its loop for Linux. */
  static final String WEIR_EPOLL = "weir-epoll";

  private static final List<String> NETTY =
      List.of("netty-nio", "netty-epoll", "netty-epoll-tcnative");

  /** All goals. */
  public static final List<Goal> ALL =
      List.of(
          share("h1", 0.92, "floor"),
          share("h1-pipelined", 0.75, "floor"),
          share("ws-64", 0.95, "floor"),
          share("ws-64-16", 0.75, "floor"),
          share("ws-16k", 0.90, "floor"),
          share("h1-tls", 1.0, "nginx"),
          share("h2-tls", 1.6, "nghttpd"),
          share("h2", 1.8, "nghttpd"),
          new Goal("broadcast", Metric.PER_CPU_SECOND, NETTY, 2),
          new Goal("file", Metric.PER_CPU_SECOND, NETTY, 1.2),
          new Goal("file-tls", Metric.PER_CPU_SECOND, NETTY, 1.2),
          new Goal("upload", Metric.PER_CPU_SECOND, NETTY, 1.2),
          new Goal("h2-upload", Metric.PER_CPU_SECOND, NETTY, 1.2),
          new Goal("h2-tls-upload", Metric.PER_CPU_SECOND, NETTY, 1.2),
          most("warm-up", Metric.WARM_UP, 3),
          most("idle-ws", Metric.HEAP_EACH, 500),
          most("idle-ws", Metric.RESIDENT_EACH, 2_000),
          most("h1", Metric.ALLOCATED, 100),
          most("idle-h2", Metric.HEAP_EACH, 4_096),
          most("idle-tls", Metric.HEAP_EACH, 8_192),
          most("idle-h2-tls", Metric.HEAP_EACH, 8_192));

  private static Goal share(String workload, double goal, String reference) {
    return new Goal(workload, Metric.PER_CPU_SECOND, List.of(reference), goal);
  }

  private static Goal most(String workload, Metric metric, double goal) {
    return new Goal(workload, metric, List.of(), goal);
  }

  /**
   * What Weir reached, if it and a reference were measured.
   *
   * @param peer Weir, on one of its loops
   */
  public OptionalDouble reached(Journal journal, String peer) {
    OptionalDouble weir = journal.best(workload, peer, metric);
    if (references.isEmpty() || weir.isEmpty()) {
      return weir;
    }
    OptionalDouble reference =
        references.stream()
            .map(other -> journal.best(workload, other, metric))
            .flatMapToDouble(OptionalDouble::stream)
            .max();
    return reference.isEmpty()
        ? OptionalDouble.empty()
        : OptionalDouble.of(weir.getAsDouble() / reference.getAsDouble());
  }

  /** Whether that is enough. */
  public boolean isMetBy(double reached) {
    return metric.moreIsBetter() ? reached >= goal : reached <= goal;
  }
}
