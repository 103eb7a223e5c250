package dev.weir.natives.epoll;

import dev.weir.loop.spi.LoopProvider;
import dev.weir.loop.spi.Poller;
import java.io.IOException;

/**
 * The loop on Linux's epoll, on x86_64 and aarch64. It calls the system itself, so the JVM must be
 * started with {@code --enable-native-access=dev.weir.natives}, or with {@code ALL-UNNAMED} on the
 * class path; else it warns, and will refuse in a later version.
 */
public final class EpollProvider implements LoopProvider {

  /** For {@link java.util.ServiceLoader}. */
  public EpollProvider() {}

  @Override
  public String name() {
    return "epoll";
  }

  @Override
  public Poller open() throws IOException {
    String system = System.getProperty("os.name", "?");
    String processor = System.getProperty("os.arch", "?");
    if (!isServed(system, processor)) {
      throw new IOException(
          "epoll is Linux's, and served on amd64 and aarch64; this is %s on %s"
              .formatted(system, processor));
    }
    return new EpollPoller();
  }

  static boolean isServed(String system, String processor) {
    return system.equals("Linux") && (processor.equals("amd64") || processor.equals("aarch64"));
  }
}
