package dev.weir.loop.spi;

/**
 * What the system is asked to do with a socket. Values that the system does not know are left out.
 *
 * @param reusePort several sockets may listen on one port, and the system spreads connections
 * @param noDelay small writes leave at once (TCP_NODELAY)
 * @param keepAlive the system probes idle connections (SO_KEEPALIVE)
 * @param sendBuffer bytes, or 0 for the system's choice
 * @param receiveBuffer bytes, or 0 for the system's choice
 */
public record SocketOptions(
    boolean reusePort, boolean noDelay, boolean keepAlive, int sendBuffer, int receiveBuffer) {

  /** No delay, everything else as the system has it. */
  public static final SocketOptions DEFAULT = new SocketOptions(false, true, false, 0, 0);

  /** These, with {@code reusePort}. */
  public SocketOptions withReusePort(boolean reuse) {
    return new SocketOptions(reuse, noDelay, keepAlive, sendBuffer, receiveBuffer);
  }

  /** These, with {@code keepAlive}. */
  public SocketOptions withKeepAlive(boolean keep) {
    return new SocketOptions(reusePort, noDelay, keep, sendBuffer, receiveBuffer);
  }

  /** These, with the buffer sizes in bytes; 0 for the system's choice. */
  public SocketOptions withBuffers(int send, int receive) {
    return new SocketOptions(reusePort, noDelay, keepAlive, send, receive);
  }
}
