package dev.weir.bench.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/**
 * Where it was measured, and how: figures of different machines or options do not compare.
 *
 * @param measured when
 * @param processor the CPU's name
 * @param cores how many
 * @param system kernel and its version
 * @param java of the JVMs
 * @param jvmOptions of the JVMs
 * @param pinned whether server and load had a core each
 * @param rounds of each workload
 * @param seconds of a round
 * @param warmUpSeconds before the rounds
 */
public record Machine(
    String measured,
    String processor,
    int cores,
    String system,
    String java,
    List<String> jvmOptions,
    boolean pinned,
    int rounds,
    double seconds,
    double warmUpSeconds) {
  /** This one, now. */
  public static Machine here(
      List<String> jvmOptions, boolean pinned, int rounds, double seconds, double warmUpSeconds) {
    return new Machine(
        Instant.now().truncatedTo(ChronoUnit.SECONDS).toString(),
        processorName(),
        Runtime.getRuntime().availableProcessors(),
        System.getProperty("os.name") + " " + System.getProperty("os.version"),
        Runtime.version().toString(),
        jvmOptions,
        pinned,
        rounds,
        seconds,
        warmUpSeconds);
  }

  /** Two lines for people. */
  @Override
  public String toString() {
    return "%s, %d cores, %s, Java %s, %s%n%d rounds of %s s after %s s of load; JVMs with %s"
        .formatted(
            processor,
            cores,
            system,
            java,
            pinned ? "server and load on a core each" : "not pinned",
            rounds,
            seconds,
            warmUpSeconds,
            String.join(" ", jvmOptions));
  }

  private static String processorName() {
    try {
      return Files.readAllLines(Path.of("/proc/cpuinfo")).stream()
          .filter(line -> line.startsWith("model name"))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse("unknown");
    } catch (IOException e) {
      return "unknown";
    }
  }
}
