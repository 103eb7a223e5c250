package dev.weir.loop.nio;

import dev.weir.loop.spi.Socket;
import dev.weir.loop.spi.SocketOptions;
import dev.weir.loop.spi.Sockets;
import dev.weir.loop.spi.UnixSocketFile;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketOption;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channel;
import java.nio.channels.DatagramChannel;
import java.nio.channels.NetworkChannel;
import java.nio.channels.SelectableChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/** Sockets on {@code java.nio} channels. Adopts channels that somebody else opened. */
final class NioSockets implements Sockets {

  @Override
  public Socket.Stream connect(
      SocketAddress to, @Nullable SocketAddress from, SocketOptions options) throws IOException {
    SocketChannel channel =
        to instanceof UnixDomainSocketAddress
            ? SocketChannel.open(StandardProtocolFamily.UNIX)
            : SocketChannel.open();
    try {
      channel.configureBlocking(false);
      apply(channel, options);
      if (from != null) {
        channel.bind(from);
      }
      channel.connect(to);
      return new NioStreamSocket(channel);
    } catch (IOException | RuntimeException e) {
      closeQuietly(channel);
      throw e;
    }
  }

  @Override
  public Socket.Listen listen(SocketAddress at, int backlog, SocketOptions options)
      throws IOException {
    boolean unix = at instanceof UnixDomainSocketAddress;
    ServerSocketChannel channel =
        unix ? ServerSocketChannel.open(StandardProtocolFamily.UNIX) : ServerSocketChannel.open();
    try {
      channel.configureBlocking(false);
      if (at instanceof UnixDomainSocketAddress address) {
        return new NioListenSocket(channel, options, bind(channel, address, backlog));
      }
      // A restarted server takes its port again although old connections linger.
      set(channel, StandardSocketOptions.SO_REUSEADDR, true);
      if (options.reusePort()) {
        set(channel, StandardSocketOptions.SO_REUSEPORT, true);
      }
      if (options.receiveBuffer() > 0) {
        set(channel, StandardSocketOptions.SO_RCVBUF, options.receiveBuffer());
      }
      channel.bind(at, backlog);
      return new NioListenSocket(channel, options, null);
    } catch (IOException | RuntimeException e) {
      closeQuietly(channel);
      throw e;
    }
  }

  private static UnixSocketFile bind(
      ServerSocketChannel channel, UnixDomainSocketAddress at, int backlog) throws IOException {
    return UnixSocketFile.bind(at.getPath(), () -> channel.bind(at, backlog), () -> visit(at));
  }

  private static void visit(UnixDomainSocketAddress at) throws IOException {
    try (SocketChannel visitor = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      // Not blocking: where somebody listens, the queue may be full.
      visitor.configureBlocking(false);
      visitor.connect(at);
    }
  }

  @Override
  public Socket.Datagram datagram(
      @Nullable SocketAddress at, @Nullable SocketAddress to, SocketOptions options)
      throws IOException {
    DatagramChannel channel = open(at != null ? at : to);
    try {
      channel.configureBlocking(false);
      if (options.reusePort()) {
        set(channel, StandardSocketOptions.SO_REUSEPORT, true);
      }
      buffers(channel, options);
      if (at != null) {
        channel.bind(at);
      } else if (to == null) {
        channel.bind(null);
      }
      if (to != null) {
        channel.connect(to);
      }
      return new NioDatagramSocket(channel);
    } catch (IOException | RuntimeException e) {
      closeQuietly(channel);
      throw e;
    }
  }

  @Override
  public Socket adopt(Object foreign) throws IOException {
    if (!(foreign instanceof SelectableChannel channel)) {
      throw new IllegalArgumentException(
          "the nio loop adopts java.nio socket channels, not " + foreign.getClass().getName());
    }
    channel.configureBlocking(false);
    return switch (channel) {
      case SocketChannel stream -> new NioStreamSocket(stream);
      case ServerSocketChannel listen -> new NioListenSocket(listen, SocketOptions.DEFAULT, null);
      case DatagramChannel datagram -> new NioDatagramSocket(datagram);
      default ->
          throw new IllegalArgumentException(
              "the nio loop adopts stream, listening and datagram channels, not " + channel);
    };
  }

  /** Sets what an accepted connection gets; it has the receive buffer of its listener. */
  static void prepare(SocketChannel accepted, SocketOptions options) throws IOException {
    try {
      accepted.configureBlocking(false);
      if (options.noDelay()) {
        set(accepted, StandardSocketOptions.TCP_NODELAY, true);
      }
      if (options.keepAlive()) {
        set(accepted, StandardSocketOptions.SO_KEEPALIVE, true);
      }
      if (options.sendBuffer() > 0) {
        set(accepted, StandardSocketOptions.SO_SNDBUF, options.sendBuffer());
      }
    } catch (IOException e) {
      closeQuietly(accepted);
      throw e;
    }
  }

  static void closeQuietly(Channel channel) {
    try {
      channel.close();
    } catch (IOException e) {
      // The descriptor is free either way, and there is nobody left to tell.
    }
  }

  private static DatagramChannel open(@Nullable SocketAddress address) throws IOException {
    if (address instanceof InetSocketAddress inet
        && inet.getAddress() instanceof java.net.Inet4Address) {
      return DatagramChannel.open(StandardProtocolFamily.INET);
    }
    return DatagramChannel.open();
  }

  private static void apply(SocketChannel channel, SocketOptions options) throws IOException {
    set(channel, StandardSocketOptions.TCP_NODELAY, options.noDelay());
    set(channel, StandardSocketOptions.SO_KEEPALIVE, options.keepAlive());
    buffers(channel, options);
  }

  private static void buffers(NetworkChannel channel, SocketOptions options) throws IOException {
    if (options.sendBuffer() > 0) {
      set(channel, StandardSocketOptions.SO_SNDBUF, options.sendBuffer());
    }
    if (options.receiveBuffer() > 0) {
      set(channel, StandardSocketOptions.SO_RCVBUF, options.receiveBuffer());
    }
  }

  /** Sets an option that this kind of channel has; a unix socket has no TCP_NODELAY. */
  private static <T> void set(NetworkChannel channel, SocketOption<T> option, T value)
      throws IOException {
    if (channel.supportedOptions().contains(option)) {
      channel.setOption(option, value);
    }
  }
}
