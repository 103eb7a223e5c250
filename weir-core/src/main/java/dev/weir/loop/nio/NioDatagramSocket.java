package dev.weir.loop.nio;

import dev.weir.loop.spi.Socket;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import org.jspecify.annotations.Nullable;

/** A datagram socket on a {@link DatagramChannel}. */
final class NioDatagramSocket extends NioSocket<DatagramChannel> implements Socket.Datagram {

  NioDatagramSocket(DatagramChannel channel) {
    super(channel);
  }

  @Override
  public @Nullable SocketAddress receive(ByteBuffer dst) throws IOException {
    return channel.receive(dst);
  }

  @Override
  public boolean send(ByteBuffer data, @Nullable SocketAddress to) throws IOException {
    boolean empty = !data.hasRemaining();
    int sent = to == null ? channel.write(data) : channel.send(data, to);
    return sent > 0 || empty;
  }

  @Override
  public void close() {
    NioSockets.closeQuietly(channel);
  }
}
