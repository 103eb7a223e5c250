package dev.weir.natives.epoll;

import dev.weir.loop.spi.Socket;
import dev.weir.loop.spi.SocketOptions;
import dev.weir.loop.spi.Sockets;
import dev.weir.loop.spi.UnixSocketFile;
import dev.weir.natives.posix.Addresses;
import dev.weir.natives.posix.Descriptors;
import dev.weir.natives.posix.Errno;
import dev.weir.natives.posix.PosixFile;
import dev.weir.natives.posix.SocketCalls;
import dev.weir.natives.posix.SocketSettings;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Sockets on descriptors. Adopts descriptors that somebody else opened, as {@link Integer}s. */
final class EpollSockets implements Sockets {

  @Override
  public Socket.Stream connect(
      SocketAddress to, @Nullable SocketAddress from, SocketOptions options) throws IOException {
    int family = Addresses.family(to);
    int descriptor = open(family, SocketCalls.STREAM);
    try {
      set(descriptor, family, options);
      buffers(descriptor, options);
      if (from != null) {
        Errno.check(SocketCalls.bind(descriptor, from, family));
      }
      int result = SocketCalls.connect(descriptor, to, family);
      if (result != -Errno.EINPROGRESS) {
        Errno.check(result);
      }
      return EpollStreamSocket.of(descriptor, false, to);
    } catch (IOException | RuntimeException e) {
      Descriptors.close(descriptor);
      throw e;
    }
  }

  @Override
  public Socket.Listen listen(SocketAddress at, int backlog, SocketOptions options)
      throws IOException {
    if (at instanceof UnixDomainSocketAddress unix) {
      return listen(unix, backlog, options);
    }
    if (at instanceof InetSocketAddress inet && inet.getAddress().isAnyLocalAddress()) {
      // Any address means those of both families, if the system has both.
      try {
        return listen(at, Addresses.INET6, backlog, options);
      } catch (IOException e) {
        if (Addresses.family(at) == Addresses.INET6) {
          throw e;
        }
      }
    }
    return listen(at, Addresses.family(at), backlog, options);
  }

  private static Socket.Listen listen(
      SocketAddress at, int family, int backlog, SocketOptions options) throws IOException {
    int descriptor = open(family, SocketCalls.STREAM);
    try {
      // A restarted server takes its port again although old connections linger.
      Errno.check(SocketSettings.REUSE_ADDRESS.set(descriptor, 1));
      if (options.reusePort()) {
        Errno.check(SocketSettings.REUSE_PORT.set(descriptor, 1));
      }
      set(descriptor, family, options);
      buffers(descriptor, options);
      Errno.check(SocketCalls.bind(descriptor, at, family));
      Errno.check(SocketCalls.listen(descriptor, backlog));
      return new EpollListenSocket(descriptor, false, null);
    } catch (IOException | RuntimeException e) {
      Descriptors.close(descriptor);
      throw e;
    }
  }

  private static Socket.Listen listen(
      UnixDomainSocketAddress at, int backlog, SocketOptions options) throws IOException {
    int descriptor = open(Addresses.UNIX, SocketCalls.STREAM);
    try {
      buffers(descriptor, options);
      UnixSocketFile file =
          UnixSocketFile.bind(
              at.getPath(),
              () -> Errno.check(SocketCalls.bind(descriptor, at, Addresses.UNIX)),
              () -> visit(at));
      Errno.check(SocketCalls.listen(descriptor, backlog));
      return new EpollListenSocket(descriptor, false, file);
    } catch (IOException | RuntimeException e) {
      Descriptors.close(descriptor);
      throw e;
    }
  }

  /** Connects, and goes away again. */
  private static void visit(UnixDomainSocketAddress at) throws IOException {
    int visitor = open(Addresses.UNIX, SocketCalls.STREAM);
    try {
      int result = SocketCalls.connect(visitor, at, Addresses.UNIX);
      if (result != -Errno.EAGAIN) {
        // Where somebody listens, the queue may be full.
        Errno.check(result);
      }
    } finally {
      Descriptors.close(visitor);
    }
  }

  @Override
  public Socket.Datagram datagram(
      @Nullable SocketAddress at, @Nullable SocketAddress to, SocketOptions options)
      throws IOException {
    SocketAddress known = at != null ? at : to;
    if (known != null) {
      return datagram(at, to, Addresses.family(known), options);
    }
    try {
      return datagram(null, null, Addresses.INET6, options);
    } catch (IOException e) {
      return datagram(null, null, Addresses.INET, options);
    }
  }

  private static Socket.Datagram datagram(
      @Nullable SocketAddress at, @Nullable SocketAddress to, int family, SocketOptions options)
      throws IOException {
    int descriptor = open(family, SocketCalls.DATAGRAM);
    try {
      if (options.reusePort()) {
        Errno.check(SocketSettings.REUSE_PORT.set(descriptor, 1));
      }
      buffers(descriptor, options);
      if (at != null) {
        Errno.check(SocketCalls.bind(descriptor, at, family));
      } else if (to == null) {
        Errno.check(SocketCalls.bind(descriptor, new InetSocketAddress(0), family));
      }
      if (to != null) {
        Errno.check(SocketCalls.connect(descriptor, to, family));
      }
      return new EpollDatagramSocket(descriptor, false, family);
    } catch (IOException | RuntimeException e) {
      Descriptors.close(descriptor);
      throw e;
    }
  }

  @Override
  public FileChannel file(Path path) throws IOException {
    // Elsewhere, in an archive for one, the same words name another file.
    boolean system = path.getFileSystem().equals(FileSystems.getDefault());
    return system ? PosixFile.open(path.toAbsolutePath()) : Sockets.super.file(path);
  }

  @Override
  public int readCached(FileChannel file, ByteBuffer dst, long position) throws IOException {
    return file instanceof PosixFile ours ? ours.readCached(dst, position) : 0;
  }

  @Override
  public Socket adopt(Object foreign) throws IOException {
    if (!(foreign instanceof Integer descriptor)) {
      throw new IllegalArgumentException(
          "the epoll loop adopts descriptors, as Integers, not " + foreign.getClass().getName());
    }
    int family = SocketCalls.family(descriptor);
    int type = SocketSettings.TYPE.get(descriptor);
    boolean known =
        family == Addresses.INET || family == Addresses.INET6 || family == Addresses.UNIX;
    if (!known || (type != SocketCalls.STREAM && type != SocketCalls.DATAGRAM)) {
      throw new IllegalArgumentException(
          "descriptor " + descriptor + " is no stream, listening or datagram socket");
    }
    Errno.check(Descriptors.prepare(descriptor));
    if (type == SocketCalls.DATAGRAM) {
      return new EpollDatagramSocket(descriptor, true, family);
    }
    return SocketSettings.LISTENS.get(descriptor) == 1
        ? new EpollListenSocket(descriptor, true, null)
        : EpollStreamSocket.of(descriptor, true, SocketCalls.remote(descriptor));
  }

  private static int open(int family, int type) throws IOException {
    int descriptor = Errno.check(SocketCalls.socket(family, type));
    if (family == Addresses.INET6) {
      SocketSettings.IPV6_ONLY.set(descriptor, 0);
    }
    return descriptor;
  }

  private static void set(int descriptor, int family, SocketOptions options) throws IOException {
    if (options.noDelay() && family != Addresses.UNIX) {
      Errno.check(SocketSettings.NO_DELAY.set(descriptor, 1));
    }
    if (options.keepAlive()) {
      Errno.check(SocketSettings.KEEP_ALIVE.set(descriptor, 1));
    }
  }

  private static void buffers(int descriptor, SocketOptions options) throws IOException {
    if (options.sendBuffer() > 0) {
      Errno.check(SocketSettings.SEND_BUFFER.set(descriptor, options.sendBuffer()));
    }
    if (options.receiveBuffer() > 0) {
      Errno.check(SocketSettings.RECEIVE_BUFFER.set(descriptor, options.receiveBuffer()));
    }
  }
}
