package dev.weir.cli.serve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.http.Headers;
import dev.weir.http.Status;
import dev.weir.http.server.HttpServer;
import dev.weir.testpeers.NeedsProgram;
import java.net.UnixDomainSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** HTTP/2 clients that we did not write, against our server. */
class Http2PeersTest {

  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final byte[] BYTES = new byte[3_000_000];

  static {
    new Random(9).nextBytes(BYTES);
  }

  @TempDir private Path directory;
  private final TestServer server = new TestServer();

  @AfterEach
  void close() {
    server.close();
  }

  private String uri(String scheme, String path) {
    return scheme.equals("https") ? server.https(path) : server.http(path);
  }

  private Run curl(String... arguments) throws Exception {
    List<String> all = new ArrayList<>();
    all.addAll(List.of("-s", "--cacert", server.certificate(directory).toString()));
    all.addAll(List.of(arguments));
    return Run.of(LIMIT, "curl", all.toArray(String[]::new));
  }

  private static Run nghttp(String... arguments) throws Exception {
    List<String> all = new ArrayList<>(List.of("--no-verify-peer"));
    all.addAll(List.of(arguments));
    return Run.of(LIMIT, "nghttp", all.toArray(String[]::new)).ok();
  }

  // ---- curl

  /** By ALPN, by prior knowledge, and by the upgrade of RFC 7540 3.2. */
  @ParameterizedTest
  @CsvSource({"--http2, https", "--http2-prior-knowledge, http", "--http2, http"})
  @NeedsProgram("curl")
  void curlGetsAndSeesHeads(String flag, String scheme) throws Exception {
    Run get = curl(flag, "-w", "%{http_version}", uri(scheme, "/hello")).ok();
    assertThat(get.output()).isEqualTo("Hello, world!2");
    Run large =
        curl(flag, "-o", "/dev/null", "-w", "%{size_download}", uri(scheme, "/bytes/9000000"));
    assertThat(large.ok().output()).isEqualTo("9000000");
    String head = curl(flag, "-I", uri(scheme, "/hello")).ok().output();
    assertThat(head).contains("HTTP/2 200 \r\n").contains("content-length: 13\r\n");
    assertThat(head).doesNotContain("Hello");
  }

  @Test
  @NeedsProgram("curl")
  void curlGetsOverAUnixSocket() throws Exception {
    Path socket = directory.resolve("socket");
    server
        .weir
        .context()
        .listen(
            UnixDomainSocketAddress.of(socket),
            HttpServer.of((request, response) -> response.text(request.authority() + "\n"))
                .acceptor());
    Run run =
        curl(
            "--http2-prior-knowledge",
            "--unix-socket",
            socket.toString(),
            "-w",
            "%{http_version}",
            "http://by.unix/");
    assertThat(run.ok().output()).isEqualTo("by.unix\n2");
  }

  /** An upgrade with a body is answered by HTTP/1.1, which any server may. */
  @ParameterizedTest
  @CsvSource({"--http2, https, 2", "--http2-prior-knowledge, http, 2", "--http2, http, 1.1"})
  @NeedsProgram("curl")
  void curlUploadsMegabytesAndGetsThemBack(String flag, String scheme, String version)
      throws Exception {
    Path sent = Files.write(directory.resolve("sent"), BYTES);
    Path received = directory.resolve("received");
    for (String field : List.of("X-Plain: yes", "Expect: 100-continue")) {
      Run run =
          curl(
              flag,
              "-H",
              field,
              "--data-binary",
              "@" + sent,
              "-o",
              received.toString(),
              "-w",
              "%{http_version}",
              uri(scheme, "/echo"));
      assertThat(run.ok().output()).isEqualTo(version);
      assertThat(Files.readAllBytes(received)).isEqualTo(BYTES);
    }
  }

  @ParameterizedTest
  @CsvSource({"--http2, https", "--http2-prior-knowledge, http"})
  @NeedsProgram("curl")
  void curlIsAnsweredBeforeItHasSentAll(String flag, String scheme) throws Exception {
    Path sent = Files.write(directory.resolve("sent"), BYTES);
    Run run = curl(flag, "--data-binary", "@" + sent, uri(scheme, "/status/404"));
    assertThat(run.ok().output()).isEqualTo("404 Not Found\n");
  }

  @Test
  @NeedsProgram("curl")
  void curlSeesTrailersInterimResponsesAndCompression() throws Exception {
    assertThat(curl("-i", server.https("/trailers")).ok().output())
        .startsWith("HTTP/2 200")
        .contains("Hello, world!")
        .contains("x-checksum: 13");
    assertThat(curl("-N", server.https("/drip/5/20")).ok().output()).isEqualTo("drip\n".repeat(5));
    String plain = curl(server.https("/drip/500/0")).ok().output();
    assertThat(curl("--compressed", "-D", "-", server.https("/drip/500/0")).ok().output())
        .contains("content-encoding: gzip")
        .endsWith(plain);
    int port =
        server
            .weir
            .context()
            .listen(
                TestServer.any(),
                HttpServer.of(
                        (request, response) -> {
                          response.inform(Status.of(103), Headers.of("link", "</a.css>"));
                          response.text("hinted");
                        })
                    .acceptor())
            .port();
    assertThat(
            curl("-i", "--http2-prior-knowledge", "http://127.0.0.1:" + port + "/").ok().output())
        .startsWith("HTTP/2 103 \r\nlink: </a.css>\r\n\r\nHTTP/2 200 \r\n")
        .endsWith("hinted");
  }

  @Test
  @NeedsProgram("curl")
  void curlGetsManyAtOnceOnOneConnection() throws Exception {
    Run run =
        curl(
            "--http2",
            "--parallel",
            "--parallel-max",
            "60",
            "-o",
            "/dev/null",
            "-w",
            "%{http_version} %{http_code} %{size_download} connects: %{num_connects}\n",
            server.https("/bytes/100000?[1-60]"));
    // Among them is a meter of curl's.
    assertThat(run.ok().output().split("2 200 100000 connects: [01]\n", -1)).hasSize(61);
    assertThat(run.output().split("connects: 1\n", -1)).hasSize(2);
  }

  // ---- nghttp

  @ParameterizedTest
  @ValueSource(strings = {"https", "http"})
  @NeedsProgram("nghttp")
  void nghttpSeesEveryFrame(String scheme) throws Exception {
    String output =
        nghttp("-v", "--header=accept-encoding: identity", uri(scheme, "/trailers")).output();
    assertThat(output)
        .contains("SETTINGS_MAX_CONCURRENT_STREAMS(0x03):128")
        .contains("SETTINGS_ENABLE_CONNECT_PROTOCOL(0x08):1")
        .contains("send PRIORITY frame")
        .containsPattern("recv \\(stream_id=13.*\\) :status: 200")
        .containsPattern("recv DATA frame <length=13, flags=0x00, stream_id=13>")
        .containsPattern("recv \\(stream_id=13.*\\) x-checksum: 13")
        .containsPattern("recv HEADERS frame <length=\\d+, flags=0x05, stream_id=13>")
        .contains("Hello, world!")
        .doesNotContain("RST_STREAM");
  }

  /** What nghttp can do with frames that others do not. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "--padding=255",
        "--continuation",
        "--window-bits=10 --connection-window-bits=16",
        "--header-table-size=0 --encoder-header-table-size=0",
        "--header-table-size=100000 --header-table-size=50",
        "--no-rfc7540-pri",
        "--no-dep",
        "--peer-max-concurrent-streams=1",
      })
  @NeedsProgram("nghttp")
  void nghttpGetsTheSameAgainAndAgain(String options) throws Exception {
    for (String scheme : List.of("https", "http")) {
      List<String> all = new ArrayList<>(List.of(options.split(" ")));
      all.addAll(List.of("--multiply=20", "--stat", uri(scheme, "/bytes/40000")));
      String output = nghttp(all.toArray(String[]::new)).output();
      assertThat(output.split(" 200  39K /bytes/40000", -1)).as(output).hasSize(21);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "--expect-continue", "--no-content-length --trailer=x-sum:17"})
  @NeedsProgram("nghttp")
  void nghttpUploads(String options) throws Exception {
    Path sent = Files.write(directory.resolve("sent"), BYTES);
    List<String> all = new ArrayList<>();
    if (!options.isEmpty()) {
      all.addAll(List.of(options.split(" ")));
    }
    all.addAll(List.of("--data=" + sent, server.http("/echo")));
    assertThat(nghttp(all.toArray(String[]::new)).output())
        .isEqualTo(new String(BYTES, StandardCharsets.ISO_8859_1));
  }

  @Test
  @NeedsProgram("nghttp")
  void nghttpUpgradesAndGetsAPageWithAllThatItNames() throws Exception {
    String output = nghttp("--upgrade", "--get-assets", "--stat", server.http("/")).output();
    assertThat(output).contains(" 200 ").contains("/style.css").contains("/app.js");
  }

  // ---- h2load

  @ParameterizedTest
  @ValueSource(strings = {"https", "http"})
  @NeedsProgram("h2load")
  void h2loadLoadsWithoutAnError(String scheme) throws Exception {
    assertLoaded("20000", uri(scheme, "/hello"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"https", "http"})
  @NeedsProgram("h2load")
  void h2loadUploadsWithoutAnError(String scheme) throws Exception {
    Path body = Files.write(directory.resolve("body"), new byte[100_000]);
    assertLoaded("1600", uri(scheme, "/echo"), "--data=" + body);
  }

  private static void assertLoaded(String requests, String uri, String... more) throws Exception {
    List<String> all = new ArrayList<>(List.of(more));
    all.addAll(List.of("-n", requests, "-c16", "-m100", uri));
    String output = Run.of(LIMIT, "h2load", all.toArray(String[]::new)).ok().output();
    assertThat(output)
        .contains(
            requests + " succeeded, 0 failed, 0 errored, 0 timeout", "status codes: " + requests);
  }
}
