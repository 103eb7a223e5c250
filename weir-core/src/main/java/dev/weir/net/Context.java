package dev.weir.net;

import dev.weir.loop.Loop;
import dev.weir.loop.Watchdog;
import dev.weir.loop.spi.LoopProvider;
import dev.weir.loop.spi.Socket;
import dev.weir.stream.Carrier;
import dev.weir.stream.DatagramHandler;
import dev.weir.stream.StreamHandler;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A number of loops, each with the connections that live on it, and the workers that do for them
 * what may block. Everything that listens, connects or adopts begins here.
 *
 * <p>A context that was {@linkplain #start started} runs its loops on threads of its own; one made
 * {@link #on} loops that somebody else runs has none. All methods may be called from any thread
 * and, unless they say so, do not block.
 */
public final class Context implements AutoCloseable {

  /** At most this many workers do what may block; the rest of it waits. */
  private static final int MAX_WORKERS = 8;

  private final List<ServiceThread> services;
  private final List<Thread> threads;
  private final Executor workers;
  private final Resolver resolver;
  private final List<Listener> listeners = new CopyOnWriteArrayList<>();
  private final CompletableFuture<Void> ended = new CompletableFuture<>();
  private volatile boolean draining;

  private Context(
      List<ServiceThread> services, List<Thread> threads, Executor workers, Resolver resolver) {
    this.services = services;
    this.threads = threads;
    this.workers = workers;
    this.resolver = resolver;
  }

  /** Starts a context of one thread on the {@linkplain LoopProvider#preferred preferred} loop. */
  public static Context start() {
    return start(1);
  }

  /**
   * Starts a context on the {@linkplain LoopProvider#preferred preferred} loop.
   *
   * @param threads how many loops, each on a thread of its own
   */
  public static Context start(int threads) {
    return start(threads, LoopProvider.preferred());
  }

  /**
   * Starts a context.
   *
   * @param threads how many loops, each on a thread of its own
   * @param loop the name of a {@link LoopProvider}
   * @throws IllegalArgumentException if there is no such loop; the message names those there are
   */
  public static Context start(int threads, String loop) {
    LoopProvider provider = LoopProvider.named(loop);
    Executor workers = newWorkers();
    List<ServiceThread> services = new ArrayList<>();
    List<Thread> running = new ArrayList<>();
    for (int n = 1; n <= threads; n++) {
      try {
        services.add(new ServiceThread(new Loop(provider.open(), workers)));
      } catch (IOException e) {
        services.forEach(service -> service.loop.finish());
        throw new UncheckedIOException("cannot open a loop of kind " + loop, e);
      }
    }
    for (ServiceThread service : services) {
      String name = "weir-" + (running.size() + 1);
      running.add(Thread.ofPlatform().daemon().name(name).start(service.loop::run));
    }
    Context context = new Context(services, running, workers, Resolver.SYSTEM);
    Watchdog watchdog = Watchdog.watch(context.loops(), Watchdog.THRESHOLD, Watchdog.WARM_UP);
    var _ = context.ended.thenRun(watchdog::close);
    return context;
  }

  /**
   * Makes a context on loops that the caller runs, turn by turn or otherwise.
   *
   * @param workers runs what may block
   * @param resolver finds the addresses of names
   */
  public static Context on(List<Loop> loops, Executor workers, Resolver resolver) {
    return new Context(
        loops.stream().map(ServiceThread::new).toList(), List.of(), workers, resolver);
  }

  // ---- loops

  /** The loops, in order. */
  public List<Loop> loops() {
    return services.stream().map(service -> service.loop).toList();
  }

  /** The loop that has the fewest connections. */
  public Loop loop() {
    return leastLoaded().loop;
  }

  /** Runs what may block: names, files, the application's own. */
  public Executor workers() {
    return workers;
  }

  // ---- streams

  /**
   * Listens for stream connections.
   *
   * @param at an {@link InetSocketAddress}, port 0 for any, or a {@link
   *     java.net.UnixDomainSocketAddress}
   * @throws UncheckedIOException if the address cannot be had, and why
   * @throws IllegalStateException if the context is being shut down
   */
  public Listener listen(SocketAddress at, ListenOptions options, StreamAcceptor acceptor) {
    if (draining) {
      throw new IllegalStateException("the context is being shut down");
    }
    boolean everywhere =
        options.balance() == ListenOptions.Balance.REUSE_PORT
            && services.size() > 1
            && at instanceof InetSocketAddress;
    List<ServiceThread> accepting = everywhere ? services : services.subList(0, 1);
    List<Socket.Listen> sockets = new ArrayList<>();
    try {
      SocketAddress bound = at;
      for (ServiceThread service : accepting) {
        Socket.Listen socket =
            service
                .loop
                .poller()
                .sockets()
                .listen(bound, options.backlog(), options.socket().withReusePort(everywhere));
        sockets.add(socket);
        bound = localOf(socket, at);
      }
    } catch (IOException e) {
      sockets.forEach(Socket::close);
      throw new UncheckedIOException("cannot listen on " + at + ": " + e.getMessage(), e);
    }
    return listen(accepting, sockets, everywhere, acceptor);
  }

  /** Listens on {@code at} in the {@linkplain ListenOptions#DEFAULT default} way. */
  public Listener listen(SocketAddress at, StreamAcceptor acceptor) {
    return listen(at, ListenOptions.DEFAULT, acceptor);
  }

  /**
   * Accepts on a listening socket that somebody else has opened, such as one inherited from the
   * system's service manager. Weir owns it from here on.
   *
   * @param listening what the loop's kind can adopt: a {@code ServerSocketChannel} for {@code nio},
   *     a descriptor as an {@link Integer} for {@code epoll}
   * @throws IllegalArgumentException if it is not a listening socket
   */
  public Listener adoptListener(Object listening, StreamAcceptor acceptor) {
    ServiceThread service = services.getFirst();
    if (adopt(service, listening) instanceof Socket.Listen socket) {
      return listen(List.of(service), List.of(socket), false, acceptor);
    }
    throw new IllegalArgumentException("not a listening socket: " + listening);
  }

  private Listener listen(
      List<ServiceThread> accepting,
      List<Socket.Listen> sockets,
      boolean everywhere,
      StreamAcceptor acceptor) {
    AtomicLong accepted = new AtomicLong();
    AtomicLong exhausted = new AtomicLong();
    List<SocketListener> parts = new ArrayList<>();
    for (int n = 0; n < sockets.size(); n++) {
      ServiceThread home = accepting.get(n);
      Supplier<ServiceThread> target = everywhere ? () -> home : this::leastLoaded;
      SocketListener part =
          new SocketListener(home, target, sockets.get(n), acceptor, accepted, exhausted);
      parts.add(part);
      home.loop.execute(part::open);
    }
    SocketAddress address = localOf(sockets.getFirst(), new InetSocketAddress(0));
    Listener listener = new ContextListener(this, address, parts, accepted, exhausted);
    listeners.add(listener);
    if (draining) {
      listener.close();
    }
    return listener;
  }

  /** Finds the addresses of names for {@link #connect}. Any thread. */
  public Resolver resolver() {
    return resolver;
  }

  /**
   * Connects a stream: finds the name's addresses, tries them (RFC 8305), and gives the first that
   * answers to {@code handler}. The outcome is told to the handler: {@link StreamHandler#opened},
   * or {@link StreamHandler#closed} with the reason.
   *
   * @throws IllegalStateException if the context has been shut down
   */
  public void connect(Endpoint to, ConnectOptions options, StreamHandler handler) {
    ServiceThread service = here();
    Connecting connecting = new Connecting(service, resolver, to, options, handler);
    if (service.isOver() && service.loop.inLoop()) {
      service.loop.execute(connecting::tooLate);
    } else {
      service.bring(connecting::start);
    }
  }

  /** Connects in the {@linkplain ConnectOptions#DEFAULT default} way. */
  public void connect(Endpoint to, StreamHandler handler) {
    connect(to, ConnectOptions.DEFAULT, handler);
  }

  /**
   * Makes a stream of a connected socket that somebody else has opened. Weir owns it from here on.
   *
   * @param connected what the loop's kind can adopt: a {@code SocketChannel} for {@code nio}, a
   *     descriptor as an {@link Integer} for {@code epoll}
   * @param alreadyRead bytes that were read from it before, or {@code null}
   * @throws IllegalArgumentException if it is not a connected socket
   * @throws IllegalStateException if the context has been shut down
   */
  public void adopt(Object connected, @Nullable ByteBuffer alreadyRead, StreamAcceptor acceptor) {
    ServiceThread service = leastLoaded();
    if (adopt(service, connected) instanceof Socket.Stream socket) {
      service.bring(() -> service.open(socket, null, alreadyRead, acceptor));
    } else {
      throw new IllegalArgumentException("not a connected socket: " + connected);
    }
  }

  // ---- datagrams

  /**
   * Opens a datagram socket.
   *
   * @param at the address to bind to, port 0 for any, or {@code null}
   * @param to the only peer, or {@code null} for whoever sends
   * @return the address that it is bound to
   * @throws UncheckedIOException if the address cannot be had, and why
   * @throws IllegalStateException if the context has been shut down
   */
  public SocketAddress datagrams(
      @Nullable SocketAddress at,
      @Nullable SocketAddress to,
      DatagramOptions options,
      DatagramHandler handler) {
    ServiceThread service = here();
    try {
      Socket.Datagram socket = service.loop.poller().sockets().datagram(at, to, options.socket());
      return open(service, socket, handler);
    } catch (IOException e) {
      throw new UncheckedIOException(
          "cannot open a datagram socket on " + at + ": " + e.getMessage(), e);
    }
  }

  /**
   * Makes datagrams of a socket that somebody else has opened. Weir owns it from here on. One that
   * {@link System#inheritedChannel()} answers must be of IPv6 to send, for so the JDK takes it.
   *
   * @throws IllegalArgumentException if it is not a datagram socket
   */
  public SocketAddress adoptDatagrams(Object bound, DatagramHandler handler) {
    ServiceThread service = leastLoaded();
    if (adopt(service, bound) instanceof Socket.Datagram socket) {
      return open(service, socket, handler);
    }
    throw new IllegalArgumentException("not a datagram socket: " + bound);
  }

  private static SocketAddress open(
      ServiceThread service, Socket.Datagram socket, DatagramHandler handler) {
    SocketDatagrams datagrams = new SocketDatagrams(service, socket, handler);
    try {
      service.bring(datagrams::open);
    } catch (IllegalStateException e) {
      socket.close();
      throw e;
    }
    return localOf(socket, new InetSocketAddress(0));
  }

  // ---- what is there

  /** How many stream connections are open. */
  public int connections() {
    return services.stream().mapToInt(service -> service.connections.size()).sum();
  }

  /** How many stream connections each loop has, in the order of {@link #loops()}. */
  public List<Integer> connectionsByLoop() {
    return services.stream().map(service -> service.connections.size()).toList();
  }

  /** The stream connections of one loop. Called on that loop. */
  public List<Carrier> connections(Loop loop) {
    for (ServiceThread service : services) {
      if (service.loop == loop) {
        return service.connections.snapshot().stream().map(SocketStream::top).toList();
      }
    }
    throw new IllegalArgumentException("not a loop of this context");
  }

  /** Bytes received and sent on all stream connections so far. */
  public Traffic traffic() {
    long in = 0;
    long out = 0;
    for (ServiceThread service : services) {
      in += service.connections.bytesIn();
      out += service.connections.bytesOut();
    }
    return new Traffic(in, out);
  }

  /**
   * Bytes moved.
   *
   * @param in received from the network
   * @param out handed to the network
   */
  public record Traffic(long in, long out) {}

  // ---- the end

  /**
   * Shuts down in order: stops listening, asks every connection to finish what it has begun, waits
   * for that until {@code deadline}, cuts what is left, and ends the loops that the context runs.
   *
   * @return completes when all of it is done; waiting for it on a loop would be waiting for oneself
   */
  public CompletableFuture<Void> shutdown(Duration deadline) {
    drain(deadline);
    return ended;
  }

  private void drain(Duration deadline) {
    draining = true;
    listeners.forEach(Listener::close);
    // Once every loop has passed here, nothing is accepted any more, nor handed from one to
    // another.
    AtomicInteger accepting = new AtomicInteger(services.size());
    for (ServiceThread service : services) {
      service.loop.execute(() -> {
        if (accepting.decrementAndGet() == 0) {
          drainAll(deadline);
        }
      });
    }
  }

  private void drainAll(Duration deadline) {
    AtomicInteger remaining = new AtomicInteger(services.size());
    for (ServiceThread service : services) {
      service.loop.execute(() ->
          new Draining(
                  service,
                  deadline,
                  () -> {
                    if (!threads.isEmpty()) {
                      service.loop.stop();
                    }
                    if (remaining.decrementAndGet() == 0) {
                      ended.complete(null);
                    }
                  })
              .start());
    }
  }

  /** Completes when the context has been shut down. */
  public CompletableFuture<Void> ended() {
    return ended;
  }

  /** Shuts down at once: everything is cut. Blocks until the loops have ended, save on a loop. */
  @Override
  public void close() {
    drain(Duration.ZERO);
    if (services.stream().noneMatch(service -> service.loop.inLoop())) {
      for (Thread thread : threads) {
        try {
          thread.join();
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          return;
        }
      }
    }
    if (!threads.isEmpty() && workers instanceof ThreadPoolExecutor pool) {
      pool.shutdown();
    }
  }

  void forget(Listener listener) {
    listeners.remove(listener);
  }

  /** The caller's loop if it is one of ours, so that what belongs together stays together. */
  private ServiceThread here() {
    for (ServiceThread service : services) {
      if (service.loop.inLoop()) {
        return service;
      }
    }
    return leastLoaded();
  }

  private ServiceThread leastLoaded() {
    ServiceThread least = services.getFirst();
    for (ServiceThread service : services) {
      if (service.load() < least.load()) {
        least = service;
      }
    }
    return least;
  }

  private static Socket adopt(ServiceThread service, Object foreign) {
    try {
      return service.loop.poller().sockets().adopt(foreign);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot adopt " + foreign, e);
    }
  }

  private static SocketAddress localOf(Socket socket, SocketAddress otherwise) {
    SocketAddress local = socket.local();
    return local == null ? otherwise : local;
  }

  private static Executor newWorkers() {
    AtomicInteger count = new AtomicInteger();
    ThreadPoolExecutor pool =
        new ThreadPoolExecutor(
            MAX_WORKERS,
            MAX_WORKERS,
            5,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            task ->
                Thread.ofPlatform()
                    .daemon()
                    .name("weir-worker-" + count.incrementAndGet())
                    .unstarted(task));
    pool.allowCoreThreadTimeOut(true);
    return pool;
  }
}
