package dev.weir.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.cli.serve.TestServer;
import dev.weir.testpeers.NeedsProgram;
import dev.weir.testpeers.Programs;
import java.io.BufferedReader;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WsCommandTest {

  /** Sends three messages, expects each back, and closes with the code that it is told. */
  private static final String ASKER =
      """
      import asyncio, sys, websockets

      async def ask(ws, path=None):
          for message in ("one", b"two", "\\u00e4" * 70000):
              await ws.send(message)
              assert await ws.recv() == message
          await ws.close(int(sys.argv[1]), "enough")

      async def main():
          async with websockets.serve(ask, "127.0.0.1", 0, max_size=None) as server:
              print(server.sockets[0].getsockname()[1], flush=True)
              await asyncio.Future()

      asyncio.run(main())
      """;

  @TempDir private Path directory;
  private final TestServer server = new TestServer();

  @AfterEach
  void close() {
    server.close();
  }

  private String url(boolean secure) {
    return secure
        ? "wss://localhost:" + server.tlsPort() + "/echo"
        : "ws://localhost:" + server.plainPort() + "/echo";
  }

  @Test
  void sendsEachLineAndPrintsWhatComes() {
    Cli run = Cli.withInput("one\ntwo\n\ndr\u00e4i", "ws", url(false));
    assertEquals(List.of("one", "two", "", "dr\u00e4i"), run.lines().lines().toList());
    assertEquals(0, run.exit());
    assertEquals("", run.errors());
  }

  @Test
  void believesWhomItIsTold() throws Exception {
    String authority = server.certificate(directory).toString();
    assertEquals(List.of("a"), lines(Cli.withInput("a\n", "ws", "--cacert", authority, url(true))));
    assertEquals(List.of("a"), lines(Cli.withInput("a\n", "ws", "--insecure", url(true))));
    Cli refused = Cli.withInput("a\n", "ws", url(true));
    assertEquals(1, refused.exit());
    assertTrue(refused.errors().startsWith("weir: "), refused.errors());
  }

  private static List<String> lines(Cli run) {
    return run.lines().lines().toList();
  }

  @Test
  void saysWhatWasNegotiated() {
    String errors = Cli.withInput("", "ws", "-kv", url(true)).errors();
    assertTrue(errors.contains("* HTTP/2 200 OK from "), errors);
    assertTrue(errors.contains("* TLSv1.3, TLS_"), errors);
    for (String phase : new String[] {"name", "connect", "TLS", "first byte", "total"}) {
      assertTrue(errors.contains(" ms  " + phase + System.lineSeparator()), errors);
    }
    assertTrue(errors.contains("* closed with 1"), errors);
  }

  @ParameterizedTest
  @CsvSource({
    "--h2, true, HTTP/2",
    "--h2, false, HTTP/2",
    "--h2c, false, HTTP/2",
    "--http1.1, true, HTTP/1.1"
  })
  void speaksTheVersionThatItIsTold(String option, boolean secure, String version) {
    Cli run = Cli.withInput("a\nb\n", "ws", "-kv", option, url(secure));
    assertEquals(List.of("a", "b"), lines(run));
    assertEquals(0, run.exit());
    assertTrue(run.errors().contains("* " + version + " "), run.errors());
  }

  @Test
  void tellsWhyThereIsNoWebSocket() {
    Cli run = Cli.run("ws", "ws://localhost:" + server.plainPort() + "/hello");
    assertEquals(1, run.exit());
    assertTrue(run.errors().startsWith("weir: "), run.errors());
    assertEquals(1, Cli.run("ws", "ws://localhost:1/").exit());
  }

  @Test
  @NeedsProgram("python3")
  void echoesUntilThePeerCloses() throws Exception {
    assertEquals(0, echo(1000).exit());
    Cli other = echo(4001);
    assertEquals(3, other.exit());
    assertEquals("* closed with 4001: enough", other.errors().strip());
  }

  private static Cli echo(int closeCode) throws Exception {
    Process python =
        new ProcessBuilder(Programs.get("python3").toString(), "-c", ASKER, "" + closeCode)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try (BufferedReader out = python.inputReader()) {
      return Cli.run("ws", "--echo", "ws://127.0.0.1:" + Integer.parseInt(out.readLine()) + "/");
    } finally {
      python.destroyForcibly();
    }
  }
}
