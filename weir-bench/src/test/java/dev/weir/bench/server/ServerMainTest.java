package dev.weir.bench.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.File;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program around a server, as the runner sees it. */
class ServerMainTest {

  @TempDir Path directory;

  private static Process start(String... arguments) throws Exception {
    String java =
        System.getProperty("java.home") + File.separator + "bin" + File.separator + "java";
    var builder =
        new ProcessBuilder(
            java,
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-cp",
            System.getProperty("java.class.path"),
            ServerMain.class.getName());
    builder.command().addAll(List.of(arguments));
    return builder.redirectError(ProcessBuilder.Redirect.DISCARD).start();
  }

  @Test
  void saysItsPortsAndAnswersWhatItIsAsked() throws Exception {
    var _ = new TestContent(directory);
    Process process = start("weir", directory.toString());
    try (BufferedReader out = process.inputReader();
        var in = new PrintWriter(process.outputWriter(), true)) {
      assertTrue(out.readLine().matches("plain [0-9]+"));
      assertTrue(out.readLine().matches("tls [0-9]+"));
      assertTrue(out.readLine().matches("h2c [0-9]+"));
      assertEquals("ready", out.readLine());
      in.println("allocated");
      assertTrue(Long.parseLong(out.readLine()) > 0);
      in.println("heap");
      assertTrue(Long.parseLong(out.readLine()) > 0);
      in.println("else");
      assertEquals("unknown: else", out.readLine());
      in.println("quit");
      assertTrue(process.waitFor(10, TimeUnit.SECONDS));
      assertEquals(0, process.exitValue());
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void endsWithItsInput() throws Exception {
    var _ = new TestContent(directory);
    Process process = start("jdk", directory.toString());
    try {
      assertTrue(process.inputReader().readLine().startsWith("plain "));
      process.outputWriter().close();
      assertTrue(process.waitFor(10, TimeUnit.SECONDS));
      assertEquals(0, process.exitValue());
    } finally {
      process.destroyForcibly();
    }
  }
}
