package dev.weir.bench.report;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * A run as JSON: every value that was measured, none summed up.
 *
 * @param machine where and how
 * @param samples the values
 * @param systemCalls how many of each call
 * @param failures what could not be measured
 */
public record ResultFile(
    Machine machine,
    List<Sample> samples,
    List<Journal.Calls> systemCalls,
    List<Journal.Failure> failures) {
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  /** Of a run. */
  public static ResultFile of(Machine machine, Journal journal) {
    return new ResultFile(machine, journal.samples(), journal.calls(), journal.failures());
  }

  /** What an earlier run wrote. */
  public static ResultFile read(Path file) throws IOException {
    return JSON.readValue(Files.readAllBytes(file), ResultFile.class);
  }

  /** The journal that it was made of. */
  public Journal journal() {
    return journalWithout(Set.of());
  }

  /** The same, but for some workloads. */
  public Journal journalWithout(Set<String> workloads) {
    var journal = new Journal();
    samples.stream().filter(s -> !workloads.contains(s.workload())).forEach(journal::add);
    systemCalls.stream().filter(c -> !workloads.contains(c.workload())).forEach(journal::add);
    failures.stream().filter(f -> !workloads.contains(f.workload())).forEach(journal::add);
    return journal;
  }

  /** Writes it, in place of what was there. */
  public void write(Path file) throws IOException {
    try (OutputStream out = Files.newOutputStream(file)) {
      JSON.writeValue(out, this);
    }
  }
}
