package dev.weir.loop.nio;

import dev.weir.loop.spi.Socket;
import java.io.IOException;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/** A stream socket on a {@link SocketChannel}, TCP or unix. */
final class NioStreamSocket extends NioSocket<SocketChannel> implements Socket.Stream {

  /**
   * The system reads from memory outside of the heap. The JDK copies an array there whole, however
   * little of it is then taken, and keeps the memory; so an array goes piece by piece.
   */
  static final int PIECE = 128 * 1024;

  NioStreamSocket(SocketChannel channel) {
    super(channel);
  }

  @Override
  boolean connecting() {
    return channel.isConnectionPending();
  }

  @Override
  public @Nullable SocketAddress remote() {
    try {
      return channel.getRemoteAddress();
    } catch (IOException e) {
      return null;
    }
  }

  @Override
  public boolean finishConnect() throws IOException {
    return channel.finishConnect();
  }

  @Override
  public int read(ByteBuffer dst) throws IOException {
    return channel.read(dst);
  }

  @Override
  public int write(ByteBuffer src) throws IOException {
    int limit = src.limit();
    int total = 0;
    try {
      boolean taken = true;
      while (taken && src.position() < limit) {
        cut(src, limit);
        total += channel.write(src);
        taken = !src.hasRemaining();
      }
    } finally {
      src.limit(limit);
    }
    return total;
  }

  @Override
  public long write(ByteBuffer first, ByteBuffer second) throws IOException {
    int limit = second.limit();
    long total;
    boolean taken;
    try {
      cut(second, limit);
      total = channel.write(new ByteBuffer[] {first, second});
      taken = !second.hasRemaining();
    } finally {
      second.limit(limit);
    }
    return taken && second.hasRemaining() ? total + write(second) : total;
  }

  private static void cut(ByteBuffer src, int limit) {
    if (!src.isDirect()) {
      src.limit(Math.min(limit, src.position() + PIECE));
    }
  }

  @Override
  public long write(FileChannel file, long position, long count) throws IOException {
    return file.transferTo(position, count, channel);
  }

  @Override
  public void shutdownOutput() throws IOException {
    channel.shutdownOutput();
  }

  @Override
  public void abort() {
    try {
      if (channel.supportedOptions().contains(StandardSocketOptions.SO_LINGER)) {
        channel.setOption(StandardSocketOptions.SO_LINGER, 0);
      }
    } catch (IOException e) {
      // The peer is gone already: an ordinary close is all there is.
    }
    close();
  }

  @Override
  public void close() {
    NioSockets.closeQuietly(channel);
  }
}
