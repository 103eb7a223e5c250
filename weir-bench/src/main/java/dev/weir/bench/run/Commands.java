package dev.weir.bench.run;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Runs programs to their end. */
final class Commands {
  /** No program that is waited for runs longer, whatever is asked of it. */
  private static final long LONGEST_SECONDS = 300;

  /** Of absolute paths all but the last name; not what is behind the host of an address. */
  private static final Pattern DIRECTORIES = Pattern.compile("(?<![/\\w])/(?:[^/: ]+/)+");

  private Commands() {}

  /**
   * A command as a message has it, and a file of results with it: whose directories the programs
   * and files are in is nobody's business.
   */
  static String told(List<String> command) {
    return DIRECTORIES.matcher(String.join(" ", command)).replaceAll("");
  }

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
    return talk(
        builder,
        (out, in) -> {
          in.write(input);
          in.close();
          return out.readAllAsString();
        });
  }

  /** What is said to a program while it runs, and what comes of it. */
  interface Talk<T extends @Nullable Object> {
    /**
     * Reads what it prints and writes what it reads; its input ends afterwards.
     *
     * @throws IOException if it did not say what it should; if it failed, that is told instead
     */
    T with(BufferedReader out, Writer in) throws IOException;
  }

  /**
   * What came of talking to a program, once it has ended.
   *
   * @throws IOException as {@link #run(List)} does, or the talk did
   */
  static <T> T talk(ProcessBuilder builder, Talk<T> talk) throws IOException {
    Path errors = Files.createTempFile("weir-bench", ".err");
    try {
      Process process = builder.redirectError(errors.toFile()).start();
      Thread watch = Thread.ofVirtual().start(() -> endSometime(process));
      try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
        T result;
        try (Writer in = process.outputWriter(StandardCharsets.UTF_8)) {
          result = talk.with(out, in);
        } catch (IOException e) {
          out.transferTo(Writer.nullWriter());
          checkEnd(process, builder, errors);
          throw e;
        }
        out.transferTo(Writer.nullWriter());
        checkEnd(process, builder, errors);
        return result;
      } finally {
        watch.interrupt();
      }
    } finally {
      Files.deleteIfExists(errors);
    }
  }

  private static void endSometime(Process process) {
    try {
      if (!process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void checkEnd(Process process, ProcessBuilder builder, Path errors)
      throws IOException {
    int code = waitFor(process);
    if (code != 0) {
      throw new IOException(
          told(builder.command())
              + " ended with "
              + code
              + ": "
              + Files.readString(errors).strip());
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
