package dev.weir.bench.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** Counts the system calls of a process by {@code strace -c}, which slows it several times over. */
final class SystemCalls implements AutoCloseable {
  private final Process strace;
  private final Path summary;

  private SystemCalls(Process strace, Path summary) {
    this.strace = strace;
    this.summary = summary;
  }

  static boolean countable() {
    return Commands.exists("strace");
  }

  static SystemCalls of(List<Long> pids) throws IOException {
    Path summary = Files.createTempFile("weir-bench", ".strace");
    var command = new ArrayList<>(List.of("strace", "-f", "-c", "-o", summary.toString()));
    pids.forEach(pid -> command.addAll(List.of("-p", pid.toString())));
    Process strace = new ProcessBuilder(command).redirectErrorStream(true).start();
    // "strace: Process N attached", once it counts.
    if (strace.inputReader().readLine() == null) {
      throw new IOException("strace could not attach to " + pids);
    }
    return new SystemCalls(strace, summary);
  }

  /** Stops counting, and says how many of each call there were. */
  Map<String, Long> end() throws IOException {
    strace.destroy();
    try {
      strace.waitFor(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      throw new IOException("interrupted", e);
    }
    return counts(Files.readAllLines(summary));
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
    strace.destroyForcibly();
    Files.deleteIfExists(summary);
  }
}
