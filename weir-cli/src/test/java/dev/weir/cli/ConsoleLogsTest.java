package dev.weir.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConsoleLogsTest {

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final System.Logger logger =
      new ConsoleLogs.Console("a.name", new PrintStream(bytes, true, StandardCharsets.UTF_8));

  private List<String> lines() {
    return bytes.toString(StandardCharsets.UTF_8).lines().toList();
  }

  @Test
  void printsALineEach() {
    logger.log(Level.INFO, "plain {0}");
    logger.log(Level.WARNING, "{0} of {1}", "one", 2);
    logger.log(Level.ERROR, () -> "made");
    assertEquals(
        List.of("INFO a.name: plain {0}", "WARNING a.name: one of 2", "ERROR a.name: made"),
        lines());
  }

  @Test
  void printsTheStackOfWhatWasThrown() {
    logger.log(Level.ERROR, "it went wrong", new IllegalStateException("here"));
    assertEquals("ERROR a.name: it went wrong", lines().getFirst());
    assertEquals("java.lang.IllegalStateException: here", lines().get(1));
    assertTrue(lines().get(2).startsWith("\tat "), lines().get(2));
  }

  @Test
  void keepsQuietBelowInfo() {
    logger.log(Level.DEBUG, "no");
    logger.log(Level.OFF, "no");
    assertFalse(logger.isLoggable(Level.TRACE));
    assertEquals(List.of(), lines());
  }
}
