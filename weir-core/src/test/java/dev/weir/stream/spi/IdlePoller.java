package dev.weir.stream.spi;

import dev.weir.loop.spi.Poller;
import dev.weir.loop.spi.Socket;
import dev.weir.loop.spi.Sockets;

/**
 * For a loop without sockets, whose clock stands still, whose waits end at once, and who writes as
 * the test says.
 */
final class IdlePoller implements Poller {

  Runnable writing = () -> {};

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
  public void wake() {}

  @Override
  public long nanoTime() {
    return 0;
  }

  @Override
  public void close() {}
}
