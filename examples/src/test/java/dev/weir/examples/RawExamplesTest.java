package dev.weir.examples;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.net.Context;
import dev.weir.net.Endpoint;
import dev.weir.net.Listener;
import dev.weir.tls.Identity;
import dev.weir.tls.Trust;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Runs the examples without HTTP, and those about sockets. */
@Timeout(60)
class RawExamplesTest {

  private static final InetSocketAddress ANY =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

  private final Context context = Context.start(2);

  @AfterEach
  void close() {
    context.close();
  }

  @Test
  void udpEchoAndClient() {
    SocketAddress server = UdpEcho.start(context, ANY);

    assertEquals("anybody?", UdpClient.ask(context, server, "anybody?").join());
  }

  @Test
  void unixHttpServer(@TempDir Path directory) {
    Path socket = directory.resolve("s");
    UnixHttpServer.start(context, socket);

    assertEquals("local only\n", UnixHttpServer.get(context, socket));
  }

  @Test
  void tcpProxy() throws Exception {
    Listener echo = TcpEcho.start(context, ANY);
    Listener proxy = TcpProxy.start(context, ANY, Endpoint.of(echo.address()));
    byte[] sent = new byte[3_000_000];
    for (int n = 0; n < sent.length; n++) {
      sent[n] = (byte) (n * 31);
    }
    try (Socket socket = connect(proxy)) {
      Thread writer =
          Thread.startVirtualThread(() -> {
            try {
              socket.getOutputStream().write(sent);
              socket.shutdownOutput();
            } catch (IOException e) {
              throw new AssertionError(e);
            }
          });
      assertArrayEquals(sent, socket.getInputStream().readAllBytes());
      writer.join();
    }
    echo.close();
    try (Socket socket = connect(proxy)) {
      assertThrows(IOException.class, () -> socket.getInputStream().readAllBytes());
    }
  }

  @Test
  void lineChat() throws Exception {
    Listener chat = LineChat.start(context, ANY);
    try (Socket one = connect(chat)) {
      // Whoever hears himself has been let in.
      say(one, "one is here");
      assertEquals("one is here", lines(one).readLine());
      try (Socket two = connect(chat)) {
        say(two, "two is here");
        assertEquals("two is here", lines(two).readLine());
        assertEquals("two is here", lines(one).readLine());
      }
    }
  }

  @Test
  void rawTls() {
    Identity server = Identity.selfSigned("localhost");
    Identity known = Identity.selfSigned("known");
    Identity stranger = Identity.selfSigned("stranger");
    Trust toServer = Trust.pinnedKey(server.spkiSha256());
    SocketAddress at =
        RawTls.start(context, ANY, server, Trust.certificates(List.of(known.leaf()))).address();

    String greeting = RawTls.visit(context, at, "localhost", known, toServer).join();
    assertTrue(greeting.matches("hello CN=known [0-9a-f]{16}"), greeting);
    assertThrows(
        CompletionException.class,
        () -> RawTls.visit(context, at, "localhost", stranger, toServer).join());
  }

  @Test
  void inheritedServer() throws Exception {
    ServerSocketChannel listening = ServerSocketChannel.open().bind(ANY);
    int port = InheritedServer.start(context, listening).port();

    assertEquals("200 OK\ntaken over\n", ClientGet.get("http://localhost:" + port + "/"));
  }

  @Test
  void reconnectingClient() throws Exception {
    BlockingQueue<String> heard = new LinkedBlockingQueue<>();
    try (var server = new ServerSocket(0, 5, ANY.getAddress())) {
      ReconnectingClient.start(context, Endpoint.of(server.getLocalSocketAddress()), heard::add);
      for (String line : List.of("first", "second")) {
        try (Socket client = server.accept()) {
          say(client, line);
          assertEquals(line, heard.poll(20, TimeUnit.SECONDS));
        }
      }
    }
  }

  private static Socket connect(Listener listener) throws IOException {
    return new Socket(ANY.getAddress(), listener.port());
  }

  private static void say(Socket socket, String line) throws IOException {
    socket.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
  }

  /** A reader that takes no more than it is asked for: one line was sent before each call. */
  private static BufferedReader lines(Socket socket) throws IOException {
    return new BufferedReader(
        new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
  }
}
