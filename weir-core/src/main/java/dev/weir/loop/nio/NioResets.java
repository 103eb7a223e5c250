package dev.weir.loop.nio;

import java.nio.channels.CancelledKeyException;
import java.nio.channels.SelectionKey;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * The connections of which nothing but a reset is to be told. A selector tells of one only together
 * with an operation that somebody is interested in, and once the peer has ended its direction,
 * reading is always ready and writing nearly so. So these connections are looked at once a second,
 * by an interest in finishing to connect: of a channel that is connected this is only ready by an
 * error.
 */
final class NioResets {

  /** From one look to the next. */
  private static final long INTERVAL_NANOS = 1_000_000_000;

  private final Set<SelectionKey> keys = new LinkedHashSet<>();
  private long next;
  private boolean looking;

  void add(SelectionKey key, long now) {
    if (keys.isEmpty()) {
      next = now + INTERVAL_NANOS;
    }
    keys.add(key);
  }

  void remove(SelectionKey key) {
    keys.remove(key);
  }

  /** Before a selection: begins a look if it is due, and says how long the selection may wait. */
  long before(long timeoutNanos, long now) {
    if (keys.isEmpty()) {
      return timeoutNanos;
    }
    if (now - next >= 0) {
      next = now + INTERVAL_NANOS;
      looking = true;
      interest(SelectionKey.OP_CONNECT);
    }
    return Math.min(timeoutNanos, next - now);
  }

  /** After it. */
  void after() {
    if (looking) {
      looking = false;
      interest(0);
    }
  }

  private void interest(int ops) {
    for (SelectionKey key : keys) {
      try {
        key.interestOps(ops);
      } catch (CancelledKeyException e) {
        // The channel was closed below us; whoever writes it next is told.
      }
    }
  }
}
