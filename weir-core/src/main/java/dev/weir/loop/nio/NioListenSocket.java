package dev.weir.loop.nio;

import dev.weir.loop.spi.Socket;
import dev.weir.loop.spi.SocketOptions;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/** A listening socket on a {@link ServerSocketChannel}. A unix socket's file goes with it. */
final class NioListenSocket implements Socket.Listen, NioSocket {

  private final ServerSocketChannel channel;
  private final SocketOptions options;
  private final @Nullable UnixSocketFile file;

  /**
   * Listens by a bound channel.
   *
   * @param options what accepted sockets get
   * @param file what is to be removed in the end, or {@code null}
   */
  NioListenSocket(
      ServerSocketChannel channel, SocketOptions options, @Nullable UnixSocketFile file) {
    this.channel = channel;
    this.options = options;
    this.file = file;
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
    NioSockets.prepare(accepted, options);
    return new NioStreamSocket(accepted);
  }

  @Override
  public void close() {
    if (file != null) {
      file.remove();
    }
    NioSockets.closeQuietly(channel);
  }
}
