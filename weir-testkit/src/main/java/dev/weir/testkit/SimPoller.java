package dev.weir.testkit;

import dev.weir.loop.spi.Poller;
import dev.weir.loop.spi.Socket;
import dev.weir.loop.spi.Sockets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.Random;

/**
 * Tells of ready sockets on a simulated host, in random order and not always of all at once. It
 * never waits: the network turns a loop when it has something to do.
 */
final class SimPoller implements Poller {

  private static final double POSTPONED = 0.1;

  private final SimHost host;
  private final Sockets sockets;
  private final Runnable awake;
  private final Random order;
  private final Queue<Runnable> writes = new ArrayDeque<>();
  private List<SimWatch> ready = new ArrayList<>();
  private List<SimWatch> telling = new ArrayList<>();
  private int watches;

  /**
   * @param awake is run when the loop has something to do
   */
  SimPoller(SimHost host, Runnable awake) {
    this.host = host;
    this.sockets = new SimSockets(host);
    this.awake = awake;
    this.order = new Random(host.network.dice().nextLong());
  }

  @Override
  public Sockets sockets() {
    return sockets;
  }

  @Override
  public Watch watch(Socket socket, int interest, Ready whom) {
    if (!(socket instanceof SimSocket simulated) || simulated.host != host) {
      throw new IllegalArgumentException("not a socket of " + host.name() + ": " + socket);
    }
    if (simulated.isWatched() || simulated.isClosed()) {
      broken(socket + " cannot be watched: it is closed, or is watched already");
    }
    SimWatch watch = new SimWatch(this, simulated, interest, whom);
    simulated.watchedBy(watch);
    watches++;
    watch.look();
    return watch;
  }

  @Override
  public void poll(long timeoutNanos, Runnable waited) {
    waited.run();
    if (ready.isEmpty()) {
      return;
    }
    List<SimWatch> now = ready;
    ready = telling;
    telling = now;
    Collections.shuffle(now, order);
    for (SimWatch watch : now) {
      if (now.size() > 1 && order.nextDouble() < POSTPONED) {
        watch.postpone();
      } else {
        watch.tell();
      }
    }
    now.clear();
  }

  /** Has a socket write at the next {@link #writeNow()}. */
  void writeSoon(Runnable write) {
    writes.add(write);
  }

  @Override
  public void writeNow() {
    Runnable write;
    while ((write = writes.poll()) != null) {
      write.run();
    }
  }

  @Override
  public void wake() {
    awake.run();
  }

  @Override
  public long nanoTime() {
    return host.network.agenda().now();
  }

  @Override
  public void close() {
    if (!writes.isEmpty()) {
      broken("a loop is closed and has not written what it was given");
    }
    if (watches > 0) {
      broken(watches + " sockets are still watched by a loop that is closed");
    }
  }

  void enqueue(SimWatch watch) {
    ready.add(watch);
    awake.run();
  }

  void cancelled() {
    watches--;
  }

  void broken(String rule) {
    host.network.broken(rule);
  }
}
