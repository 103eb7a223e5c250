package dev.weir.loop.spi;

import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import org.jspecify.annotations.Nullable;

/**
 * A nonblocking socket, whatever the system calls it. No method waits. Used by the one who made it,
 * and from the time it is watched on the loop's thread only, save where it says otherwise.
 */
public sealed interface Socket permits Socket.Stream, Socket.Listen, Socket.Datagram {

  /** The address it is bound to, or {@code null} if none. */
  @Nullable SocketAddress local();

  /** Closes the socket. Its watch has been cancelled before. */
  void close();

  /** A connected, or connecting, stream socket. */
  non-sealed interface Stream extends Socket {

    /** The peer's address, or {@code null} if it has none (an unnamed unix socket). */
    @Nullable SocketAddress remote();

    /**
     * Called when a connecting socket is ready to be written.
     *
     * @return whether it is connected now
     * @throws IOException if the connection was refused
     */
    boolean finishConnect() throws IOException;

    /**
     * Reads what is there into {@code dst}.
     *
     * @return how many bytes, 0 if there are none yet, -1 at the end of the stream
     */
    int read(ByteBuffer dst) throws IOException;

    /**
     * Writes what the system takes of {@code src}.
     *
     * @return how many bytes were taken
     */
    int write(ByteBuffer src) throws IOException;

    /**
     * Writes what the system takes of {@code src}, if possible together with what other sockets
     * write: at the next {@link Poller#writeNow()}, or before anything else is done with this
     * socket. Until {@code then} is told, the buffer is the socket's, and it is used for no other
     * such write.
     *
     * <p>Where this saves nothing it is done, and told of, before this returns.
     */
    default void writeSoon(ByteBuffer src, Written then) {
      int count;
      try {
        count = write(src);
      } catch (IOException e) {
        then.written(0, e);
        return;
      }
      then.written(count, null);
    }

    /**
     * Writes what the system takes of two buffers, in one call.
     *
     * @return how many bytes were taken of both
     */
    long write(ByteBuffer first, ByteBuffer second) throws IOException;

    /**
     * Writes from a file without a copy through this process, where the system can. Reads the disk,
     * so it is called on a worker while the loop leaves the socket alone.
     *
     * @return how many bytes were taken; 0 if the system takes none now, or the file has ended
     */
    long write(FileChannel file, long position, long count) throws IOException;

    /** Ends our direction (FIN). */
    void shutdownOutput() throws IOException;

    /** Closes so that the peer sees a reset rather than an end, where the system can. */
    void abort();

    /** Told what has come of {@link #writeSoon}. */
    @FunctionalInterface
    interface Written {
      /**
       * The system has taken what it does, and the buffer's position has moved by that.
       *
       * @param count how many bytes were taken
       * @param failure why there was no writing, or {@code null}
       */
      void written(int count, @Nullable IOException failure);
    }
  }

  /** A listening stream socket. */
  non-sealed interface Listen extends Socket {
    /**
     * Takes one connection.
     *
     * @return {@code null} if there is none
     * @throws IOException if the system cannot: it is out of descriptors, or of memory
     */
    @Nullable Stream accept() throws IOException;
  }

  /** A datagram socket, bound or connected. */
  non-sealed interface Datagram extends Socket {
    /**
     * Receives one datagram into {@code dst}; what does not fit is lost.
     *
     * @return who sent it, or {@code null} if there is none
     */
    @Nullable SocketAddress receive(ByteBuffer dst) throws IOException;

    /**
     * Sends one datagram.
     *
     * @param to where to, or {@code null} if the socket is connected
     * @return whether the system took it
     */
    boolean send(ByteBuffer data, @Nullable SocketAddress to) throws IOException;
  }
}
