package dev.weir.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.cli.serve.TestServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TcpCommandTest {

  private static final String REQUEST =
      "GET /hello HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";

  @TempDir private Path directory;
  private final TestServer server = new TestServer();

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void carriesBothDirections() {
    Cli run = Cli.withInput(REQUEST, "tcp", "localhost:" + server.plainPort());
    assertTrue(run.text().endsWith("\r\n\r\nHello, world!"), run.text());
    assertEquals(0, run.exit());
  }

  @Test
  void speaksTls() throws Exception {
    String target = "localhost:" + server.tlsPort();
    String authority = server.certificate(directory).toString();
    Cli run = Cli.withInput(REQUEST, "tcp", "--tls", "--cacert", authority, "-v", target);
    assertTrue(run.text().endsWith("Hello, world!"), run.text());
    assertTrue(run.errors().contains(" ms  TLS: TLSv1.3, "), run.errors());
    assertEquals(1, Cli.withInput(REQUEST, "tcp", "--tls", target).exit());
  }

  @Test
  void carriesMegabytesToAPeerThatEndsWhenItDoes() throws Exception {
    String input = "0123456789".repeat(400_000);
    try (ServerSocket peer = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      CompletableFuture<Void> echo = CompletableFuture.runAsync(() -> echo(peer));
      Cli run = Cli.withInput(input, "tcp", "127.0.0.1:" + peer.getLocalPort());
      echo.join();
      assertEquals(0, run.exit());
      assertEquals(input, run.text());
    }
  }

  private static void echo(ServerSocket peer) {
    try (Socket socket = peer.accept()) {
      socket.getInputStream().transferTo(socket.getOutputStream());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void tellsThatNobodyListens() {
    Cli run = Cli.run("tcp", "127.0.0.1:1");
    assertEquals(1, run.exit());
    assertTrue(run.errors().startsWith("weir: "), run.errors());
  }

  @Test
  void refusesWhatIsNoAddress() {
    for (String wrong : new String[] {"localhost", ":1", "localhost:", "localhost:70000"}) {
      Cli run = Cli.run("tcp", wrong);
      assertEquals(2, run.exit(), wrong);
      assertTrue(run.errors().contains("is not HOST:PORT"), run.errors());
    }
  }
}
