package dev.weir.stream;

import java.net.SocketAddress;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** The consumer of {@link Datagrams}. All calls come on its loop and must not block. */
public interface DatagramHandler {

  /** The socket is bound and can be used. */
  default void opened(Datagrams datagrams) {}

  /**
   * One datagram has come.
   *
   * @param data a view of the loop's scratch, lent for the length of this call
   * @param from the sender's address
   */
  void received(Datagrams datagrams, ByteBuffer data, SocketAddress from);

  /** The socket can take datagrams again; answers one {@link Datagrams#wantWritable()}. */
  default void writable(Datagrams datagrams) {}

  /**
   * The context is shutting down: finish what has begun and close. What is still open at the
   * shutdown's deadline is closed then. By default the socket is closed at once.
   */
  default void drain(Datagrams datagrams) {
    datagrams.close();
  }

  /** The socket is gone: the last call. */
  default void closed(Datagrams datagrams, @Nullable WeirException problem) {}
}
