package dev.weir.testkit;

import dev.weir.loop.spi.Poller;
import dev.weir.loop.spi.Socket;
import dev.weir.loop.spi.SocketOptions;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/** A simulated listening socket with its backlog. */
final class SimListenSocket extends SimSocket implements Socket.Listen {

  private final SocketAddress local;
  private final int backlog;
  private final SocketOptions options;
  private final ArrayDeque<SimStreamSocket> waiting = new ArrayDeque<>();

  /** Connections that have begun and are not there yet. */
  private int halfOpen;

  SimListenSocket(SimHost host, SocketAddress local, int backlog, SocketOptions options) {
    super(host);
    this.local = local;
    this.backlog = Math.max(1, backlog);
    this.options = options;
  }

  boolean listensOn(SocketAddress at) {
    return SimHost.matches(local, at);
  }

  /** Whether another socket may not listen on the same. */
  boolean isInTheWay(SocketAddress at, SocketOptions of) {
    boolean shared = options.reusePort() && of.reusePort();
    return !shared && (SimHost.matches(local, at) || SimHost.matches(at, local));
  }

  /**
   * Begins a connection.
   *
   * @return the socket of this side, or {@code null} if the backlog is full
   */
  @Nullable SimStreamSocket begin(SocketAddress at, SocketAddress from) {
    if (waiting.size() + halfOpen >= backlog) {
      return null;
    }
    halfOpen++;
    return new SimStreamSocket(host, at, from, options, this);
  }

  /** A connection that has begun is there. */
  void arrived(SimStreamSocket stream) {
    halfOpen--;
    if (isClosed()) {
      stream.refuse();
    } else {
      waiting.add(stream);
      changed();
    }
  }

  /** A connection that has begun was cut before it was there. */
  void gaveUp() {
    halfOpen--;
  }

  @Override
  int readiness() {
    return waiting.isEmpty() ? 0 : Poller.READ;
  }

  @Override
  public @Nullable Stream accept() throws IOException {
    checkOpen("accept");
    if (waiting.isEmpty()) {
      return null;
    }
    host.takeDescriptor();
    SimStreamSocket stream = waiting.remove();
    stream.accepted();
    return stream;
  }

  @Override
  public SocketAddress local() {
    return local;
  }

  @Override
  public void close() {
    if (closeOnce()) {
      waiting.forEach(SimStreamSocket::refuse);
      waiting.clear();
    }
  }

  /** The port, or -1 for a unix socket. */
  int port() {
    return local instanceof InetSocketAddress inet ? inet.getPort() : -1;
  }

  @Override
  public String toString() {
    return "listener on " + local;
  }
}
