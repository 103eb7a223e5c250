package dev.weir.http.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.http.HttpVersion;
import dev.weir.net.Context;
import dev.weir.testpeers.NeedsProgram;
import dev.weir.testpeers.PeerProcess;
import dev.weir.tls.Identity;
import dev.weir.tls.TlsClientConfig;
import dev.weir.tls.TlsProvider;
import dev.weir.tls.Trust;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Our client and nghttpd, plain and over TLS, as its options make it behave. */
@NeedsProgram("nghttpd")
@Timeout(60)
class NghttpdTest {

  private static final byte[] BYTES = new byte[300_000];

  static {
    new Random(3).nextBytes(BYTES);
  }

  private final Identity identity =
      Identity.selfSigned(Instant.now(), Duration.ofDays(1), "localhost");
  @TempDir private Path directory;

  private PeerProcess start(boolean tls, String options) throws Exception {
    Files.write(directory.resolve("file"), BYTES);
    List<String> arguments = new ArrayList<>(List.of("--address=127.0.0.1", "--echo-upload"));
    if (!options.isEmpty()) {
      arguments.addAll(List.of(options.split(" ")));
    }
    if (tls) {
      Path chain = Files.writeString(directory.resolve("chain.pem"), identity.chainToPem());
      Path key = Files.writeString(directory.resolve("key.pem"), identity.keyToPem());
      arguments.addAll(List.of("0", key.toString(), chain.toString()));
    } else {
      arguments.addAll(List.of("--no-tls", "0"));
    }
    return PeerProcess.start(directory, "nghttpd", arguments.toArray(String[]::new));
  }

  private HttpClient client(Context context) {
    return HttpClient.on(
        context,
        HttpClientOptions.DEFAULTS
            .withHttp2Known(true)
            .withTls(
                TlsProvider.named(TlsProvider.JSSE)
                    .client(
                        TlsClientConfig.of(Trust.certificates(identity.chain()))
                            .alpn("h2", "http/1.1")
                            .build())));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "--padding=255",
        "--max-concurrent-streams=1",
        "--header-table-size=0 --encoder-header-table-size=0",
        "--no-content-length --trailer=x-sum:17",
        "--early-response",
        "--no-rfc7540-pri",
      })
  void filesAndUploads(String options) throws Exception {
    for (boolean tls : new boolean[] {false, true}) {
      try (Context context = Context.start();
          PeerProcess nghttpd = start(tls, options)) {
        ask(client(context), base(tls, nghttpd));
      }
    }
  }

  /**
   * Windows smaller than what all begin with. The uploads begin when nghttpd's SETTINGS have come:
   * it refuses what came legally on the first window of 65,535 bytes, if that and their
   * acknowledgment are read together, so that a WINDOW_UPDATE waits to be written when the window
   * shrinks. How Weir counts such DATA (RFC 9113 6.9.2) is in {@code SettingsExchangeTest}.
   */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void filesAndUploadsInSmallWindows(boolean tls) throws Exception {
    try (Context context = Context.start();
        PeerProcess nghttpd = start(tls, "--window-bits=10 --connection-window-bits=16")) {
      HttpClient client = client(context);
      String base = base(tls, nghttpd);
      var first = client.get(base + "/file").send().join();
      ask(client, base);
      var last = client.head(base + "/file").send().join();
      assertThat(last.connection().id()).isEqualTo(first.connection().id());
    }
  }

  private static String base(boolean tls, PeerProcess nghttpd) throws IOException {
    return (tls ? "https" : "http") + "://localhost:" + nghttpd.awaitPort();
  }

  private static void ask(HttpClient client, String base) {
    var calls = IntStream.range(0, 30).mapToObj(n -> client.get(base + "/file").send()).toList();
    var uploads =
        IntStream.range(0, 4).mapToObj(n -> client.post(base + "/up").body(BYTES).send()).toList();
    for (var call : calls) {
      assertThat(call.join().bytes()).isEqualTo(BYTES);
      assertThat(call.join().version()).isEqualTo(HttpVersion.HTTP_2);
    }
    for (var upload : uploads) {
      assertThat(upload.join().bytes()).isEqualTo(BYTES);
    }
    var head = client.head(base + "/file").send().join();
    assertThat(head.status().code()).isEqualTo(200);
    assertThat(head.bytes()).isEmpty();
    var missing = client.get(base + "/missing").send().join();
    assertThat(missing.status().code()).isEqualTo(404);
    assertThat(missing.connection().id()).isEqualTo(head.connection().id());
  }
}
