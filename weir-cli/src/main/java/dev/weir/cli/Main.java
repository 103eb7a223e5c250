package dev.weir.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The {@code weir} program. */
@Command(
    name = "weir",
    version = "weir 0.1.0-SNAPSHOT",
    mixinStandardHelpOptions = true,
    description = "Serves, and is a client for, every protocol that Weir speaks.")
final class Main {
  private Main() {}

  public static void main(String[] args) {
    System.exit(new CommandLine(new Main()).execute(args));
  }
}
