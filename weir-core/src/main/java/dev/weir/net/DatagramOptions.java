package dev.weir.net;

import dev.weir.loop.spi.SocketOptions;

/**
 * How a datagram socket is opened.
 *
 * @param socket what the socket gets
 */
public record DatagramOptions(SocketOptions socket) {

  /** As the system has it. */
  public static final DatagramOptions DEFAULT = new DatagramOptions(SocketOptions.DEFAULT);
}
