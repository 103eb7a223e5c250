package dev.weir.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MainTest {

  @Test
  void listsTheCommands() {
    String help = Cli.run("--help").lines();
    for (String command : new String[] {"serve", "get", "ws", "tcp", "udp"}) {
      assertTrue(help.contains("\n  " + command + " "), help);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"serve", "get", "ws", "tcp", "udp"})
  void helpIsWhole(String command) {
    Cli run = Cli.run(command, "--help");
    assertEquals(0, run.exit());
    assertTrue(run.lines().contains("Examples:"), run.lines());
    assertTrue(run.lines().contains("Exit codes:"), run.lines());
    run.lines().lines().forEach(line -> assertTrue(line.length() <= 80, line));
  }

  @ParameterizedTest
  @ValueSource(strings = {"serve", "get", "ws", "tcp", "udp"})
  void everyCommandKnowsTheVersion(String command) {
    assertTrue(Cli.run(command, "--version").lines().startsWith("weir "));
  }

  @Test
  void knowsNoOtherCommand() {
    Cli run = Cli.run("gett");
    assertEquals(2, run.exit());
    assertTrue(run.errors().contains("get"), run.errors());
  }

  @Test
  void tellsThatAPortIsTaken() throws Exception {
    try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Cli run = Cli.run("serve", "--port", "" + taken.getLocalPort(), "--tls-port", "-1");
      assertEquals(1, run.exit());
      assertTrue(run.errors().startsWith("weir: "), run.errors());
    }
  }

  @Test
  void tellsWhichLoopsThereAre() {
    Cli run = Cli.run("serve", "--loop", "none");
    assertEquals(2, run.exit());
    assertTrue(run.errors().contains("[epoll, nio]"), run.errors());
  }
}
