package dev.weir.net;

import dev.weir.loop.Loop;
import dev.weir.loop.spi.Poller;
import dev.weir.loop.spi.Socket;
import dev.weir.stream.StreamHandler;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One loop of a context with what lives on it. Loop thread, save what says otherwise. */
final class ServiceThread {

  private static final System.Logger LOG = System.getLogger("dev.weir.net");

  final Loop loop;
  final Connections connections = new Connections(this::mayBeEmpty);

  /** Datagram sockets, and connections that are being made. */
  private final Set<Ending> others = new LinkedHashSet<>();

  private volatile boolean over;

  /** What comes is cut. */
  private boolean cutting;

  private volatile @Nullable Runnable whenEmpty;

  ServiceThread(Loop loop) {
    this.loop = loop;
  }

  /** Something that a shutdown has to bring to its end. */
  interface Ending {
    /** Come to an end by yourself. */
    void drain();

    /** End now. */
    void cut();
  }

  /** How many connections it has or will have. Any thread. */
  int load() {
    return connections.load();
  }

  /**
   * Runs a task that brings something to this loop, which is counted from now on. Any thread.
   *
   * @throws IllegalStateException if it is too late for that
   */
  void bring(Runnable task) {
    connections.expect();
    if (over) {
      connections.expectNoMore();
      throw new IllegalStateException("the context has been shut down");
    }
    loop.execute(() -> {
      connections.arriving();
      try {
        task.run();
      } finally {
        connections.arrived();
      }
      if (cutting) {
        cut();
      }
    });
  }

  /** From here on nothing new begins. */
  void over() {
    over = true;
  }

  /** Whether it is too late to begin something. Any thread. */
  boolean isOver() {
    return over;
  }

  /** Opens a stream on a connected socket. */
  void open(
      Socket.Stream socket,
      Poller.@Nullable Watch watch,
      @Nullable ByteBuffer alreadyRead,
      StreamAcceptor acceptor) {
    SocketStream stream;
    try {
      stream = new SocketStream(loop, socket, watch, connections);
    } catch (IOException e) {
      // The system refuses to watch it; the peer sees a reset and may try again.
      socket.abort();
      return;
    }
    StreamHandler handler = null;
    try {
      handler = acceptor.accept(stream);
    } catch (RuntimeException | Error e) {
      LOG.log(Level.ERROR, "the acceptor of " + stream + " failed; the connection is reset", e);
    }
    if (handler == null) {
      stream.reset(-1);
    } else {
      stream.open(handler, alreadyRead);
    }
  }

  void add(Ending other) {
    others.add(other);
  }

  void remove(Ending other) {
    others.remove(other);
    if (others.isEmpty()) {
      mayBeEmpty();
    }
  }

  /** Has {@code task} run, on the loop, whenever nothing may live here any more. */
  void whenEmpty(Runnable task) {
    Runnable earlier = whenEmpty;
    whenEmpty =
        earlier == null
            ? task
            : () -> {
              earlier.run();
              task.run();
            };
  }

  /** The last of something has gone. Any thread. */
  private void mayBeEmpty() {
    Runnable task = whenEmpty;
    if (task != null) {
      loop.execute(task);
    }
  }

  /** Whether nothing lives here, nor is on its way. */
  boolean isEmpty() {
    return load() == 0 && others.isEmpty();
  }

  /** Asks everything to come to its end. */
  void drain() {
    connections.snapshot().forEach(SocketStream::drain);
    List.copyOf(others).forEach(Ending::drain);
  }

  /** Cuts everything, and what still comes; nothing new begins. */
  void cut() {
    over();
    cutting = true;
    connections.snapshot().forEach(stream -> stream.reset(-1));
    List.copyOf(others).forEach(Ending::cut);
  }
}
