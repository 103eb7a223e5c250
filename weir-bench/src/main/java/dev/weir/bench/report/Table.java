package dev.weir.bench.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.StringJoiner;
import java.util.TreeMap;

/** Prints what was measured, as text. */
public final class Table {
  private final Journal journal;

  /** Of a run, whole or so far. */
  public Table(Journal journal) {
    this.journal = journal;
  }

  /** A workload: a line a peer, its best round, and the ratio to Weir with its spread. */
  public String of(String workload) {
    List<Metric> metrics = journal.metrics(workload);
    var rows = new ArrayList<List<String>>();
    var head = new ArrayList<String>();
    head.add(workload);
    metrics.forEach(metric -> head.add(metric.unit()));
    head.add("to weir (least..greatest)");
    rows.add(head);
    for (String peer : journal.peers(workload)) {
      var row = new ArrayList<String>();
      row.add(peer);
      for (Metric metric : metrics) {
        OptionalDouble best = journal.best(workload, peer, metric);
        row.add(best.isPresent() ? number(best.getAsDouble()) : "-");
      }
      row.add(ratio(workload, peer, metrics));
      rows.add(row);
    }
    var text = new StringBuilder(aligned(rows));
    for (Journal.Calls calls : journal.calls()) {
      if (calls.workload().equals(workload)) {
        text.append("  ").append(calls.peer()).append(": ").append(frequent(calls)).append('\n');
      }
    }
    for (Journal.Failure failure : journal.failures()) {
      if (failure.workload().equals(workload)) {
        text.append("  ").append(failure.peer()).append(" failed: ");
        text.append(failure.problem()).append('\n');
      }
    }
    return text.toString();
  }

  private String ratio(String workload, String peer, List<Metric> metrics) {
    Metric metric =
        metrics.contains(Metric.PER_CPU_SECOND) ? Metric.PER_CPU_SECOND : metrics.getFirst();
    return journal
        .ratio(workload, peer, Goal.WEIR, metric)
        .map(r ->
            String.format(Locale.ROOT, "%.2f (%.2f..%.2f)", r.median(), r.least(), r.greatest()))
        .orElse("-");
  }

  /** The calls that are made at least once in a hundred requests. */
  private static String frequent(Journal.Calls calls) {
    var text = new StringJoiner(", ");
    for (Map.Entry<String, Double> call : new TreeMap<>(calls.calls()).entrySet()) {
      if (call.getValue() >= 0.01) {
        text.add(String.format(Locale.ROOT, "%s %.2f", call.getKey(), call.getValue()));
      }
    }
    return text.toString();
  }

  /** The goals whose workload was run, and what each of Weir's loops makes of them. */
  public String goals() {
    var rows = new ArrayList<List<String>>();
    rows.add(List.of("goal", "what", "reference", "goal", Goal.WEIR, Goal.WEIR_EPOLL));
    for (Goal goal : Goal.ALL) {
      if (goal.reached(journal, Goal.WEIR).isPresent()) {
        rows.add(
            List.of(
                goal.workload(),
                goal.metric().unit(),
                goal.references().isEmpty() ? "-" : goal.references().getFirst().split("-", 2)[0],
                number(goal.goal()),
                reached(goal, Goal.WEIR),
                reached(goal, Goal.WEIR_EPOLL)));
      }
    }
    return aligned(rows);
  }

  private String reached(Goal goal, String peer) {
    OptionalDouble reached = goal.reached(journal, peer);
    if (reached.isEmpty()) {
      return "-";
    }
    double value = reached.getAsDouble();
    return number(value) + (goal.isMetBy(value) ? " met   " : " missed");
  }

  private static String number(double value) {
    if (value >= 1000) {
      return String.format(Locale.ROOT, "%,.0f", value);
    }
    return String.format(Locale.ROOT, value >= 100 ? "%.0f" : "%.2f", value);
  }

  private static String aligned(List<List<String>> rows) {
    int columns = rows.getFirst().size();
    int[] widths = new int[columns];
    for (List<String> row : rows) {
      for (int i = 0; i < columns; i++) {
        widths[i] = Math.max(widths[i], row.get(i).length());
      }
    }
    var text = new StringBuilder();
    for (List<String> row : rows) {
      for (int i = 0; i < columns; i++) {
        String pad = " ".repeat(widths[i] - row.get(i).length());
        text.append(i == 0 ? row.get(i) + pad : "  " + pad + row.get(i));
      }
      text.append('\n');
    }
    return text.toString();
  }
}
