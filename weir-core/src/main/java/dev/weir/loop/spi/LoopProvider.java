package dev.weir.loop.spi;

import java.io.IOException;
import java.util.ServiceLoader;
import java.util.SortedSet;
import java.util.TreeSet;

/** A kind of loop, found by {@link java.util.ServiceLoader} and chosen by name. Any thread. */
public interface LoopProvider {

  /**
   * The system property that names the loop of programs that do not say which they want; without it
   * that is {@code nio}.
   */
  String PROPERTY = "dev.weir.loop";

  /** The name it is chosen by, such as {@code nio}. */
  String name();

  /**
   * Makes the poller of one loop. It is then used on one thread only.
   *
   * @throws IOException if the system refuses
   */
  Poller open() throws IOException;

  /** The name of the loop that a program gets that does not say which it wants. */
  static String preferred() {
    return System.getProperty(PROPERTY, "nio");
  }

  /**
   * Finds one by its name.
   *
   * @throws IllegalArgumentException if there is none; the message names those there are
   */
  static LoopProvider named(String name) {
    SortedSet<String> known = new TreeSet<>();
    for (LoopProvider provider : ServiceLoader.load(LoopProvider.class)) {
      if (provider.name().equals(name)) {
        return provider;
      }
      known.add(provider.name());
    }
    throw new IllegalArgumentException("there is no loop named " + name + "; there are " + known);
  }
}
