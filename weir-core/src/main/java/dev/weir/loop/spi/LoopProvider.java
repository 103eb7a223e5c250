package dev.weir.loop.spi;

import java.io.IOException;

/** A kind of loop, found by {@link java.util.ServiceLoader} and chosen by name. Any thread. */
public interface LoopProvider {

  /** The name it is chosen by, such as {@code nio}. */
  String name();

  /**
   * Makes the poller of one loop. It is then used on one thread only.
   *
   * @throws IOException if the system refuses
   */
  Poller open() throws IOException;
}
