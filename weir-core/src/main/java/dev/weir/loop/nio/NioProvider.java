package dev.weir.loop.nio;

import dev.weir.loop.spi.LoopProvider;
import dev.weir.loop.spi.Poller;
import java.io.IOException;

/** The loop on {@code java.nio}'s selector: the default, everywhere there is a JDK. */
public final class NioProvider implements LoopProvider {

  /** For {@link java.util.ServiceLoader}. */
  public NioProvider() {}

  @Override
  public String name() {
    return "nio";
  }

  @Override
  public Poller open() throws IOException {
    return new NioPoller();
  }
}
