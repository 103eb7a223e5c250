package dev.weir.loop.nio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.loop.spi.Socket;
import dev.weir.loop.spi.SocketOptions;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NioSocketsTest {

  private final NioSockets sockets = new NioSockets();

  @Test
  void acceptedSocketsGetTheOptionsOfTheirListener() throws IOException {
    SocketOptions options = SocketOptions.DEFAULT.withKeepAlive(true).withBuffers(12_000, 0);
    Socket.Listen listen =
        sockets.listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1, options);
    try (SocketChannel client = SocketChannel.open(listen.local())) {
      assertTrue(client.isConnected());
      SocketChannel accepted = ((NioStreamSocket) accept(listen)).channel;
      assertTrue(accepted.getOption(StandardSocketOptions.SO_KEEPALIVE));
      assertTrue(accepted.getOption(StandardSocketOptions.TCP_NODELAY));
      // Linux doubles what it is asked for.
      assertTrue(accepted.getOption(StandardSocketOptions.SO_SNDBUF) <= 24_000);
      accepted.close();
    } finally {
      listen.close();
    }
  }

  @Test
  void aUnixSocketsFileGoesWithIt(@TempDir Path directory) throws IOException {
    Path path = directory.resolve("s");
    Socket.Listen listen = listen(path);
    assertTrue(Files.exists(path));
    listen.close();
    assertTrue(Files.notExists(path));
  }

  @Test
  void aFileThatACrashLeftBehindIsReplaced(@TempDir Path directory) throws IOException {
    Path path = directory.resolve("s");
    try (ServerSocketChannel crashed = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      crashed.bind(UnixDomainSocketAddress.of(path));
    }
    assertTrue(Files.exists(path));
    Socket.Listen listen = listen(path);
    try (SocketChannel client = SocketChannel.open(UnixDomainSocketAddress.of(path))) {
      assertTrue(client.isConnected());
    }
    listen.close();
  }

  @Test
  void aSocketThatSomebodyListensOnIsNotReplaced(@TempDir Path directory) throws IOException {
    Path path = directory.resolve("s");
    Socket.Listen first = listen(path);
    assertThrows(BindException.class, () -> listen(path));
    try (SocketChannel client = SocketChannel.open(UnixDomainSocketAddress.of(path))) {
      assertTrue(client.isConnected());
    }
    first.close();
  }

  @Test
  void nothingButASocketIsReplaced(@TempDir Path directory) throws IOException {
    Path path = Files.writeString(directory.resolve("s"), "precious");
    assertThrows(BindException.class, () -> listen(path));
    assertEquals("precious", Files.readString(path));
  }

  @Test
  void theFileOfASuccessorStays(@TempDir Path directory) throws IOException {
    Path path = directory.resolve("s");
    Socket.Listen first = listen(path);
    Files.delete(path);
    Socket.Listen second = listen(path);
    first.close();
    assertTrue(Files.exists(path));
    second.close();
    assertTrue(Files.notExists(path));
  }

  @Test
  void theFileOfAnAdoptedSocketStays(@TempDir Path directory) throws IOException {
    Path path = directory.resolve("s");
    ServerSocketChannel channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    channel.bind(UnixDomainSocketAddress.of(path));
    sockets.adopt(channel).close();
    assertTrue(Files.exists(path));
  }

  private Socket.Listen listen(Path path) throws IOException {
    return sockets.listen(UnixDomainSocketAddress.of(path), 1, SocketOptions.DEFAULT);
  }

  private static Socket.Stream accept(Socket.Listen listen) throws IOException {
    while (true) {
      Socket.Stream accepted = listen.accept();
      if (accepted != null) {
        return accepted;
      }
    }
  }
}
