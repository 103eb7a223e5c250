package dev.weir.loop;

import dev.weir.loop.spi.Poller;
import dev.weir.loop.spi.Socket;
import dev.weir.loop.spi.Sockets;

/**
 * A poller without sockets, whose clock the test sets, whose waits end at once, and who writes as
 * the test says.
 */
final class ManualPoller implements Poller {

  long now;
  int wakes;
  Runnable writing = () -> {};

  ManualPoller(long now) {
    this.now = now;
  }

  @Override
  public Sockets sockets() {
    throw new UnsupportedOperationException("there are no sockets here");
  }

  @Override
  public Watch watch(Socket socket, int interest, Ready ready) {
    throw new UnsupportedOperationException("there are no sockets here");
  }

  @Override
  public void poll(long timeoutNanos, Runnable waited) {
    waited.run();
  }

  @Override
  public void writeNow() {
    writing.run();
  }

  @Override
  public void wake() {
    wakes++;
  }

  @Override
  public long nanoTime() {
    return now;
  }

  @Override
  public void close() {}
}
