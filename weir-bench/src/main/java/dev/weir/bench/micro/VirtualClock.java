package dev.weir.bench.micro;

import dev.weir.loop.spi.Poller;
import dev.weir.loop.spi.Socket;
import dev.weir.loop.spi.Sockets;

/** A poller without sockets, whose time is told: a loop turns on it as fast as it can. */
final class VirtualClock implements Poller {

  private long nanos;

  void advance(long by) {
    nanos += by;
  }

  @Override
  public void poll(long timeoutNanos, Runnable waited) {
    waited.run();
  }

  @Override
  public long nanoTime() {
    return nanos;
  }

  @Override
  public Sockets sockets() {
    throw new UnsupportedOperationException("a clock only");
  }

  @Override
  public Watch watch(Socket socket, int interest, Ready ready) {
    throw new UnsupportedOperationException("a clock only");
  }

  @Override
  public void wake() {}

  @Override
  public void close() {}
}
