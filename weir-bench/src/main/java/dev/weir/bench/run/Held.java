package dev.weir.bench.run;

import java.io.IOException;
import java.util.List;

/** Connections that a load has opened and holds, until it is told to go. */
final class Held implements AutoCloseable {
  private final Process process;

  private Held(Process process) {
    this.process = process;
  }

  /** Opens them, and returns once all have been answered and are quiet. */
  static Held open(Load.Own load, int connections, Server server, Surroundings surroundings)
      throws IOException {
    List<String> command =
        Commands.concat(
            load.command(server, 0, surroundings),
            List.of("--mode", "hold", "--connections", Integer.toString(connections)));
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    var held = new Held(process);
    String line = process.inputReader().readLine();
    if (!"holding".equals(line)) {
      held.close();
      throw new IOException("the connections could not be opened: " + line);
    }
    return held;
  }

  /**
   * Checks that it still holds them.
   *
   * @throws IOException if it has ended
   */
  void check() throws IOException {
    if (!process.isAlive()) {
      throw new IOException("the connections did not stay");
    }
  }

  @Override
  public void close() throws IOException {
    process.getOutputStream().close();
    Commands.waitFor(process);
  }
}
