package dev.weir.net;

import dev.weir.loop.spi.SocketOptions;
import java.net.SocketAddress;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How a connection is made.
 *
 * @param timeout for all of it, names and attempts included
 * @param from the local address to connect from, or {@code null} for any
 * @param socket what the socket gets
 * @param phases is told how far the connection has come, or {@code null}
 */
public record ConnectOptions(
    Duration timeout, @Nullable SocketAddress from, SocketOptions socket, @Nullable Phases phases) {

  /** Ten seconds, from any address. */
  public static final ConnectOptions DEFAULT =
      new ConnectOptions(Duration.ofSeconds(10), null, SocketOptions.DEFAULT, null);

  /** These, with another timeout. */
  public ConnectOptions withTimeout(Duration other) {
    return new ConnectOptions(other, from, socket, phases);
  }

  /** These, telling {@code listener} of each phase. */
  public ConnectOptions withPhases(Phases listener) {
    return new ConnectOptions(timeout, from, socket, listener);
  }

  /** Told on the loop as a connection comes about, for those who measure it. */
  public interface Phases {
    /** The name has been resolved. */
    default void resolved() {}

    /** The connection is there; what TLS does comes after. */
    default void connected(SocketAddress to) {}
  }
}
