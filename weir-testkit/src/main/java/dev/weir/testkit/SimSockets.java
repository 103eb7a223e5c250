package dev.weir.testkit;

import dev.weir.loop.spi.Socket;
import dev.weir.loop.spi.SocketOptions;
import dev.weir.loop.spi.Sockets;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import org.jspecify.annotations.Nullable;

/** Opens sockets on one simulated host. */
final class SimSockets implements Sockets {

  private final SimHost host;

  SimSockets(SimHost host) {
    this.host = host;
  }

  @Override
  public Socket.Stream connect(
      SocketAddress to, @Nullable SocketAddress from, SocketOptions options) throws IOException {
    host.takeDescriptor();
    SimStreamSocket socket = new SimStreamSocket(host, host.sourceFor(to, from), to, options, null);
    socket.connect();
    return socket;
  }

  @Override
  public Socket.Listen listen(SocketAddress at, int backlog, SocketOptions options)
      throws IOException {
    host.takeDescriptor();
    SocketAddress bound = host.bindable(at);
    if (host.listeners().stream().anyMatch(other -> other.isInTheWay(bound, options))) {
      throw host.refuseDescriptor(new BindException("Address already in use"));
    }
    SimListenSocket socket = new SimListenSocket(host, bound, backlog, options);
    host.listeners().add(socket);
    return socket;
  }

  @Override
  public Socket.Datagram datagram(
      @Nullable SocketAddress at, @Nullable SocketAddress to, SocketOptions options)
      throws IOException {
    host.takeDescriptor();
    InetSocketAddress peer = (InetSocketAddress) to;
    InetSocketAddress bound =
        (InetSocketAddress)
            (at != null
                ? host.bindable(at)
                : peer != null
                    ? host.sourceFor(peer, null)
                    : host.bindable(new InetSocketAddress(0)));
    if (!options.reusePort()
        && host.datagrams().stream().anyMatch(other -> SimHost.matches(other.local(), bound))) {
      throw host.refuseDescriptor(new BindException("Address already in use"));
    }
    int capacity =
        options.receiveBuffer() > 0 ? options.receiveBuffer() : host.conditions().receiveBuffer();
    SimDatagramSocket socket = new SimDatagramSocket(host, bound, peer, capacity);
    host.datagrams().add(socket);
    return socket;
  }

  @Override
  public int readCached(FileChannel file, ByteBuffer dst, long position) throws IOException {
    long cached = Math.min(host.conditions().cached() - position, dst.remaining());
    if (cached <= 0) {
      return 0;
    }
    int limit = dst.limit();
    dst.limit(dst.position() + (int) cached);
    try {
      return Math.max(0, file.read(dst, position));
    } finally {
      dst.limit(limit);
    }
  }

  @Override
  public Socket adopt(Object foreign) {
    if (foreign instanceof SimSocket socket && socket.host == host) {
      return (Socket) foreign;
    }
    throw new IllegalArgumentException(
        "a simulated loop adopts sockets of its own host, not " + foreign);
  }
}
