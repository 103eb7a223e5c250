package dev.weir.stream;

import dev.weir.tls.TlsSession;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * What is known of the connection under a stream: where it goes, what protects it, what it has
 * moved. A stream over another stream (TLS, a tunnel, one stream of many) answers for the
 * connection that it runs on. Any thread; the figures are then a moment old.
 */
public interface Carrier {

  /** How long an orderly close waits for the peer's end before it cuts, in nanoseconds. */
  long LINGER_NANOS = 2_000_000_000L;

  /** A number that no other connection of this process has; log lines name it. */
  long id();

  /** Our address, or {@code null} where there is none (a pair in memory). */
  @Nullable SocketAddress local();

  /** The peer's address, or {@code null} where there is none. */
  @Nullable SocketAddress remote();

  /** The TLS session that protects the stream, or {@code null} if none or not yet. */
  @Nullable TlsSession tls();

  /** How long the connection has been open, in nanoseconds. */
  long ageNanos();

  /** Bytes received from the network so far, before any decryption. */
  long bytesIn();

  /** Bytes handed to the network so far, after any encryption. */
  long bytesOut();
}
