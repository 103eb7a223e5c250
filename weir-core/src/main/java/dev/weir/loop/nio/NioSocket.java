package dev.weir.loop.nio;

import static dev.weir.loop.spi.Poller.READ;
import static dev.weir.loop.spi.Poller.RESET;
import static dev.weir.loop.spi.Poller.WRITE;

import dev.weir.loop.spi.Poller;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.NetworkChannel;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A socket on a channel, and its watch once it has one: one object for both, for there is one of
 * each for every connection, idle or not.
 *
 * @param <C> what the channel is, which is in nonblocking mode
 */
abstract class NioSocket<C extends SelectableChannel & NetworkChannel> implements Poller.Watch {

  final C channel;
  private @Nullable SelectionKey key;
  private @Nullable NioResets resets;
  private Poller.@Nullable Ready ready;
  private boolean connecting;
  private byte interest;

  NioSocket(C channel) {
    this.channel = channel;
  }

  /** The address that it is bound to, while it is open. */
  public final @Nullable SocketAddress local() {
    try {
      return channel.getLocalAddress();
    } catch (IOException e) {
      return null;
    }
  }

  /** Whether a connect has begun and not finished: readiness to write then means its end. */
  boolean connecting() {
    return false;
  }

  /** Begins to be watched. */
  void watch(Selector selector, NioResets allResets, int ops, Poller.Ready told)
      throws IOException {
    key = channel.register(selector, 0, this);
    resets = allResets;
    ready = told;
    connecting = connecting();
    interest = 0;
    interest(ops);
  }

  private SelectionKey key() {
    return Objects.requireNonNull(key);
  }

  private NioResets resets() {
    return Objects.requireNonNull(resets);
  }

  @Override
  public void interest(int ops) {
    if (ops == interest) {
      return;
    }
    if (interest == RESET) {
      resets().remove(key());
    } else if (ops == RESET) {
      resets().add(key(), System.nanoTime());
    }
    interest = (byte) ops;
    try {
      key().interestOps(nioOps(ops));
    } catch (CancelledKeyException e) {
      // The channel was closed below us; whoever reads or writes it next is told.
      interest = 0;
    }
  }

  @Override
  public void ready(Poller.Ready next) {
    ready = next;
  }

  @Override
  public void cancel() {
    if (interest == RESET) {
      resets().remove(key());
    }
    interest = 0;
    key().cancel();
  }

  /** The selector found it ready. */
  void selected(SelectionKey found) {
    int nio = found.isValid() ? found.readyOps() : 0;
    if (interest == RESET) {
      if (nio != 0) {
        tell(RESET);
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
      found.interestOps(0);
      interest = 0;
    }
    if (ops != 0) {
      tell(ops);
    }
  }

  private void tell(int ops) {
    Objects.requireNonNull(ready).ready(ops);
  }

  private int nioOps(int ops) {
    int nio = 0;
    if ((ops & READ) != 0) {
      nio |= channel.validOps() & (SelectionKey.OP_READ | SelectionKey.OP_ACCEPT);
    }
    if ((ops & WRITE) != 0) {
      nio |= connecting ? SelectionKey.OP_CONNECT : SelectionKey.OP_WRITE;
    }
    return nio;
  }
}
