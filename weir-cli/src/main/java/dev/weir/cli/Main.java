package dev.weir.cli;

import dev.weir.cli.client.GetCommand;
import dev.weir.cli.client.TcpCommand;
import dev.weir.cli.client.UdpCommand;
import dev.weir.cli.client.WsCommand;
import dev.weir.cli.serve.ServeCommand;
import dev.weir.cli.serve.Version;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParseResult;

/** The {@code weir} program. */
@Command(
    name = "weir",
    version = "weir " + Version.TEXT,
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    description = "Serves, and is a client for, every protocol that Weir speaks.")
final class Main {

  /** What could not be done: a port is taken, a file is missing, a peer does not answer. */
  static final int FAILED = 1;

  private static final Map<String, Supplier<Object>> COMMANDS = new LinkedHashMap<>();

  static {
    COMMANDS.put("serve", ServeCommand::new);
    COMMANDS.put("get", GetCommand::new);
    COMMANDS.put("ws", WsCommand::new);
    COMMANDS.put("tcp", TcpCommand::new);
    COMMANDS.put("udp", UdpCommand::new);
  }

  private Main() {}

  public static void main(String[] args) {
    System.exit(commandLine(args).execute(args));
  }

  /** Reads the annotations of the command that is asked for; of all only to list or to guess. */
  static CommandLine commandLine(String... args) {
    CommandLine line = new CommandLine(new Main());
    Supplier<Object> asked = args.length == 0 ? null : COMMANDS.get(args[0]);
    if (asked != null) {
      line.addSubcommand(asked.get());
    } else {
      COMMANDS.values().forEach(command -> line.addSubcommand(command.get()));
    }
    return line.setExpandAtFiles(false).setExecutionExceptionHandler(Main::failed);
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
