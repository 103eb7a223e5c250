package dev.weir.cli;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;

/**
 * A run of the program in this process.
 *
 * @param exit its exit code
 * @param bytes what a command got
 * @param lines what it printed by itself
 * @param errors what it printed as errors and for {@code --verbose}
 */
record Cli(int exit, byte[] bytes, String lines, String errors) {

  static Cli run(String... arguments) {
    return withInput("", arguments);
  }

  static Cli withInput(String input, String... arguments) {
    return withInput(new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)), arguments);
  }

  static Cli withInput(InputStream input, String... arguments) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    StringWriter lines = new StringWriter();
    StringWriter errors = new StringWriter();
    CommandLine program = Main.commandLine(input, bytes, arguments);
    program.setOut(new PrintWriter(lines)).setErr(new PrintWriter(errors, true));
    int exit = program.execute(arguments);
    return new Cli(exit, bytes.toByteArray(), lines.toString(), errors.toString());
  }

  String text() {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
