package dev.weir.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.testpeers.JavaProgram;
import dev.weir.testpeers.NeedsProgram;
import dev.weir.testpeers.Programs;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.io.TempDir;

/** A server that runs out of descriptors: accepting pauses, and goes on when some are closed. */
@Timeout(value = 60, threadMode = ThreadMode.SEPARATE_THREAD)
@NeedsProgram("bash")
class DescriptorsTest {

  private static final int LIMIT = 80;

  @Test
  void acceptingPausesAndGoesOnWhenThereIsRoom(@TempDir Path directory, TestReporter reporter)
      throws Exception {
    Path log = directory.resolve("log");
    Process server = new ProcessBuilder(command()).redirectError(log.toFile()).start();
    List<Socket> peers = new ArrayList<>();
    try (BufferedReader out = server.inputReader();
        Writer in = server.outputWriter()) {
      int port = Integer.parseInt(out.readLine());
      Socket first = connect(peers, port);
      assertEchoes(first);
      // More than there can be descriptors for: the system's queue takes the rest.
      while (peers.size() < 2 * LIMIT) {
        connect(peers, port);
      }
      long pauses = 0;
      while (pauses < 3) {
        in.write("\n");
        in.flush();
        pauses = Long.parseLong(out.readLine());
      }
      assertEchoes(first);
      Socket last = peers.getLast();
      last.getOutputStream().write(7);
      last.setSoTimeout(1);
      assertThrows(SocketTimeoutException.class, () -> last.getInputStream().read());

      List<Socket> accepted = peers.subList(1, peers.size() - LIMIT / 4);
      for (Socket peer : accepted) {
        peer.close();
      }
      last.setSoTimeout(20_000);
      assertEquals(7, last.getInputStream().read());
      assertEchoes(connect(peers, port));
      assertEchoes(first);
      reporter.publishEntry("pauses of the listener", Long.toString(pauses));
    } finally {
      for (Socket peer : peers) {
        peer.close();
      }
      boolean ended = server.waitFor(20, TimeUnit.SECONDS);
      server.destroyForcibly();
      assertTrue(ended);
    }
    String logged = Files.readString(log);
    assertEquals(1, count(logged, "cannot accept on"), logged);
    assertTrue(count(logged, "again, nobody waits") <= 1, logged);
    assertFalse(logged.contains("Exception") || logged.contains("SEVERE"), logged);
  }

  private static List<String> command() {
    // The JVM raises its soft limit to the hard one, so both are set.
    String script = "ulimit -n " + LIMIT + " && exec \"$@\"";
    return Stream.concat(
            Stream.of(Programs.get("bash").toString(), "-c", script, "bash"),
            JavaProgram.command(ScarceServer.class).stream())
        .toList();
  }

  private static Socket connect(List<Socket> peers, int port) throws IOException {
    Socket peer = new Socket(Probe.ANY.getAddress(), port);
    peers.add(peer);
    peer.setSoTimeout(20_000);
    return peer;
  }

  private static void assertEchoes(Socket peer) throws IOException {
    peer.getOutputStream().write(1);
    assertEquals(1, peer.getInputStream().read());
  }

  private static long count(String text, String part) {
    return text.lines().filter(line -> line.contains(part)).count();
  }
}
