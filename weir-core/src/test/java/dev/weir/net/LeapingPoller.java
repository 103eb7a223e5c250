package dev.weir.net;

import dev.weir.loop.nio.NioProvider;
import dev.weir.loop.spi.Poller;
import dev.weir.loop.spi.Socket;
import dev.weir.loop.spi.Sockets;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** Real sockets with a clock that a test can set forward. */
final class LeapingPoller implements Poller {

  private final Poller real = new NioProvider().open();
  private final AtomicLong ahead = new AtomicLong();

  LeapingPoller() throws IOException {}

  /** Sets the clock forward. Any thread. */
  void leap(Duration time) {
    ahead.addAndGet(time.toNanos());
    wake();
  }

  @Override
  public Sockets sockets() {
    return real.sockets();
  }

  @Override
  public Watch watch(Socket socket, int interest, Ready ready) throws IOException {
    return real.watch(socket, interest, ready);
  }

  @Override
  public void poll(long timeoutNanos, Runnable waited) throws IOException {
    real.poll(timeoutNanos, waited);
  }

  @Override
  public void writeNow() {
    real.writeNow();
  }

  @Override
  public void wake() {
    real.wake();
  }

  @Override
  public long nanoTime() {
    return real.nanoTime() + ahead.get();
  }

  @Override
  public void close() {
    real.close();
  }
}
