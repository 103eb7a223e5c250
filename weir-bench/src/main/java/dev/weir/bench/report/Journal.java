package dev.weir.bench.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.stream.DoubleStream;

/** All that was measured in one run, and what follows from it. */
public final class Journal {
  /**
   * How often a server made a system call, for each request or message.
   *
   * @param workload the workload's name
   * @param peer the peer's label
   * @param calls by name
   */
  public record Calls(String workload, String peer, Map<String, Double> calls) {}

  /**
   * What could not be measured.
   *
   * @param workload the workload's name
   * @param peer the peer's label
   * @param problem why
   */
  public record Failure(String workload, String peer, String problem) {}

  /**
   * How one peer compares with another, round by round.
   *
   * @param median of the rounds' ratios
   * @param least of them
   * @param greatest of them
   */
  public record Ratio(double median, double least, double greatest) {}

  private final List<Sample> samples = new ArrayList<>();
  private final List<Calls> calls = new ArrayList<>();
  private final List<Failure> failures = new ArrayList<>();

  /** Notes a value. */
  public void add(Sample sample) {
    samples.add(sample);
  }

  /** Notes system calls. */
  public void add(Calls counted) {
    calls.add(counted);
  }

  /** Notes a failure; the run goes on without that peer. */
  public void add(Failure failure) {
    failures.add(failure);
  }

  public List<Sample> samples() {
    return List.copyOf(samples);
  }

  public List<Calls> calls() {
    return List.copyOf(calls);
  }

  public List<Failure> failures() {
    return List.copyOf(failures);
  }

  /** The peers that have a value, in the order in which they were first measured. */
  public List<String> peers(String workload) {
    return samples.stream()
        .filter(s -> s.workload().equals(workload))
        .map(Sample::peer)
        .distinct()
        .toList();
  }

  /** The workloads that have a value, in the order in which they were measured. */
  public List<String> workloads() {
    return samples.stream().map(Sample::workload).distinct().toList();
  }

  /** The metrics that a workload has values of. */
  public List<Metric> metrics(String workload) {
    return samples.stream()
        .filter(s -> s.workload().equals(workload))
        .map(Sample::metric)
        .distinct()
        .sorted()
        .toList();
  }

  /** The best round's value. Noise only slows, so the best is nearest to the truth. */
  public OptionalDouble best(String workload, String peer, Metric metric) {
    DoubleStream values = values(workload, peer, metric).values().stream().mapToDouble(v -> v);
    return metric.moreIsBetter() ? values.max() : values.min();
  }

  /** The median of all rounds. */
  public OptionalDouble median(String workload, String peer, Metric metric) {
    double[] sorted =
        values(workload, peer, metric).values().stream().mapToDouble(v -> v).sorted().toArray();
    return sorted.length == 0 ? OptionalDouble.empty() : OptionalDouble.of(middle(sorted));
  }

  /** {@code peer} over {@code reference}, for the rounds that both have. */
  public Optional<Ratio> ratio(String workload, String peer, String reference, Metric metric) {
    Map<Integer, Double> mine = values(workload, peer, metric);
    Map<Integer, Double> theirs = values(workload, reference, metric);
    double[] ratios =
        mine.entrySet().stream()
            .mapToDouble(e -> e.getValue() / theirs.getOrDefault(e.getKey(), Double.NaN))
            .filter(Double::isFinite)
            .sorted()
            .toArray();
    return ratios.length == 0
        ? Optional.empty()
        : Optional.of(new Ratio(middle(ratios), ratios[0], ratios[ratios.length - 1]));
  }

  private Map<Integer, Double> values(String workload, String peer, Metric metric) {
    var values = new TreeMap<Integer, Double>();
    for (Sample sample : samples) {
      if (sample.workload().equals(workload)
          && sample.peer().equals(peer)
          && sample.metric() == metric) {
        values.put(sample.round(), sample.value());
      }
    }
    return values;
  }

  private static double middle(double[] sorted) {
    int half = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
  }
}
