package dev.weir.net;

import dev.weir.loop.Timer;
import dev.weir.loop.spi.Poller;
import dev.weir.loop.spi.Socket;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Accepts on one socket, on one loop. When the system is out of descriptors or memory it stops for
 * {@value #PAUSE_MILLIS} ms: a listener that stays ready would otherwise spin, and connections that
 * end meanwhile make room. Those that wait are not lost, the system's backlog holds them.
 */
final class SocketListener implements Poller.Ready {

  private static final System.Logger LOG = System.getLogger("dev.weir.net");

  static final long PAUSE_MILLIS = 100;

  /** One turn's share: a flood of connections does not keep those that are there from service. */
  private static final int ACCEPTS_PER_TURN = 64;

  private final ServiceThread home;
  private final Supplier<ServiceThread> target;
  private final Socket.Listen socket;
  private final StreamAcceptor acceptor;
  private final Timer resume;
  private final AtomicLong accepted;
  private final AtomicLong exhausted;
  private Poller.@Nullable Watch watch;
  private boolean closed;

  /** Whether accepting has failed and there is still somebody who waits to be accepted. */
  private boolean behind;

  /**
   * @param target chooses the loop of each connection
   */
  SocketListener(
      ServiceThread home,
      Supplier<ServiceThread> target,
      Socket.Listen socket,
      StreamAcceptor acceptor,
      AtomicLong accepted,
      AtomicLong exhausted) {
    this.home = home;
    this.target = target;
    this.socket = socket;
    this.acceptor = acceptor;
    this.accepted = accepted;
    this.exhausted = exhausted;
    this.resume = home.loop.timer(this::resume);
  }

  /** Begins to accept. Loop thread. */
  void open() {
    if (closed) {
      return;
    }
    try {
      watch = home.loop.poller().watch(socket, Poller.READ, this);
    } catch (IOException e) {
      LOG.log(Level.ERROR, "cannot watch the listener on " + socket.local(), e);
    }
  }

  /** Any thread. */
  void close() {
    if (!home.loop.inLoop()) {
      home.loop.execute(this::close);
      return;
    }
    if (!closed) {
      closed = true;
      resume.cancel();
      if (watch != null) {
        watch.cancel();
      }
      socket.close();
    }
  }

  @Override
  public void ready(int ops) {
    for (int n = 0; n < ACCEPTS_PER_TURN && !closed; n++) {
      Socket.Stream stream;
      try {
        stream = socket.accept();
      } catch (IOException e) {
        pause(e);
        return;
      }
      if (stream == null) {
        caughtUp();
        return;
      }
      accepted.incrementAndGet();
      ServiceThread service = target.get();
      if (service == home) {
        service.open(stream, null, null, acceptor);
      } else {
        service.bring(() -> service.open(stream, null, null, acceptor));
      }
    }
  }

  private void pause(IOException why) {
    exhausted.incrementAndGet();
    if (watch != null) {
      watch.interest(0);
    }
    resume.after(PAUSE_MILLIS * 1_000_000);
    if (!behind) {
      // Once, however long it lasts: a log that fills the disk would be the next shortage.
      behind = true;
      LOG.log(
          Level.WARNING,
          "cannot accept on {0}: {1}; trying again every {2} ms",
          socket.local(),
          why.getMessage(),
          PAUSE_MILLIS);
    }
  }

  private void caughtUp() {
    if (behind) {
      behind = false;
      LOG.log(Level.INFO, "accepting on {0} again, nobody waits any more", socket.local());
    }
  }

  private void resume() {
    if (watch != null && !closed) {
      watch.interest(Poller.READ);
    }
  }
}
