package dev.weir.net;

import dev.weir.loop.Timer;
import dev.weir.loop.spi.Poller;
import dev.weir.loop.spi.Socket;
import dev.weir.stream.StreamException;
import dev.weir.stream.StreamHandler;
import dev.weir.stream.WeirException;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One connection on its way (RFC 8305): addresses of both families alternate, each gets a head
 * start of {@link #STAGGER_NANOS} over the next, the first that answers wins and the others are
 * dropped.
 */
final class Connecting implements ServiceThread.Ending {

  /** RFC 8305 5: the recommended connection attempt delay. */
  static final long STAGGER_NANOS = 250_000_000;

  private static final System.Logger LOG = System.getLogger("dev.weir.net");

  private final ServiceThread service;
  private final Resolver resolver;
  private final Endpoint to;
  private final ConnectOptions options;
  private final StreamHandler handler;
  private final Deque<SocketAddress> candidates = new ArrayDeque<>();
  private final List<Attempt> attempts = new ArrayList<>();
  private final Timer deadline;
  private final Timer stagger;
  private @Nullable Exception lastFailure;
  private boolean over;

  Connecting(
      ServiceThread service,
      Resolver resolver,
      Endpoint to,
      ConnectOptions options,
      StreamHandler handler) {
    this.service = service;
    this.resolver = resolver;
    this.to = to;
    this.options = options;
    this.handler = handler;
    this.deadline = service.loop.timer(this::timedOut);
    this.stagger = service.loop.timer(this::next);
  }

  /** Begins. Loop thread. */
  void start() {
    service.add(this);
    service.connections.delayed();
    deadline.after(options.timeout());
    switch (to) {
      case Endpoint.Address(SocketAddress address) -> {
        candidates.add(address);
        next();
      }
      case Endpoint.Host(String name, int port) ->
          resolver.resolve(
              service.loop, name, (addresses, problem) -> resolved(addresses, port, problem));
    }
  }

  private void resolved(
      @Nullable List<InetAddress> addresses, int port, @Nullable Exception problem) {
    if (over) {
      return;
    }
    if (addresses == null || addresses.isEmpty()) {
      fail(new StreamException.ConnectFailed("cannot resolve " + to + ": no such name", problem));
      return;
    }
    tell(ConnectOptions.Phases::resolved);
    interleave(addresses, port);
    next();
  }

  /** RFC 8305 4: alternate the families, beginning with that of the first address. */
  private void interleave(List<InetAddress> addresses, int port) {
    boolean firstIsV6 = addresses.getFirst() instanceof Inet6Address;
    Deque<InetAddress> first = new ArrayDeque<>();
    Deque<InetAddress> second = new ArrayDeque<>();
    for (InetAddress address : addresses) {
      (address instanceof Inet6Address == firstIsV6 ? first : second).add(address);
    }
    while (!first.isEmpty() || !second.isEmpty()) {
      if (!first.isEmpty()) {
        candidates.add(new InetSocketAddress(first.remove(), port));
      }
      if (!second.isEmpty()) {
        candidates.add(new InetSocketAddress(second.remove(), port));
      }
    }
  }

  private void next() {
    if (over) {
      return;
    }
    SocketAddress address = candidates.poll();
    if (address == null) {
      if (attempts.isEmpty()) {
        String why = lastFailure == null ? "no address" : lastFailure.getMessage();
        fail(
            new StreamException.ConnectFailed("cannot connect to " + to + ": " + why, lastFailure));
      }
      return;
    }
    try {
      attempts.add(new Attempt(address));
      stagger.after(STAGGER_NANOS);
    } catch (IOException e) {
      lastFailure = e;
      next();
    }
  }

  private void failed(Attempt attempt, IOException e) {
    attempts.remove(attempt);
    attempt.drop();
    lastFailure = e;
    stagger.cancel();
    next();
  }

  private void won(Attempt attempt) {
    attempts.remove(attempt);
    settle();
    tell(phases -> phases.connected(attempt.address));
    service.connections.arriving();
    service.open(attempt.socket, attempt.watch, null, stream -> handler);
    service.connections.arrived();
  }

  /** Whoever measures may fail; the connection comes about all the same. */
  private void tell(Consumer<ConnectOptions.Phases> phase) {
    ConnectOptions.Phases phases = options.phases();
    if (phases != null) {
      try {
        phase.accept(phases);
      } catch (RuntimeException | Error e) {
        LOG.log(Level.ERROR, "whoever is told of phases failed on the way to " + to, e);
      }
    }
  }

  private void timedOut() {
    fail(
        new StreamException.TimedOut(
            "connect", "no connection to " + to + " within " + options.timeout()));
  }

  private void fail(WeirException why) {
    settle();
    service.connections.expectNoMore();
    neverOpened(why);
  }

  private void neverOpened(WeirException why) {
    try {
      handler.closed(new NeverOpened(service.loop, to.toString()), why);
    } catch (RuntimeException | Error e) {
      LOG.log(Level.ERROR, "the handler of a connection to " + to + " failed in closed", e);
    }
  }

  /** What has begun to shut down may well need another connection to finish its work. */
  @Override
  public void drain() {}

  @Override
  public void cut() {
    if (!over) {
      fail(shutDown());
    }
  }

  /** Loop thread: there is no time left to begin. */
  void tooLate() {
    neverOpened(shutDown());
  }

  private WeirException shutDown() {
    return new StreamException.Aborted(
        "connect", -1, "the context was shut down before it was connected to " + to, null);
  }

  private void settle() {
    over = true;
    service.remove(this);
    deadline.cancel();
    stagger.cancel();
    attempts.forEach(Attempt::drop);
    attempts.clear();
  }

  /** One address that is being tried. */
  private final class Attempt implements Poller.Ready {

    private final SocketAddress address;
    private final Socket.Stream socket;
    private final Poller.Watch watch;

    Attempt(SocketAddress address) throws IOException {
      this.address = address;
      this.socket =
          service.loop.poller().sockets().connect(address, options.from(), options.socket());
      try {
        this.watch = service.loop.poller().watch(socket, Poller.WRITE, this);
      } catch (IOException e) {
        socket.close();
        throw e;
      }
    }

    @Override
    public void ready(int ops) {
      try {
        if (socket.finishConnect()) {
          won(this);
        }
      } catch (IOException e) {
        failed(this, e);
      }
    }

    void drop() {
      watch.cancel();
      socket.close();
    }
  }
}
