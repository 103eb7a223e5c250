package dev.weir.http.client;

import dev.weir.http.MinimumRate;
import java.time.Duration;

/**
 * How long a client waits, phase by phase, each with its default in {@link #DEFAULTS}. What ends by
 * one of them fails with {@link dev.weir.stream.StreamException.TimedOut}, whose layer names it.
 *
 * @param queue for a connection, when the origin has as many as it may; layer {@code queue}
 * @param connect for a connection, names and all attempts included; layer {@code connect}
 * @param tls for the handshake; layer {@code tls}
 * @param firstByte from the end of the request to the first byte of the response; layer {@code
 *     first byte}
 * @param betweenBytes for more of a response that has begun, and for the peer to take more of a
 *     request; layer {@code next byte}
 * @param bodyRate how fast a response's body must come while its handler takes it; layer {@code
 *     body rate}
 * @param continueWait for 100 (RFC 9110 10.1.1), after which the body is sent unasked; fails
 *     nothing
 * @param whole for everything from the call to the last byte, redirects included; layer {@code
 *     whole call}; {@link Duration#ZERO} for no such limit
 */
public record ClientTimeouts(
    Duration queue,
    Duration connect,
    Duration tls,
    Duration firstByte,
    Duration betweenBytes,
    MinimumRate bodyRate,
    Duration continueWait,
    Duration whole) {

  /**
   * Thirty seconds in the queue, ten to connect, ten for TLS, a minute to the first byte, thirty
   * seconds between bytes, one second for 100, no limit for the whole, and no minimum rate: a
   * response may be a stream of events.
   */
  public static final ClientTimeouts DEFAULTS =
      new ClientTimeouts(
          Duration.ofSeconds(30),
          Duration.ofSeconds(10),
          Duration.ofSeconds(10),
          Duration.ofSeconds(60),
          Duration.ofSeconds(30),
          MinimumRate.NONE,
          Duration.ofSeconds(1),
          Duration.ZERO);

  /** These with another {@link #queue}. */
  public ClientTimeouts withQueue(Duration value) {
    return new ClientTimeouts(
        value, connect, tls, firstByte, betweenBytes, bodyRate, continueWait, whole);
  }

  /** These with another {@link #connect}. */
  public ClientTimeouts withConnect(Duration value) {
    return new ClientTimeouts(
        queue, value, tls, firstByte, betweenBytes, bodyRate, continueWait, whole);
  }

  /** These with another {@link #tls}. */
  public ClientTimeouts withTls(Duration value) {
    return new ClientTimeouts(
        queue, connect, value, firstByte, betweenBytes, bodyRate, continueWait, whole);
  }

  /** These with another {@link #firstByte}. */
  public ClientTimeouts withFirstByte(Duration value) {
    return new ClientTimeouts(
        queue, connect, tls, value, betweenBytes, bodyRate, continueWait, whole);
  }

  /** These with another {@link #betweenBytes}. */
  public ClientTimeouts withBetweenBytes(Duration value) {
    return new ClientTimeouts(queue, connect, tls, firstByte, value, bodyRate, continueWait, whole);
  }

  /** These with another {@link #bodyRate}. */
  public ClientTimeouts withBodyRate(MinimumRate value) {
    return new ClientTimeouts(
        queue, connect, tls, firstByte, betweenBytes, value, continueWait, whole);
  }

  /** These with another {@link #continueWait}. */
  public ClientTimeouts withContinueWait(Duration value) {
    return new ClientTimeouts(queue, connect, tls, firstByte, betweenBytes, bodyRate, value, whole);
  }

  /** These with another {@link #whole}. */
  public ClientTimeouts withWhole(Duration value) {
    return new ClientTimeouts(
        queue, connect, tls, firstByte, betweenBytes, bodyRate, continueWait, value);
  }
}
