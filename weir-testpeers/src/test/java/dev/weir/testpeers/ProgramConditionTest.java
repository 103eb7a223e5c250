package dev.weir.testpeers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ProgramConditionTest {
  private static ProgramCondition condition(boolean mustRun) {
    return new ProgramCondition(Set.of("curl")::contains, mustRun);
  }

  @Test
  void runsWhenEveryProgramIsThere() {
    assertFalse(condition(false).evaluate(Stream.of("curl")).isDisabled());
    assertFalse(condition(true).evaluate(Stream.of("curl")).isDisabled());
  }

  @Test
  void skipsAndNamesWhatIsMissing() {
    var result = condition(false).evaluate(Stream.of("curl", "nginx", "wrk"));
    assertTrue(result.isDisabled());
    assertEquals("needs nginx, wrk, not installed here", result.getReason().orElseThrow());
  }

  @Test
  void failsInCi() {
    var names = Stream.of("nginx");
    var ci = condition(true);
    var failure = assertThrows(IllegalStateException.class, () -> ci.evaluate(names));
    assertTrue(failure.getMessage().contains("needs nginx"), failure.getMessage());
  }

  @Test
  void asksPythonForItsModules() {
    assertEquals(Programs.find("python3").isPresent(), PythonModules.has("sys"));
    assertFalse(PythonModules.has("no_such_module_on_any_machine"));
  }

  @Test
  @NeedsProgram("platform:linux-amd64")
  void knowsThePlatform() {
    assertEquals(
        "Linux amd64", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
  }

  @Test
  void findsProgramsOnThePathOnly() {
    assertTrue(Programs.find("sh").isPresent());
    assertTrue(Programs.find("no-such-program-on-any-machine").isEmpty());
    assertThrows(IllegalStateException.class, () -> Programs.get("no-such-program-on-any-machine"));
  }
}
