package dev.weir.examples;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.Weir;
import dev.weir.http.client.HttpClient;
import dev.weir.http.client.HttpClientOptions;
import dev.weir.net.Context;
import dev.weir.tls.Identity;
import dev.weir.tls.TlsClientConfig;
import dev.weir.tls.TlsProvider;
import dev.weir.tls.Trust;
import dev.weir.websocket.WebSocket;
import dev.weir.websocket.WebSocketHandler;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the servers among the examples. */
class ServerExamplesTest {

  @TempDir private Path directory;

  private static int port(Weir weir) {
    return ((InetSocketAddress) weir.addresses().getFirst()).getPort();
  }

  @Test
  void helloServer() {
    try (Weir weir = HelloServer.start(0)) {
      String url = "http://localhost:" + port(weir) + "/hello/you";
      assertEquals("Hello, you!\n", weir.get(url).send().join().text());
    }
  }

  @Test
  void blockingServer() {
    try (Weir weir = BlockingServer.start(0)) {
      String url = "http://localhost:" + port(weir) + "/count";
      String answer = weir.post(url).body("abc").send().join().text();
      assertTrue(answer.startsWith("3 bytes on VirtualThread"), answer);
    }
  }

  @Test
  void tlsFileServer() throws Exception {
    byte[] content = new byte[200_000];
    content[199_999] = 1;
    Files.write(directory.resolve("file.bin"), content);
    Identity identity = Identity.selfSigned(Instant.now(), Duration.ofDays(1), "localhost");
    try (Weir weir = TlsFileServer.start(0, identity, directory);
        HttpClient client =
            HttpClient.on(
                weir.context(),
                HttpClientOptions.DEFAULTS.withTls(
                    TlsProvider.named(TlsProvider.JSSE)
                        .client(
                            TlsClientConfig.of(Trust.pinnedKey(identity.spkiSha256()))
                                .alpn("http/1.1")
                                .build())))) {
      String base = "https://localhost:" + port(weir);
      assertArrayEquals(content, client.get(base + "/file.bin").send().join().bytes());
      assertTrue(client.get(base + "/").send().join().text().contains("file.bin"));
    }
  }

  @Test
  void chatServer() throws Exception {
    try (Weir weir = ChatServer.start(0)) {
      String url = "ws://localhost:" + port(weir) + "/chat";
      BlockingQueue<String> heard = new LinkedBlockingQueue<>();
      WebSocketHandler listener =
          new WebSocketHandler() {
            @Override
            public void text(WebSocket ws, String message) {
              heard.add(message);
            }
          };
      WebSocket one = weir.webSocket(url, listener).join();
      weir.webSocket(url, listener).join();
      one.send("hello, all");
      assertEquals("hello, all", heard.poll(10, TimeUnit.SECONDS));
      assertEquals("hello, all", heard.poll(10, TimeUnit.SECONDS));
    }
  }

  @Test
  void tcpEcho() throws Exception {
    try (Context context = Context.start()) {
      InetAddress loopback = InetAddress.getLoopbackAddress();
      int port = TcpEcho.start(context, new InetSocketAddress(loopback, 0)).port();
      try (Socket socket = new Socket(loopback, port)) {
        socket.getOutputStream().write("echo".getBytes(StandardCharsets.UTF_8));
        InputStream in = socket.getInputStream();
        assertEquals("echo", new String(in.readNBytes(4), StandardCharsets.UTF_8));
      }
      SocketAddress unix = UnixDomainSocketAddress.of(directory.resolve("echo.sock"));
      TcpEcho.start(context, unix);
      try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
        channel.connect(unix);
        channel.write(ByteBuffer.wrap("unix".getBytes(StandardCharsets.UTF_8)));
        ByteBuffer back = ByteBuffer.allocate(4);
        while (back.hasRemaining() && channel.read(back) >= 0) {
          // More is to come.
        }
        assertEquals("unix", new String(back.array(), StandardCharsets.UTF_8));
      }
    }
  }
}
