package dev.weir.bench.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import tools.jackson.databind.json.JsonMapper;

/**
 * The picture of a run, as a specification for Vega-Lite, which draws it: bars of what each peer
 * does per CPU-second, as a share of Weir, a small chart for each workload.
 */
public final class Chart {
  private static final int COLUMNS = 3;

  private Chart() {}

  /**
   * The specification, as JSON.
   *
   * @param order the names of workloads, in the order in which they are shown
   */
  public static String of(Journal journal, List<String> order) {
    var bars = new ArrayList<Map<String, Object>>();
    for (String workload : journal.workloads()) {
      OptionalDouble weir = journal.best(workload, Goal.WEIR, Metric.PER_CPU_SECOND);
      for (String peer : journal.peers(workload)) {
        OptionalDouble best = journal.best(workload, peer, Metric.PER_CPU_SECOND);
        if (weir.isPresent() && best.isPresent()) {
          bars.add(
              Map.of(
                  "workload",
                  workload,
                  "peer",
                  peer,
                  "share",
                  best.getAsDouble() / weir.getAsDouble(),
                  "whose",
                  whose(peer)));
        }
      }
    }
    var bar = new LinkedHashMap<String, Object>();
    bar.put("mark", Map.of("type", "bar"));
    bar.put("width", 170);
    bar.put("height", Map.of("step", 14));
    bar.put(
        "encoding",
        Map.of(
            "y", Map.of("field", "peer", "type", "nominal", "sort", "-x", "title", ""),
            "x", Map.of("field", "share", "type", "quantitative", "title", ""),
            "color",
                Map.of(
                    "field",
                    "whose",
                    "legend",
                    false,
                    "scale",
                    Map.of(
                        "domain", List.of("weir", "floor", "peer"),
                        "range", List.of("#0b7285", "#adb5bd", "#74a9b3")))));
    var chart = new LinkedHashMap<String, Object>();
    chart.put("$schema", "https://vega.github.io/schema/vega-lite/v6.json");
    chart.put("title", "Per server-CPU-second, best round, as a share of Weir's");
    chart.put("background", "white");
    chart.put("data", Map.of("values", bars));
    chart.put(
        "facet",
        Map.of(
            "field",
            "workload",
            "sort",
            order,
            "title",
            "",
            "header",
            Map.of("labelFontWeight", "bold")));
    chart.put("columns", COLUMNS);
    chart.put("resolve", Map.of("scale", Map.of("x", "independent", "y", "independent")));
    chart.put("spec", bar);
    return JsonMapper.shared().writeValueAsString(chart);
  }

  private static String whose(String peer) {
    return switch (peer) {
      case Goal.WEIR, "floor" -> peer;
      case Goal.WEIR_EPOLL -> Goal.WEIR;
      default -> "peer";
    };
  }
}
