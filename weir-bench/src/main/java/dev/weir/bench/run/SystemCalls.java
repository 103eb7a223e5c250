package dev.weir.bench.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Counts the system calls of processes under load by {@code strace -c}, which slows them several
 * times over.
 */
final class SystemCalls implements Load.Meter, AutoCloseable {
  private final List<Long> pids;
  private final Path summary;
  private @Nullable Process strace;
  private Map<String, Long> counts = Map.of();

  SystemCalls(List<Long> pids) throws IOException {
    this.pids = pids;
    summary = Files.createTempFile("weir-bench", ".strace");
  }

  static boolean countable() {
    return Commands.exists("strace");
  }

  @Override
  public void begins() throws IOException {
    var command = new ArrayList<>(List.of("strace", "-f", "-c", "-o", summary.toString()));
    pids.forEach(pid -> command.addAll(List.of("-p", pid.toString())));
    Process counting = new ProcessBuilder(command).redirectErrorStream(true).start();
    strace = counting;
    // "strace: Process N attached", once it counts.
    if (counting.inputReader().readLine() == null) {
      throw new IOException("strace could not attach to " + pids);
    }
  }

  @Override
  public void ends() throws IOException {
    if (strace != null) {
      strace.destroy();
      Commands.waitFor(strace);
    }
    counts = counts(Files.readAllLines(summary));
  }

  /** How many of each call there were, after the end. */
  Map<String, Long> counts() {
    return counts;
  }

  /** Reads the table: percent, seconds, microseconds a call, calls, errors if any, name. */
  static Map<String, Long> counts(List<String> lines) {
    var counts = new TreeMap<String, Long>();
    for (String line : lines) {
      String[] cells = line.strip().split("\\s+", -1);
      if (cells.length >= 5
          && cells[3].matches("\\d+")
          && !cells[cells.length - 1].equals("total")) {
        counts.put(cells[cells.length - 1], Long.parseLong(cells[3]));
      }
    }
    return counts;
  }

  @Override
  public void close() throws IOException {
    if (strace != null) {
      strace.destroyForcibly();
    }
    Files.deleteIfExists(summary);
  }
}
