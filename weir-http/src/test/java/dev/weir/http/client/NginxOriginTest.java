package dev.weir.http.client;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.http.HttpVersion;
import dev.weir.net.Context;
import dev.weir.net.Endpoint;
import dev.weir.testpeers.NeedsProgram;
import dev.weir.testpeers.Programs;
import dev.weir.tls.Identity;
import dev.weir.tls.TlsClientConfig;
import dev.weir.tls.TlsProvider;
import dev.weir.tls.Trust;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** nginx as the origin, on a unix socket, so that no port has to be found for it. */
@ParameterizedClass
@EnumSource
@NeedsProgram("nginx")
class NginxOriginTest {

  /** What is spoken on the socket. */
  enum Speech {
    HTTP_1("", HttpVersion.HTTP_1_1),
    HTTP_2("http2", HttpVersion.HTTP_2),
    HTTP_2_BY_TLS("ssl http2", HttpVersion.HTTP_2);

    final String listen;
    final HttpVersion version;

    Speech(String listen, HttpVersion version) {
      this.listen = listen;
      this.version = version;
    }

    String uri() {
      return this == HTTP_2_BY_TLS ? "https://localhost" : "http://localhost";
    }
  }

  private static final String CONFIGURATION =
      """
      daemon off;
      master_process off;
      pid nginx.pid;
      error_log error.log;
      events { worker_connections 64; }
      http {
        access_log off;
        client_body_temp_path body; proxy_temp_path proxy; fastcgi_temp_path fastcgi;
        uwsgi_temp_path uwsgi; scgi_temp_path scgi;
        gzip on; gzip_types text/plain; default_type text/plain;
        client_max_body_size 1k;
        server {
          listen unix:@SOCKET@ @SPEECH@;
          ssl_certificate chain.pem; ssl_certificate_key key.pem;
          root @ROOT@;
          location = /moved { return 302 /text; }
          location = /bye { keepalive_timeout 0; return 200 bye; }
        }
      }
      """;

  @TempDir private Path directory;
  private final Context context = Context.start();
  private final Identity identity =
      Identity.selfSigned(Instant.now(), Duration.ofDays(1), "localhost");
  private final Speech speech;
  private final HttpClient client;
  private Path socket;
  private Process nginx;
  private byte[] text;

  NginxOriginTest(Speech speech) {
    this.speech = speech;
    this.client =
        HttpClient.on(
            context,
            HttpClientOptions.DEFAULTS
                .withHttp2Known(speech == Speech.HTTP_2)
                .withTls(
                    TlsProvider.named(TlsProvider.JSSE)
                        .client(
                            TlsClientConfig.of(Trust.certificates(identity.chain()))
                                .alpn("h2", "http/1.1")
                                .build())));
  }

  @BeforeEach
  void start() throws Exception {
    socket = directory.resolve("nginx.sock");
    text = "served by nginx\n".repeat(5000).getBytes(StandardCharsets.US_ASCII);
    Files.write(directory.resolve("text"), text);
    Files.writeString(directory.resolve("chain.pem"), identity.chainToPem());
    Files.writeString(directory.resolve("key.pem"), identity.keyToPem());
    Files.writeString(
        directory.resolve("nginx.conf"),
        CONFIGURATION
            .replace("@SOCKET@", socket.toString())
            .replace("@SPEECH@", speech.listen)
            .replace("@ROOT@", directory.toString()));
    nginx =
        new ProcessBuilder(
                Programs.get("nginx").toString(), "-p", directory.toString(), "-c", "nginx.conf")
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("out.log").toFile())
            .start();
    while (!answers()) {
      assertTrue(nginx.isAlive(), this::log);
      Thread.onSpinWait();
    }
  }

  private String log() {
    try {
      return Files.readString(directory.resolve("out.log"));
    } catch (IOException e) {
      return e.toString();
    }
  }

  /** The file is there before nginx listens, so only a connection tells. */
  private boolean answers() {
    try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
      return channel.isConnected();
    } catch (IOException e) {
      return false;
    }
  }

  @AfterEach
  void close() throws InterruptedException {
    context.close();
    nginx.destroy();
    nginx.waitFor();
  }

  private HttpCall get(String path) {
    return client
        .get(speech.uri() + path)
        .via(Endpoint.unix(socket))
        .timeout(Duration.ofSeconds(20));
  }

  @Test
  void decompressesAndUsesTheConnectionAgain() {
    HttpResult first = get("/text").send().join();
    HttpResult second = get("/text").send().join();

    assertArrayEquals(text, first.bytes());
    assertEquals(speech.version, first.version());
    assertNull(first.header("content-encoding"));
    assertEquals(first.connection().id(), second.connection().id());
    assertTrue(second.connection().reused());
  }

  @Test
  void followsRedirects() {
    HttpResult result = get("/moved").send().join();

    assertEquals(speech.uri() + "/text", result.uri().toString());
    assertArrayEquals(text, result.bytes());
  }

  @Test
  void asksForRangesAndHeads() {
    HttpResult range = get("/text").header("Range", "bytes=10-14").send().join();
    assertEquals(206, range.status().code());
    assertEquals("nginx", range.text());

    HttpResult head =
        client
            .head(speech.uri() + "/text")
            .via(Endpoint.unix(socket))
            .header("Accept-Encoding", "identity")
            .send()
            .join();
    assertEquals(Integer.toString(text.length), head.header("content-length"));
  }

  @Test
  void aBodyThatIsTooLargeIsAnsweredBeforeItIsSent() {
    HttpResult result =
        client
            .post(speech.uri() + "/text")
            .via(Endpoint.unix(socket))
            .body(new byte[100_000])
            .expectContinue()
            .send()
            .join();

    assertEquals(413, result.status().code());
  }

  @Test
  void connectionsThatAreClosedAreReplaced() {
    assertEquals("bye", get("/bye").send().join().text());
    assertEquals("bye", get("/bye").send().join().text());
  }

  @Test
  void manyAtOnce() {
    Stream.generate(() -> get("/text").send())
        .limit(100)
        .toList()
        .forEach(call -> assertArrayEquals(text, call.join().bytes()));
  }
}
