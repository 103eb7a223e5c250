package dev.weir.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.cli.serve.TestServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class GetCommandTest {

  @TempDir private Path directory;
  private final TestServer server = new TestServer();

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void printsTheBody() {
    Cli run = Cli.run("get", server.http("/hello"));
    assertEquals("Hello, world!", run.text());
    assertEquals(0, run.exit());
    assertEquals("", run.errors());
  }

  @ParameterizedTest
  @CsvSource({"200, 0", "204, 0", "304, 0", "400, 4", "404, 4", "499, 4", "500, 5", "503, 5"})
  void tellsTheKindOfStatusByTheExitCode(int status, int exit) {
    assertEquals(exit, Cli.run("get", server.http("/status/" + status)).exit());
  }

  @Test
  void believesWhomItIsTold() throws Exception {
    String url = server.https("/hello");
    String authority = server.certificate(directory).toString();
    assertEquals("Hello, world!", Cli.run("get", "--cacert", authority, url).text());
    assertEquals("Hello, world!", Cli.run("get", "-k", url).text());
    Cli refused = Cli.run("get", url);
    assertEquals(1, refused.exit());
    assertTrue(refused.errors().startsWith("weir: "), refused.errors());
    assertEquals("", refused.text());
  }

  @Test
  void saysWhatWasNegotiatedAndHowLongEachPhaseTook() {
    String errors = Cli.run("get", "-kv", server.https("/hello")).errors();
    assertTrue(errors.contains("* HTTP/2 200 OK from "), errors);
    assertTrue(errors.contains("* TLSv1.3, TLS_"), errors);
    assertTrue(errors.contains("ALPN h2"), errors);
    for (String phase : new String[] {"name", "connect", "TLS", "first byte", "total"}) {
      assertTrue(errors.contains(" ms  " + phase + System.lineSeparator()), errors);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "--h2, true, HTTP/2",
    "--h2, false, HTTP/2",
    "--h2c, false, HTTP/2",
    "--http1.1, true, HTTP/1.1"
  })
  void speaksTheVersionThatItIsTold(String option, boolean secure, String version) {
    String url = secure ? server.https("/hello") : server.http("/hello");
    Cli run = Cli.run("get", "-kv", option, url);
    assertEquals("Hello, world!", run.text());
    assertEquals(0, run.exit());
    assertTrue(run.errors().contains("* " + version + " 200 OK from "), run.errors());
  }

  @Test
  void printsStatusFieldsAndTrailers() {
    String text = Cli.run("get", "-i", server.http("/trailers")).text();
    assertTrue(text.startsWith("HTTP/1.1 200 OK\r\n"), text);
    assertTrue(text.contains("\r\n\r\nHello, world!"), text);
    assertTrue(text.toLowerCase(Locale.ROOT).endsWith("x-checksum: 13"), text);
  }

  @Test
  void writesToAFileAsItComes() throws IOException {
    Path file = directory.resolve("body");
    Cli run = Cli.run("get", "-o", file.toString(), server.http("/bytes/10000000"));
    assertEquals(0, run.exit());
    assertEquals(0, run.bytes().length);
    assertEquals(10_000_000, Files.size(file));
  }

  @Test
  void makesAFileOfAnEmptyBody() {
    Path file = directory.resolve("body");
    assertEquals(0, Cli.run("get", "-o", file.toString(), server.http("/bytes/0")).exit());
    assertTrue(Files.exists(file));
  }

  @Test
  void makesNoFileWithoutAResponse() {
    Path file = directory.resolve("body");
    assertEquals(1, Cli.run("get", "-o", file.toString(), "http://localhost:1/").exit());
    assertFalse(Files.exists(file));
  }

  @Test
  void saysThatTheOutputTakesNoMore() {
    OutputStream broken =
        new OutputStream() {
          @Override
          public void write(int one) throws IOException {
            throw new IOException("Broken pipe");
          }
        };
    StringWriter errors = new StringWriter();
    String[] arguments = {"get", server.http("/bytes/1000000000")};
    CommandLine program = Main.commandLine(System.in, broken, arguments);
    assertEquals(1, program.setErr(new PrintWriter(errors, true)).execute(arguments));
    assertEquals("weir: Broken pipe" + System.lineSeparator(), errors.toString());
  }

  @Test
  void sendsTextAndFiles() throws IOException {
    assertEquals("what", Cli.run("get", "-d", "what", server.http("/echo")).text());
    byte[] bytes = new byte[3_000_000];
    new Random(1).nextBytes(bytes);
    Path file = Files.write(directory.resolve("sent"), bytes);
    Cli run = Cli.run("get", "-X", "PUT", "-d", "@" + file, server.http("/echo"));
    assertArrayEquals(bytes, run.bytes());
  }

  @Test
  void saysThatAFileIsMissing() {
    Cli run = Cli.run("get", "-d", "@" + directory.resolve("none"), server.http("/echo"));
    assertEquals(1, run.exit());
    assertTrue(run.errors().contains("none"), run.errors());
  }

  @Test
  void sendsFields() {
    Cli run = Cli.run("get", "-H", "X-One: 1", "-H", "X-Two:2", server.http("/headers"));
    String text = run.text().toLowerCase(Locale.ROOT);
    assertTrue(text.contains("x-one: 1\n"), text);
    assertTrue(text.contains("x-two: 2\n"), text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"-H|X-One|URL", "--none|URL", "URL|URL", "-X", ""})
  void refusesWrongCommands(String arguments) {
    String line = ("get|" + arguments).replace("URL", server.http("/hello"));
    Cli run = Cli.run(line.split("\\|"));
    assertEquals(2, run.exit());
    assertTrue(run.errors().matches("(?s)(Unknown option: |.*Usage: weir get).*"), run.errors());
  }

  @Test
  void tellsThatNobodyAnswers() {
    Cli run = Cli.run("get", "http://localhost:1/");
    assertEquals(1, run.exit());
    assertTrue(run.errors().startsWith("weir: "), run.errors());
  }

  @Test
  void givesUpInTime() {
    assertEquals(1, Cli.run("get", "--timeout", "1", server.http("/drip/100/1000")).exit());
  }
}
