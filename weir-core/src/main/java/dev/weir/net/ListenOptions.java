package dev.weir.net;

import dev.weir.loop.spi.SocketOptions;

/**
 * How a listener listens.
 *
 * @param backlog how many connections the system may hold before they are accepted
 * @param balance how connections are spread over the context's loops
 * @param socket what accepted sockets get
 */
public record ListenOptions(int backlog, Balance balance, SocketOptions socket) {

  /** A backlog of 4096, connections handed to the loop that has the fewest. */
  public static final ListenOptions DEFAULT =
      new ListenOptions(4096, Balance.HAND_OFF, SocketOptions.DEFAULT);

  /** How connections are spread over loops. */
  public enum Balance {
    /** One loop accepts and gives each connection to the loop that has the fewest. Exact. */
    HAND_OFF,

    /**
     * Every loop listens on the port itself, and the system spreads connections by their addresses.
     * No hop from one thread to another, no order either. TCP only; elsewhere {@link #HAND_OFF}.
     */
    REUSE_PORT
  }

  /** These, spread in another way. */
  public ListenOptions withBalance(Balance other) {
    return new ListenOptions(backlog, other, socket);
  }

  /** These, with another backlog. */
  public ListenOptions withBacklog(int other) {
    return new ListenOptions(other, balance, socket);
  }
}
