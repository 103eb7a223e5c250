package dev.weir.cli;

import dev.weir.cli.client.GetCommand;
import dev.weir.cli.client.TcpCommand;
import dev.weir.cli.client.UdpCommand;
import dev.weir.cli.client.WsCommand;
import dev.weir.cli.serve.ServeCommand;
import dev.weir.cli.serve.Version;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
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
    description = "A server and clients for the protocols that Weir speaks.",
    commandListHeading = "%nCommands:%n",
    footerHeading = "%n",
    footer = {
      "Start with `weir serve` and open https://localhost:8443 in a browser.",
      "`weir COMMAND --help` tells the rest."
    })
final class Main {

  /** What could not be done: a port is taken, a file is missing, a peer does not answer. */
  static final int FAILED = 1;

  private final Map<String, Supplier<Object>> commands = new LinkedHashMap<>();

  private Main(InputStream in, OutputStream out) {
    commands.put("serve", ServeCommand::new);
    commands.put("get", () -> new GetCommand(out));
    commands.put("ws", () -> new WsCommand(in));
    commands.put("tcp", () -> new TcpCommand(in, out));
    commands.put("udp", () -> new UdpCommand(in));
  }

  public static void main(String[] args) {
    // Not System.out, which keeps to itself that a pipe is broken.
    OutputStream out = new FileOutputStream(FileDescriptor.out);
    System.exit(commandLine(System.in, out, args).execute(args));
  }

  /**
   * Reads the annotations of the command that is asked for only, and of all to list or to guess.
   *
   * @param in what a command reads
   * @param out where the bytes go that a command has got; its own words go by picocli's
   */
  static CommandLine commandLine(InputStream in, OutputStream out, String... args) {
    Main main = new Main(in, out);
    CommandLine line = new CommandLine(main);
    Supplier<Object> asked = args.length == 0 ? null : main.commands.get(args[0]);
    if (asked != null) {
      line.addSubcommand(asked.get());
    } else {
      main.commands.values().forEach(command -> line.addSubcommand(command.get()));
    }
    for (CommandLine command : line.getSubcommands().values()) {
      command.getCommandSpec().version("weir " + Version.TEXT);
      command
          .getCommandSpec()
          .usageMessage()
          .parameterListHeading("%n")
          .optionListHeading("%nOptions:%n");
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
