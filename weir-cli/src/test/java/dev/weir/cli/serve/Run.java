package dev.weir.cli.serve;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.testpeers.Programs;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A program that has run to its end.
 *
 * @param exit its exit code
 * @param output what it printed on both outputs
 */
record Run(int exit, String output) {

  /** Runs a program with no input. */
  static Run of(Duration limit, String program, String... arguments)
      throws IOException, InterruptedException {
    return withInput(limit, "", program, arguments);
  }

  /** Runs a program and feeds it. */
  static Run withInput(Duration limit, String input, String program, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Programs.get(program).toString());
    command.addAll(List.of(arguments));
    Path output = Files.createTempFile("weir", ".out");
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(output.toFile())
              .start();
      try (var in = process.getOutputStream()) {
        in.write(input.getBytes(StandardCharsets.UTF_8));
      } catch (IOException e) {
        // It has ended without reading its input: what it printed says whether it should have.
      }
      boolean ended = process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
      if (!ended) {
        process.destroyForcibly();
      }
      String text = Files.readString(output, StandardCharsets.ISO_8859_1);
      assertTrue(ended, () -> program + " did not end within " + limit + ":\n" + text);
      return new Run(process.exitValue(), text);
    } finally {
      Files.delete(output);
    }
  }

  /** This, if it ended well. */
  Run ok() {
    assertTrue(exit == 0, () -> "exit " + exit + ":\n" + output);
    return this;
  }
}
