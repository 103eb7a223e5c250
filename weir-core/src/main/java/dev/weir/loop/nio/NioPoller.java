package dev.weir.loop.nio;

import dev.weir.loop.spi.Poller;
import dev.weir.loop.spi.Socket;
import dev.weir.loop.spi.Sockets;
import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.function.Consumer;

/**
 * Waits by a {@link Selector}, whose form with an action makes no set of selected keys. It is level
 * triggered: a watch is made once and its interest seldom changes, so a request costs no epoll_ctl.
 */
final class NioPoller implements Poller {

  private static final long NANOS_PER_MILLI = 1_000_000;

  private final Selector selector;
  private final NioSockets sockets = new NioSockets();
  private final NioResets resets = new NioResets();
  private final Consumer<SelectionKey> dispatch = this::dispatch;
  private Runnable waited = () -> {};
  private boolean told;

  NioPoller() throws IOException {
    this.selector = Selector.open();
  }

  @Override
  public Sockets sockets() {
    return sockets;
  }

  @Override
  public Watch watch(Socket socket, int interest, Ready ready) throws IOException {
    NioSocket<?> nio = (NioSocket<?>) socket;
    nio.watch(selector, resets, interest, ready);
    return nio;
  }

  @Override
  public void poll(long timeoutNanos, Runnable waited) throws IOException {
    this.waited = waited;
    this.told = false;
    select(resets.before(timeoutNanos, nanoTime()));
    if (!told) {
      waited.run();
    }
    resets.after();
  }

  private void select(long timeoutNanos) throws IOException {
    if (timeoutNanos == 0) {
      selector.selectNow(dispatch);
    } else if (timeoutNanos == FOREVER) {
      selector.select(dispatch);
    } else {
      // Rounded up: waking before the deadline would only mean another turn.
      selector.select(dispatch, (timeoutNanos + NANOS_PER_MILLI - 1) / NANOS_PER_MILLI);
    }
  }

  private void dispatch(SelectionKey key) {
    if (!told) {
      told = true;
      waited.run();
    }
    ((NioSocket<?>) key.attachment()).selected(key);
  }

  @Override
  public void wake() {
    selector.wakeup();
  }

  @Override
  public long nanoTime() {
    return System.nanoTime();
  }

  @Override
  public void close() {
    try {
      selector.close();
    } catch (IOException e) {
      throw new AssertionError("an open selector can be closed", e);
    }
  }
}
