package dev.weir.net;

import dev.weir.loop.Loop;
import java.net.InetAddress;
import java.util.List;

/** Finds the addresses of a name. */
@FunctionalInterface
public interface Resolver {

  /** The system's resolver, asked on a worker because it blocks. */
  Resolver SYSTEM =
      (loop, name, found) -> loop.offload(() -> List.of(InetAddress.getAllByName(name)), found);

  /**
   * Looks a name up. Called on {@code loop}, must not block, and tells {@code found} there, once.
   *
   * @param name a DNS name or an address literal
   */
  void resolve(Loop loop, String name, Loop.Outcome<List<InetAddress>> found);
}
