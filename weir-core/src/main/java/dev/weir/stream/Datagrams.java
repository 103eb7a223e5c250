package dev.weir.stream;

import dev.weir.loop.Loop;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Everything unordered: a UDP or unix datagram socket, bound or connected, or one end of a
 * simulated network. Whole datagrams go in and out; each may be lost, doubled or overtaken.
 *
 * <p>Lives on one loop for life. Methods are called on its thread, save those that say "any
 * thread"; none blocks.
 */
public interface Datagrams {

  /** The loop this socket lives on. Any thread. */
  Loop loop();

  /** The address that the socket is bound to. Any thread. */
  @Nullable SocketAddress local();

  /**
   * Sends one datagram: all of {@code data}, whose position is advanced, or nothing. The JDK's
   * channels drop an empty one when the socket is connected.
   *
   * @param to where to, or {@code null} if the socket is connected
   * @return false if the socket's buffer is full: ask for {@link #wantWritable()}, or drop it
   */
  boolean send(ByteBuffer data, @Nullable SocketAddress to);

  /** Asks for one call of {@link DatagramHandler#writable}. */
  void wantWritable();

  /** Stops deliveries until {@link #resume()}; the system drops what its buffer cannot hold. */
  void pause();

  /** Ends a {@link #pause()}. */
  void resume();

  /** Closes the socket; {@link DatagramHandler#closed} is the last call. Any thread. */
  void close();
}
