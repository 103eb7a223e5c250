package dev.weir.cli.serve;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.testpeers.NeedsProgram;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** HTTP/1.1 clients that we did not write, against our server. */
class HttpPeersTest {

  private static final Duration LIMIT = Duration.ofSeconds(30);

  @TempDir private Path directory;
  private final TestServer server = new TestServer();

  @AfterEach
  void close() {
    server.close();
  }

  private Run curl(String... arguments) throws Exception {
    String[] all = new String[arguments.length + 4];
    all[0] = "-s";
    all[1] = "--http1.1";
    all[2] = "--cacert";
    all[3] = server.certificate(directory).toString();
    System.arraycopy(arguments, 0, all, 4, arguments.length);
    return Run.of(LIMIT, "curl", all);
  }

  @Test
  @NeedsProgram("curl")
  void curlGetsOverTlsAndPlain() throws Exception {
    assertEquals("Hello, world!", curl(server.https("/hello")).ok().output());
    assertEquals("Hello, world!", curl(server.http("/hello")).ok().output());
  }

  @Test
  @NeedsProgram("curl")
  void curlSeesTheHeadOnly() throws Exception {
    String head = curl("-I", server.https("/hello")).ok().output();
    assertTrue(head.startsWith("HTTP/1.1 200 OK\r\n"), head);
    assertTrue(head.contains("Content-Length: 13\r\n"), head);
    assertFalse(head.contains("Hello"), head);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Content-Length:", "Transfer-Encoding: chunked", "Expect: 100-continue"})
  @NeedsProgram("curl")
  void curlUploadsMegabytesAndGetsThemBack(String field) throws Exception {
    byte[] bytes = new byte[3_000_000];
    new Random(7).nextBytes(bytes);
    Path sent = Files.write(directory.resolve("sent"), bytes);
    Path received = directory.resolve("received");
    for (String url : new String[] {server.https("/echo"), server.http("/echo")}) {
      String[] framing = field.endsWith(":") ? new String[0] : new String[] {"-H", field};
      String[] arguments = {"--data-binary", "@" + sent, "-o", received.toString(), url};
      String[] all = new String[framing.length + arguments.length];
      System.arraycopy(framing, 0, all, 0, framing.length);
      System.arraycopy(arguments, 0, all, framing.length, arguments.length);
      curl(all).ok();
      assertArrayEquals(bytes, Files.readAllBytes(received));
    }
  }

  @Test
  @NeedsProgram("curl")
  void curlDecodesWhatWeirCompresses() throws Exception {
    Run plain = curl(server.http("/drip/500/0")).ok();
    Run compressed = curl("--compressed", "-D", "-", server.http("/drip/500/0")).ok();
    assertTrue(compressed.output().contains("Content-Encoding: gzip"), compressed.output());
    assertTrue(compressed.output().endsWith(plain.output()));
  }

  @Test
  @NeedsProgram("curl")
  void curlReusesOneConnection() throws Exception {
    Run run =
        curl("-w", "%{num_connects}\n", server.https("/hello"), server.https("/status/404")).ok();
    assertEquals("Hello, world!1\n404 Not Found\n0\n", run.output());
  }

  @Test
  @NeedsProgram("curl")
  void curlSeesTrailersAndChunksAsTheyCome() throws Exception {
    String trailers = curl("-i", server.http("/trailers")).ok().output();
    assertTrue(trailers.contains("x-checksum: 13"), trailers);
    assertEquals("drip\n".repeat(5), curl("-N", server.https("/drip/5/20")).ok().output());
  }

  @Test
  @NeedsProgram("wrk")
  void wrkLoadsWithoutAnError() throws Exception {
    for (String url : new String[] {server.http("/hello"), server.https("/hello")}) {
      String report = Run.of(LIMIT, "wrk", "-t1", "-c32", "-d1s", url).ok().output();
      assertTrue(report.contains("Requests/sec:"), report);
      assertFalse(report.contains("Socket errors"), report);
      assertFalse(report.contains("Non-2xx"), report);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"-tls1_2", "-tls1_3"})
  @NeedsProgram("openssl")
  void opensslShakesHandsAndGetsAnAnswer(String version) throws Exception {
    Run run =
        Run.withInput(
            LIMIT,
            "GET /hello HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
            "openssl",
            "s_client",
            "-connect",
            "localhost:" + server.tlsPort(),
            "-servername",
            "localhost",
            "-alpn",
            "http/1.1",
            "-CAfile",
            server.certificate(directory).toString(),
            "-verify_return_error",
            "-ign_eof",
            version);
    assertTrue(run.output().contains("Hello, world!"), run.output());
    assertTrue(run.output().contains("Verify return code: 0 (ok)"), run.output());
    assertTrue(run.output().contains("ALPN protocol: http/1.1"), run.output());
  }
}
