package dev.weir.bench.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Runs programs to their end. */
final class Commands {
  /** No program that is waited for runs longer, whatever is asked of it. */
  private static final long LONGEST_SECONDS = 300;

  private Commands() {}

  static List<String> concat(List<String> head, List<String> tail) {
    return Stream.concat(head.stream(), tail.stream()).toList();
  }

  /** Whether a program of this name is on the path. */
  static boolean exists(String program) {
    return Stream.of(System.getenv("PATH").split(":"))
        .anyMatch(directory -> Files.isExecutable(Path.of(directory, program)));
  }

  /**
   * What the command printed on its standard output.
   *
   * @throws IOException if it can't be started, fails, or does not end; the message has what it
   *     printed on standard error
   */
  static String run(List<String> command) throws IOException {
    return run(new ProcessBuilder(command), "");
  }

  /** The same, with something for its standard input. */
  static String run(List<String> command, String input) throws IOException {
    return run(new ProcessBuilder(command), input);
  }

  static String run(ProcessBuilder builder, String input) throws IOException {
    Path errors = Files.createTempFile("weir-bench", ".err");
    try {
      Process process = builder.redirectError(errors.toFile()).start();
      try (Writer in = process.outputWriter(StandardCharsets.UTF_8)) {
        in.write(input);
      }
      Thread watch =
          Thread.ofVirtual()
              .start(() -> {
                try {
                  if (!process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS)) {
                    process.destroyForcibly();
                  }
                } catch (InterruptedException e) {
                  Thread.currentThread().interrupt();
                }
              });
      String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      int code = waitFor(process);
      watch.interrupt();
      if (code != 0) {
        throw new IOException(
            String.join(" ", builder.command())
                + " ended with "
                + code
                + ": "
                + Files.readString(errors).strip());
      }
      return out;
    } finally {
      Files.deleteIfExists(errors);
    }
  }

  static int waitFor(Process process) {
    try {
      return process.waitFor();
    } catch (InterruptedException e) {
      process.destroyForcibly();
      throw new UncheckedIOException(new IOException("interrupted", e));
    }
  }
}
