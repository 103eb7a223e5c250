package dev.weir.cli.serve;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.testpeers.NeedsProgram;
import dev.weir.testpeers.NodeModules;
import dev.weir.testpeers.Programs;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Chromium opens the page over https, so by HTTP/2, twice: what is drawn in one tab is seen in the
 * other.
 */
class BrowserTest {

  @TempDir private Path directory;

  @Test
  @NeedsProgram({"node", "chromium", "npm:playwright-core"})
  void whatIsDrawnInOneTabIsSeenInTheOther() throws Exception {
    Path netLog = directory.resolve("net-log.json");
    try (TestServer server = new TestServer()) {
      Run.of(
              Duration.ofMinutes(2),
              "node",
              NodeModules.directory().resolveSibling("browser").resolve("board.mjs").toString(),
              "--url",
              server.https("/"),
              "--spki",
              server.spki(),
              "--chromium",
              Programs.get("chromium").toString(),
              "--netlog",
              netLog.toString())
          .ok();
    }
    assertTrue(
        Files.readString(netLog).contains(":protocol: websocket"),
        "RFC 8441: its WebSockets are streams of the connection that carries the page");
  }
}
