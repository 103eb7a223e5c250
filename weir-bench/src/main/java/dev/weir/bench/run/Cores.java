package dev.weir.bench.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Which core is whose: the server has the first one, the load the second. Where a process can't be
 * pinned (no {@code taskset}, or one core only) everything goes where the system puts it.
 */
public final class Cores {
  private static final String SERVER = "0";
  private static final String LOAD = "1";
  private static final int PIN_ATTEMPTS = 5;

  private final boolean pinning =
      Runtime.getRuntime().availableProcessors() > 1
          && Files.isExecutable(Path.of("/usr/bin/taskset"));

  /** Whether server and load have a core each. */
  public boolean pinning() {
    return pinning;
  }

  /** The command that starts {@code command} on the load's core. */
  List<String> forLoad(List<String> command) {
    return pinning ? Commands.concat(List.of("taskset", "-c", LOAD), command) : command;
  }

  /**
   * Moves all threads of a server to its core; a JVM's compilers have then done their work. taskset
   * fails if a thread that it has listed ends before it is moved, so it is asked again.
   */
  void pinServer(long pid) throws IOException {
    if (!pinning) {
      return;
    }
    List<String> taskset = List.of("taskset", "-a", "-c", "-p", SERVER, Long.toString(pid));
    for (int attempt = 1; ; attempt++) {
      try {
        Commands.run(taskset);
        return;
      } catch (IOException failed) {
        if (attempt == PIN_ATTEMPTS) {
          throw failed;
        }
      }
    }
  }
}
