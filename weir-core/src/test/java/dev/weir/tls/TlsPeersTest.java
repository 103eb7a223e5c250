package dev.weir.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.net.Context;
import dev.weir.net.Endpoint;
import dev.weir.net.Listener;
import dev.weir.net.Tls;
import dev.weir.stream.ByteStream;
import dev.weir.stream.StreamHandler;
import dev.weir.stream.WeirException;
import dev.weir.testpeers.NeedsProgram;
import dev.weir.testpeers.Programs;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** OpenSSL and GnuTLS at the other end of the wire. */
@Timeout(60)
final class TlsPeersTest {
  private static final TlsProvider JSSE = TlsProvider.named(TlsProvider.JSSE);
  private static final TestCa CA = TestCa.root("Root");

  private final Context context = Context.start();
  private final List<Process> processes = new ArrayList<>();
  @TempDir private Path dir;

  @BeforeEach
  void files() throws IOException {
    write("ca", Identity.of(CA.key(), List.of(CA.certificate())));
    write("localhost", CA.issue("localhost"));
    write("client", CA.issue("client"));
  }

  private void write(String name, Identity identity) throws IOException {
    Files.writeString(dir.resolve(name + ".pem"), identity.chainToPem());
    Files.writeString(dir.resolve(name + ".key"), identity.keyToPem());
  }

  @AfterEach
  void close() {
    processes.forEach(Process::destroyForcibly);
    context.close();
  }

  private Listener listen(TlsServerConfig.Builder config) {
    var server = JSSE.server(config.build());
    var any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    return context.listen(any, Tls.server(JSSE, name -> server, stream -> new Echo()));
  }

  @ParameterizedTest
  @NeedsProgram("openssl")
  @CsvSource({
    "-tls1_3, EC, secp256r1",
    "-tls1_2, EC, secp256r1",
    "-tls1_3, EC, secp521r1",
    "-tls1_3, RSA, 2048",
    "-tls1_2, RSA, 2048",
    "-tls1_3, RSASSA-PSS, 2048",
    "-tls1_3, Ed25519, ''",
  })
  void opensslClients(String version, String algorithm, String parameters) throws Exception {
    var keys = TestCa.keys(algorithm, parameters);
    var identity = CA.issue(keys, TestCa.NOW, Duration.ofDays(30), "localhost");
    var listener = listen(TestCa.server(identity).alpn("echo"));
    var client = opensslClient(listener, version);
    client.say("hello");
    String output = client.readUntil("hello") + client.quit();
    assertTrue(output.contains("Verify return code: 0 (ok)"), output);
    assertTrue(output.contains("ALPN protocol: echo"), output);
    assertTrue(output.contains(version.equals("-tls1_3") ? "TLSv1.3" : "TLSv1.2"), output);
  }

  private Peer opensslClient(Listener listener, String... options) throws IOException {
    var command = new ArrayList<>(List.of("openssl", "s_client", "-CAfile", "ca.pem"));
    command.addAll(
        List.of("-verify_return_error", "-verify_hostname", "localhost", "-no_check_time"));
    command.addAll(List.of("-servername", "localhost", "-alpn", "echo"));
    command.addAll(List.of("-connect", "127.0.0.1:" + listener.port()));
    command.addAll(List.of(options));
    return start(command);
  }

  @ParameterizedTest
  @NeedsProgram("openssl")
  @CsvSource({"-tls1_3", "-tls1_2"})
  void opensslClientsResume(String version) throws Exception {
    var listener = listen(TestCa.server(CA.issue("localhost")));
    var first = opensslClient(listener, version, "-sess_out", "session");
    first.say("hello");
    assertFalse((first.readUntil("hello") + first.quit()).contains("Reused, TLS"));
    var second = opensslClient(listener, version, "-sess_in", "session");
    second.say("hello");
    String output = second.readUntil("hello") + second.quit();
    assertTrue(output.contains("Reused, TLS"), output);
  }

  @ParameterizedTest
  @NeedsProgram("openssl")
  @CsvSource({"-tls1_3", "-tls1_2"})
  void opensslClientsShowCertificates(String version) throws Exception {
    var listener =
        listen(TestCa.server(CA.issue("localhost")).clients(ClientAuth.REQUIRED, CA.trust()));
    var known = opensslClient(listener, version, "-cert", "client.pem", "-key", "client.key");
    known.say("hello");
    String output = known.readUntil("hello") + known.quit();
    assertTrue(output.contains("CN = Root"), output);
    String refused = opensslClient(listener, version).readAll();
    assertTrue(
        refused.contains(
            version.equals("-tls1_3") ? "alert certificate required" : "alert handshake failure"),
        refused);
  }

  @Test
  @NeedsProgram("openssl")
  void opensslClientsMayNotRenegotiate() throws Exception {
    var listener = listen(TestCa.server(CA.issue("localhost")));
    var client = opensslClient(listener, "-tls1_2");
    client.say("hello");
    client.readUntil("hello");
    client.say("R");
    String output = client.readAll();
    assertTrue(output.contains("RENEGOTIATING"), output);
    assertFalse(output.contains("Verify return code: 0 (ok)\n---\nhello"), output);
  }

  @ParameterizedTest
  @NeedsProgram("gnutls-cli")
  @CsvSource({
    "NORMAL:-VERS-ALL:+VERS-TLS1.3, TLS1.3",
    "NORMAL:-VERS-ALL:+VERS-TLS1.2, TLS1.2",
    "NORMAL:-GROUP-ALL:+GROUP-SECP384R1, SECP384R1",
    "NORMAL:-CIPHER-ALL:+CHACHA20-POLY1305, CHACHA20-POLY1305",
  })
  void gnutlsClients(String priority, String expected) throws Exception {
    var listener = listen(TestCa.server(CA.issue("localhost")).alpn("echo"));
    var client =
        start(
            List.of(
                "gnutls-cli",
                "--alpn=echo",
                "--priority=" + priority,
                "--port=" + listener.port(),
                "--no-ca-verification",
                "localhost"));
    client.say("hello");
    String output = client.readUntil("hello") + client.end();
    assertTrue(output.contains("Application protocol: echo"), output);
    assertTrue(output.contains(expected), output);
  }

  @ParameterizedTest
  @NeedsProgram("openssl")
  @CsvSource({"-tls1_3, TLS_1_3", "-tls1_2, TLS_1_2"})
  void opensslServers(String option, TlsVersion version) throws Exception {
    int port = opensslServer(option, "-alpn", "other,echo").port();
    var client = JSSE.client(TestCa.client(CA.trust()).alpn("echo").build());
    for (int i = 0; i < 2; i++) {
      var said = say(client, "localhost", port);
      assertEquals("olleh", said.get(20, TimeUnit.SECONDS).text);
      var session = said.get().session;
      assertEquals(version, session.version());
      assertEquals("echo", session.alpn());
      assertEquals("CN=localhost", session.peerCertificates().leaf().subject());
      assertEquals(i > 0, session.resumed());
    }
  }

  @Test
  @NeedsProgram("openssl")
  void opensslServersAskForCertificates() throws Exception {
    int port = opensslServer("-Verify", "2", "-CAfile", "ca.pem", "-no_check_time").port();
    var known = JSSE.client(TestCa.client(CA.trust()).identities(CA.issue("client")).build());
    assertEquals("olleh", say(known, "localhost", port).get(20, TimeUnit.SECONDS).text);
    var unknown = JSSE.client(TestCa.client(CA.trust()).build());
    var problem = say(unknown, "localhost", port).get(20, TimeUnit.SECONDS).problem;
    var told = assertInstanceOf(TlsError.PeerAlert.class, problem.getCause());
    assertEquals(TlsAlert.CERTIFICATE_REQUIRED, told.alert());
  }

  @Test
  @NeedsProgram("openssl")
  void opensslServersMustProveTheirName() throws Exception {
    int port = opensslServer().port();
    var client = JSSE.client(TestCa.client(CA.trust()).build());
    var problem = say(client, "example.org", port).get(20, TimeUnit.SECONDS).problem;
    var refused = assertInstanceOf(TlsError.CertificateRefused.class, problem.getCause());
    assertEquals(RefusedCertificate.Reason.WRONG_HOST, refused.refusal().reason());
  }

  private Peer opensslServer(String... options) throws IOException {
    var command = new ArrayList<>(List.of("openssl", "s_server", "-rev", "-accept", "127.0.0.1:0"));
    command.addAll(List.of("-cert", "localhost.pem", "-key", "localhost.key"));
    command.addAll(List.of(options));
    return start(command);
  }

  private CompletableFuture<Said> say(TlsClientContext client, String host, int port) {
    var handler = new Saying();
    context.connect(
        Endpoint.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), port)),
        Tls.client(client, host, port, handler));
    return handler.said;
  }

  private record Said(String text, TlsSession session, WeirException problem) {}

  /** Says a line, waits for the answer, and closes. */
  private static final class Saying implements StreamHandler {
    final CompletableFuture<Said> said = new CompletableFuture<>();
    private TlsSession session;
    private String text = "";

    @Override
    public void opened(ByteStream stream) {
      session = stream.carrier().tls();
      stream.write(ByteBuffer.wrap("hello\n".getBytes(StandardCharsets.UTF_8)));
    }

    @Override
    public void received(ByteStream stream, ByteBuffer bytes) {
      text += StandardCharsets.UTF_8.decode(bytes);
      if (text.endsWith("\n")) {
        stream.close();
      }
    }

    @Override
    public void closed(ByteStream stream, @Nullable WeirException problem) {
      said.complete(new Said(text.strip(), session, problem));
    }
  }

  private static final class Echo implements StreamHandler {
    @Override
    public void received(ByteStream stream, ByteBuffer bytes) {
      stream.write(bytes);
    }
  }

  private Peer start(List<String> command) throws IOException {
    var full = new ArrayList<>(command);
    full.set(0, Programs.get(command.getFirst()).toString());
    var process =
        new ProcessBuilder(full).directory(dir.toFile()).redirectErrorStream(true).start();
    processes.add(process);
    return new Peer(process);
  }

  /** A program that is spoken to by its standard streams. */
  private record Peer(Process process) {
    void say(String line) throws IOException {
      process.outputWriter().write(line + "\n");
      process.outputWriter().flush();
    }

    /** Reads until this ends a line; before it OpenSSL may have begun to tell of a ticket. */
    String readUntil(String line) throws IOException {
      var output = new StringBuilder();
      for (String read = process.inputReader().readLine();
          read != null;
          read = process.inputReader().readLine()) {
        output.append(read).append('\n');
        if (read.endsWith(line)) {
          return output.toString();
        }
      }
      throw new AssertionError("no line " + line + " in " + output);
    }

    String readAll() throws IOException {
      var output = new StringBuilder();
      process.inputReader().lines().forEach(line -> output.append(line).append('\n'));
      return output.toString();
    }

    /** Has OpenSSL's client close. */
    String quit() throws IOException {
      say("Q");
      return readAll();
    }

    String end() throws IOException {
      process.outputWriter().close();
      return readAll();
    }

    /** The port that OpenSSL's server says it listens on. */
    int port() throws IOException {
      for (String read = process.inputReader().readLine();
          read != null;
          read = process.inputReader().readLine()) {
        if (read.startsWith("ACCEPT ")) {
          return Integer.parseInt(read.substring(read.lastIndexOf(':') + 1));
        }
      }
      throw new AssertionError("the server does not listen");
    }
  }
}
