package dev.weir.cli.serve;

import dev.weir.testpeers.NeedsProgram;
import dev.weir.testpeers.NodeModules;
import dev.weir.testpeers.Programs;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Chromium opens the page over https, twice: what is drawn in one tab is seen in the other. */
class BrowserTest {

  @Test
  @NeedsProgram({"node", "chromium", "npm:playwright-core"})
  void whatIsDrawnInOneTabIsSeenInTheOther() throws Exception {
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
              Programs.get("chromium").toString())
          .ok();
    }
  }
}
