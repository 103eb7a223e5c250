package dev.weir.loop.nio;

import dev.weir.loop.spi.Socket;
import dev.weir.loop.spi.SocketOptions;
import dev.weir.loop.spi.UnixSocketFile;
import java.io.IOException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/**
 * A listening socket on a {@link ServerSocketChannel}. A unix socket's file goes with it.
 *
 * <p>It holds a descriptor in reserve and gives it up when the process is out of them: whoever is
 * told of that needs one, be it to log by. The JDK's logging opens a file when it first tells the
 * time, and if it cannot, never logs again.
 */
final class NioListenSocket extends NioSocket<ServerSocketChannel> implements Socket.Listen {

  private final SocketOptions options;
  private final @Nullable UnixSocketFile file;
  private @Nullable SocketChannel reserve;

  /**
   * Listens by a bound channel.
   *
   * @param options what accepted sockets get
   * @param file what is to be removed in the end, or {@code null}
   */
  NioListenSocket(
      ServerSocketChannel channel, SocketOptions options, @Nullable UnixSocketFile file) {
    super(channel);
    this.options = options;
    this.file = file;
  }

  @Override
  public @Nullable Stream accept() throws IOException {
    SocketChannel accepted;
    try {
      if (reserve == null) {
        reserve = SocketChannel.open();
      }
      accepted = channel.accept();
    } catch (IOException e) {
      giveUpReserve();
      throw e;
    }
    if (accepted == null) {
      return null;
    }
    NioSockets.prepare(accepted, options);
    return new NioStreamSocket(accepted);
  }

  private void giveUpReserve() {
    SocketChannel held = reserve;
    if (held != null) {
      reserve = null;
      NioSockets.closeQuietly(held);
    }
  }

  @Override
  public void close() {
    giveUpReserve();
    if (file != null) {
      file.remove();
    }
    NioSockets.closeQuietly(channel);
  }
}
