package dev.weir.loop.spi;

import java.io.IOException;

/**
 * One loop's event library: what is ready, when it is, and how to be woken. This is all that a loop
 * needs of epoll, libuv, a selector or a simulation.
 *
 * <p>All methods are called on the loop's thread, save {@link #sockets()}, {@link #wake()} and
 * {@link #nanoTime()}.
 */
public interface Poller extends AutoCloseable {

  /** Interest in, or readiness for, reading: bytes, an end of stream, a connection to accept. */
  int READ = 1;

  /** Interest in, or readiness for, writing: room in the socket's buffer, or a finished connect. */
  int WRITE = 2;

  /**
   * Interest in, or news of, a reset of a connection on which nothing is to be read or written
   * meanwhile. Not asked for together with the others, which tell of a reset anyway. An event
   * library that cannot wait for it may look now and then.
   */
  int RESET = 4;

  /** Waits as long as it takes, for {@link #poll}. */
  long FOREVER = Long.MAX_VALUE;

  /** The sockets that this poller can watch; always the same. Any thread. */
  Sockets sockets();

  /**
   * Starts to watch a socket of {@link #sockets()}.
   *
   * @param interest {@link #READ}, {@link #WRITE}, both, {@link #RESET}, or 0 for none yet
   * @throws IOException if the system refuses
   */
  Watch watch(Socket socket, int interest, Ready ready) throws IOException;

  /**
   * Waits until a watched socket is ready, {@link #wake()} was called or the time is over, and
   * calls {@link Ready} for each socket that is ready. May return early for no reason.
   *
   * @param timeoutNanos how long to wait: 0 not at all, {@link #FOREVER} without end
   * @param waited run once, when the wait is over and before the first {@link Ready}: the loop
   *     reads its clock there
   */
  void poll(long timeoutNanos, Runnable waited) throws IOException;

  /**
   * Writes what sockets were given by {@link Socket.Stream#writeSoon}; all who wait for that have
   * been told before this returns. The loop calls it when all that gathered in a turn has been
   * given, so that one call of the system may do for many sockets.
   */
  default void writeNow() {}

  /** Makes the current or the next {@link #poll} return at once. Any thread. */
  void wake();

  /** The loop's clock, in nanoseconds from an arbitrary origin; never goes back. Any thread. */
  long nanoTime();

  /** Closes what the poller itself holds. Sockets are closed by those who opened them. */
  @Override
  void close();

  /** What a poller calls when a socket is ready. */
  @FunctionalInterface
  interface Ready {
    /**
     * The socket can be read or written, or its connection has been reset.
     *
     * @param ops {@link #READ}, {@link #WRITE}, both or {@link #RESET}; never more than the watch's
     *     interest
     */
    void ready(int ops);
  }

  /** One socket's registration. */
  interface Watch {
    /** Replaces the interest. Cheap when it does not change. */
    void interest(int ops);

    /** Replaces who is told: a connection that is there is handed to whoever uses it. */
    void ready(Ready ready);

    /** Ends the watch; {@link Ready} is not called again. Call before the socket is closed. */
    void cancel();
  }
}
