package dev.weir.bench.client;

import java.net.URI;
import java.util.List;

/** An HTTP client in a closed loop. */
interface BenchClient extends AutoCloseable {

  /** All there are. */
  List<String> NAMES = List.of("weir", "jdk", "netty", "jetty");

  /**
   * Sends the first requests, so many at once, and another whenever one has been answered, until
   * the tally says that it is enough. Returns at once.
   */
  void start(URI uri, int concurrency, Tally tally) throws Exception;

  @Override
  void close();

  /** A client by name, not started. */
  static BenchClient named(String name) {
    return switch (name) {
      case "weir" -> new WeirClient();
      case "jdk" -> new JdkClient();
      case "netty" -> new NettyClient();
      case "jetty" -> new JettyClient();
      default -> throw new IllegalArgumentException("no client " + name + "; there are " + NAMES);
    };
  }
}
