package dev.weir.loop.nio;

import dev.weir.loop.spi.Poller;
import dev.weir.loop.spi.Socket;
import dev.weir.loop.spi.Sockets;
import java.io.IOException;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.SelectableChannel;
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
    NioSocket nio = (NioSocket) socket;
    SelectableChannel channel = nio.channel();
    SelectionKey key = channel.register(selector, 0, null);
    NioWatch watch = new NioWatch(key, resets, nio.connecting(), ready);
    key.attach(watch);
    watch.interest(interest);
    return watch;
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
    ((NioWatch) key.attachment()).ready(key);
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

  /** A selection key with the one who is told. */
  private static final class NioWatch implements Watch {

    private final SelectionKey key;
    private final NioResets resets;
    private Ready ready;
    private boolean connecting;
    private int interest;

    NioWatch(SelectionKey key, NioResets resets, boolean connecting, Ready ready) {
      this.key = key;
      this.resets = resets;
      this.connecting = connecting;
      this.ready = ready;
    }

    @Override
    public void interest(int ops) {
      if (ops == interest) {
        return;
      }
      if (interest == RESET) {
        resets.remove(key);
      } else if (ops == RESET) {
        resets.add(key, System.nanoTime());
      }
      interest = ops;
      try {
        key.interestOps(nioOps(ops));
      } catch (CancelledKeyException e) {
        // The channel was closed below us; whoever reads or writes it next is told.
        interest = 0;
      }
    }

    @Override
    public void ready(Ready next) {
      ready = next;
    }

    @Override
    public void cancel() {
      if (interest == RESET) {
        resets.remove(key);
      }
      interest = 0;
      key.cancel();
    }

    void ready(SelectionKey key) {
      int nio = key.isValid() ? key.readyOps() : 0;
      if (interest == RESET) {
        if (nio != 0) {
          ready.ready(RESET);
        }
        return;
      }
      int ops = 0;
      if ((nio & (SelectionKey.OP_READ | SelectionKey.OP_ACCEPT)) != 0) {
        ops |= READ;
      }
      if ((nio & (SelectionKey.OP_WRITE | SelectionKey.OP_CONNECT)) != 0) {
        ops |= WRITE;
      }
      if ((nio & SelectionKey.OP_CONNECT) != 0) {
        // From here on WRITE means room to write; the next change of interest says so.
        connecting = false;
        key.interestOps(0);
        interest = 0;
      }
      if (ops != 0) {
        ready.ready(ops);
      }
    }

    private int nioOps(int ops) {
      int nio = 0;
      if ((ops & READ) != 0) {
        nio |= key.channel().validOps() & (SelectionKey.OP_READ | SelectionKey.OP_ACCEPT);
      }
      if ((ops & WRITE) != 0) {
        nio |= connecting ? SelectionKey.OP_CONNECT : SelectionKey.OP_WRITE;
      }
      return nio;
    }
  }
}
