package dev.weir.testpeers;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** A program that runs as a peer until it is closed, and what it has printed. Any thread. */
public final class PeerProcess implements AutoCloseable {
  private static final long LIMIT_NANOS = TimeUnit.SECONDS.toNanos(30);
  private static final String LISTENING = "0A";

  private final Process process;
  private final String name;
  private final List<String> lines = new ArrayList<>();
  private boolean ended;

  private PeerProcess(Process process, String name) {
    this.process = process;
    this.name = name;
    Thread.ofVirtual().start(this::read);
  }

  /**
   * Starts a program.
   *
   * @param directory what it works in
   * @param program its name, found as {@link Programs#get} does
   */
  public static PeerProcess start(Path directory, String program, String... arguments)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Programs.get(program).toString());
    command.addAll(List.of(arguments));
    return new PeerProcess(
        new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true).start(),
        program);
  }

  private void read() {
    try (BufferedReader output = process.inputReader(StandardCharsets.ISO_8859_1)) {
      for (String line = output.readLine(); line != null; line = output.readLine()) {
        synchronized (lines) {
          lines.add(line);
          lines.notifyAll();
        }
      }
    } catch (IOException e) {
      // It has been killed; what it printed until then is there.
    } finally {
      synchronized (lines) {
        ended = true;
        lines.notifyAll();
      }
    }
  }

  /** What it has printed so far, on both outputs. */
  public String output() {
    synchronized (lines) {
      return String.join("\n", lines);
    }
  }

  /**
   * Waits until it has printed a line.
   *
   * @return the first such line
   * @throws IllegalStateException if it ends without, or does not print it within half a minute
   */
  public String await(Predicate<String> line) throws InterruptedException {
    long deadline = System.nanoTime() + LIMIT_NANOS;
    synchronized (lines) {
      while (true) {
        for (String printed : lines) {
          if (line.test(printed)) {
            return printed;
          }
        }
        long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
        if (ended || left <= 0) {
          throw new IllegalStateException(
              name + (ended ? " has ended: " : " is late: ") + String.join("\n", lines));
        }
        lines.wait(left);
      }
    }
  }

  /**
   * Waits until it listens, for programs that take any port and do not say which.
   *
   * @return the TCP port
   * @throws IllegalStateException if it ends without, or does not listen within half a minute
   */
  public int awaitPort() throws IOException {
    long deadline = System.nanoTime() + LIMIT_NANOS;
    OptionalInt port = port();
    while (port.isEmpty()) {
      if (!process.isAlive() || System.nanoTime() > deadline) {
        throw new IllegalStateException(name + " does not listen: " + output());
      }
      Thread.onSpinWait();
      port = port();
    }
    return port.getAsInt();
  }

  private OptionalInt port() throws IOException {
    Set<String> sockets = sockets();
    try (var table = Files.lines(Path.of("/proc/net/tcp"))) {
      return table
          .map(row -> row.strip().split("\\s+"))
          .filter(row -> row[3].equals(LISTENING) && sockets.contains("socket:[" + row[9] + "]"))
          .mapToInt(row -> Integer.parseInt(row[1].substring(row[1].indexOf(':') + 1), 16))
          .findFirst();
    }
  }

  private Set<String> sockets() throws IOException {
    try (var descriptors = Files.list(Path.of("/proc/" + process.pid() + "/fd"))) {
      return descriptors.map(PeerProcess::target).collect(Collectors.toSet());
    }
  }

  private static String target(Path link) {
    try {
      return Files.readSymbolicLink(link).toString();
    } catch (IOException e) {
      return "closed meanwhile";
    }
  }

  /** Kills it, and waits until it is gone. */
  @Override
  public void close() {
    process.destroyForcibly();
    try {
      process.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
