package dev.weir.loop.nio;

import dev.weir.loop.spi.Socket;
import java.io.IOException;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import org.jspecify.annotations.Nullable;

/** A listening socket on a {@link ServerSocketChannel}. A unix socket's file goes with it. */
final class NioListenSocket implements Socket.Listen, NioSocket {

  private final ServerSocketChannel channel;
  private final boolean noDelay;

  NioListenSocket(ServerSocketChannel channel, boolean noDelay) {
    this.channel = channel;
    this.noDelay = noDelay;
  }

  @Override
  public ServerSocketChannel channel() {
    return channel;
  }

  @Override
  public @Nullable SocketAddress local() {
    try {
      return channel.getLocalAddress();
    } catch (IOException e) {
      return null;
    }
  }

  @Override
  public @Nullable Stream accept() throws IOException {
    SocketChannel accepted = channel.accept();
    if (accepted == null) {
      return null;
    }
    NioSockets.prepare(accepted, noDelay);
    return new NioStreamSocket(accepted);
  }

  @Override
  public void close() {
    SocketAddress at = local();
    NioSockets.closeQuietly(channel);
    if (at instanceof UnixDomainSocketAddress unix && !unix.getPath().toString().isEmpty()) {
      try {
        Files.deleteIfExists(unix.getPath());
      } catch (IOException e) {
        // Somebody else's file by now, or a read-only directory: not ours to insist.
      }
    }
  }
}
