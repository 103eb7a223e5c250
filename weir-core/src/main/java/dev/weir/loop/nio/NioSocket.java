package dev.weir.loop.nio;

import java.nio.channels.SelectableChannel;

/** What the poller needs to know of a socket on a channel. */
interface NioSocket {

  /** The channel, in nonblocking mode. */
  SelectableChannel channel();

  /** Whether a connect has begun and not finished: readiness to write then means its end. */
  default boolean connecting() {
    return false;
  }
}
