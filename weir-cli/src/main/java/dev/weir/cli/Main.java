package dev.weir.cli;

import dev.weir.cli.client.GetCommand;
import dev.weir.cli.client.TcpCommand;
import dev.weir.cli.client.UdpCommand;
import dev.weir.cli.client.WsCommand;
import dev.weir.cli.serve.ServeCommand;
import dev.weir.cli.serve.Version;
import java.io.IOException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParseResult;

/** The {@code weir} program. */
@Command(
    name = "weir",
    version = "weir " + Version.TEXT,
    mixinStandardHelpOptions = true,
    subcommands = {
      ServeCommand.class,
      GetCommand.class,
      TcpCommand.class,
      UdpCommand.class,
      WsCommand.class
    },
    synopsisSubcommandLabel = "COMMAND",
    description = "Serves, and is a client for, every protocol that Weir speaks.")
final class Main {

  /** What could not be done: a port is taken, a file is missing, a peer does not answer. */
  static final int FAILED = 1;

  private Main() {}

  public static void main(String[] args) {
    System.exit(commandLine().execute(args));
  }

  static CommandLine commandLine() {
    return new CommandLine(new Main())
        .setExpandAtFiles(false)
        .setExecutionExceptionHandler(Main::failed);
  }

  /** What goes wrong is told in a line, not in a stack trace. */
  private static int failed(Exception problem, CommandLine command, ParseResult parsed)
      throws Exception {
    if (!(problem instanceof IOException) && !(problem instanceof IllegalArgumentException)) {
      throw problem;
    }
    command.getErr().println("weir: " + problem.getMessage());
    return FAILED;
  }
}
