package dev.weir.bench.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class CommandsTest {
  private static ProcessBuilder shell(String script) {
    return new ProcessBuilder("sh", "-c", script);
  }

  @Test
  void returnsWhatWasPrinted() throws IOException {
    assertEquals("one\n", Commands.run(List.of("sh", "-c", "cat"), "one\n"));
  }

  @Test
  void talksWhileTheProgramRuns() throws IOException {
    String answer =
        Commands.talk(
            shell("echo ready; read word; echo $word; cat >/dev/null; echo more"),
            (out, in) -> {
              assertEquals("ready", out.readLine());
              in.write("go\n");
              in.flush();
              return out.readLine();
            });
    assertEquals("go", answer);
  }

  @Test
  void saysWhatTheProgramSaidWhenItFailed() {
    IOException problem =
        assertThrows(
            IOException.class,
            () ->
                Commands.talk(
                    shell("echo 'load: refused' >&2; exit 1"),
                    (out, in) -> {
                      throw new IOException("the load is not ready: " + out.readLine());
                    }));
    assertTrue(problem.getMessage().endsWith("ended with 1: load: refused"), problem.getMessage());
  }

  @Test
  void aTalkMayFailByItself() {
    IOException problem =
        assertThrows(
            IOException.class,
            () ->
                Commands.talk(
                    shell("cat"),
                    (out, in) -> {
                      throw new IOException("not this one");
                    }));
    assertEquals("not this one", problem.getMessage());
  }

  @Test
  void aCommandIsToldWithoutDirectories() {
    assertEquals(
        "load --path /broadcast -cp *:a.jar https://127.0.0.1:8443/100k ../x",
        Commands.told(
            List.of(
                "/some/where/load",
                "--path",
                "/broadcast",
                "-cp",
                "/some/lib/*:/other/a.jar",
                "https://127.0.0.1:8443/100k",
                "../x")));
  }
}
