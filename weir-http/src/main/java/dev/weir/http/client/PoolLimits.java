package dev.weir.http.client;

import java.time.Duration;

/**
 * How many connections a client keeps, on each of its loops, each limit with its default in {@link
 * #DEFAULTS}. Connections are pinned to their loop, and so are these limits: a client on four loops
 * may have four times as many.
 *
 * @param connectionsPerOrigin connections to one origin, idle, busy and opening
 * @param idleConnections connections without an exchange, to all origins together; past it the one
 *     that has been idle for the longest is closed
 * @param idleTime how long a connection is kept without an exchange
 * @param waitingPerOrigin calls that wait for a connection to one origin; past it a call fails with
 *     {@link CallException.Reason#QUEUE_FULL}
 * @param pipelined requests that may be on one HTTP/1.1 connection at once (RFC 9112 9.3.2); 1 for
 *     no pipelining. Only idempotent requests without a body are pipelined, and only on a
 *     connection that has carried an exchange before
 */
public record PoolLimits(
    int connectionsPerOrigin,
    int idleConnections,
    Duration idleTime,
    int waitingPerOrigin,
    int pipelined) {

  /**
   * Eight connections to an origin, sixty-four idle for thirty seconds, a thousand calls waiting,
   * no pipelining.
   */
  public static final PoolLimits DEFAULTS = new PoolLimits(8, 64, Duration.ofSeconds(30), 1000, 1);

  /** Checks that at least one connection and one request on it are allowed. */
  public PoolLimits {
    atLeast(1, connectionsPerOrigin, "connectionsPerOrigin");
    atLeast(0, idleConnections, "idleConnections");
    atLeast(0, waitingPerOrigin, "waitingPerOrigin");
    atLeast(1, pipelined, "pipelined");
  }

  private static void atLeast(int least, int value, String name) {
    if (value < least) {
      throw new IllegalArgumentException(name + " is " + value + "; it must be at least " + least);
    }
  }

  /** These with another {@link #connectionsPerOrigin}. */
  public PoolLimits withConnectionsPerOrigin(int count) {
    return new PoolLimits(count, idleConnections, idleTime, waitingPerOrigin, pipelined);
  }

  /** These with another {@link #idleConnections}. */
  public PoolLimits withIdleConnections(int count) {
    return new PoolLimits(connectionsPerOrigin, count, idleTime, waitingPerOrigin, pipelined);
  }

  /** These with another {@link #idleTime}. */
  public PoolLimits withIdleTime(Duration time) {
    return new PoolLimits(connectionsPerOrigin, idleConnections, time, waitingPerOrigin, pipelined);
  }

  /** These with another {@link #waitingPerOrigin}. */
  public PoolLimits withWaitingPerOrigin(int count) {
    return new PoolLimits(connectionsPerOrigin, idleConnections, idleTime, count, pipelined);
  }

  /** These with another {@link #pipelined}. */
  public PoolLimits withPipelined(int count) {
    return new PoolLimits(connectionsPerOrigin, idleConnections, idleTime, waitingPerOrigin, count);
  }
}
