package dev.weir.net;

import java.net.SocketAddress;

/** A listening socket, or one for each loop. Any thread. */
public interface Listener extends AutoCloseable {

  /** The address that it is bound to, with the port that the system chose if 0 was asked for. */
  SocketAddress address();

  /** The TCP port, or -1 if the listener is on a unix socket. */
  int port();

  /** How many connections were accepted so far. */
  long accepted();

  /** How many times accepting was put off because the system was out of descriptors or memory. */
  long exhausted();

  /**
   * Stops listening. Connections that were accepted live on. Does not wait, harmless if repeated.
   */
  @Override
  void close();
}
