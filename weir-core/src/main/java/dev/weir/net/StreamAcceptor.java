package dev.weir.net;

import dev.weir.stream.ByteStream;
import dev.weir.stream.StreamHandler;
import org.jspecify.annotations.Nullable;

/** Gives every new connection its handler: one handler per connection, with its state in fields. */
@FunctionalInterface
public interface StreamAcceptor {

  /**
   * Called on the connection's loop before anything is read; must not block.
   *
   * @return the connection's handler, or {@code null} to refuse it
   */
  @Nullable StreamHandler accept(ByteStream stream);
}
