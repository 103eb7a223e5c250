package dev.weir.raw;

import dev.weir.net.ConnectOptions;
import dev.weir.net.Context;
import dev.weir.net.DatagramOptions;
import dev.weir.net.Endpoint;
import dev.weir.stream.ByteStream;
import dev.weir.stream.DatagramHandler;
import dev.weir.stream.Datagrams;
import dev.weir.stream.StreamHandler;
import java.net.SocketAddress;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Connections and datagram sockets as futures. They complete on the loop, after the handler was
 * told; what is chained to them must not block, and {@code join} is for other threads. A stream
 * that comes out of a future is used on its loop: {@link SendQueue} is for other threads too. Any
 * thread.
 */
public final class Raw {

  private Raw() {}

  /**
   * Connects.
   *
   * @param handler has the stream's events, from {@link StreamHandler#opened} on
   * @return the open stream, or a {@link dev.weir.stream.WeirException} that says why not
   */
  public static CompletableFuture<ByteStream> connect(
      Context context, Endpoint to, ConnectOptions options, StreamHandler handler) {
    Opening opening = new Opening(handler);
    context.connect(to, options, opening);
    return opening.result();
  }

  /** Connects in the {@linkplain ConnectOptions#DEFAULT default} way. */
  public static CompletableFuture<ByteStream> connect(
      Context context, Endpoint to, StreamHandler handler) {
    return connect(context, to, ConnectOptions.DEFAULT, handler);
  }

  /**
   * Opens a datagram socket.
   *
   * @param at the address to bind to, port 0 for any, or {@code null}
   * @param to the only peer, or {@code null} for whoever sends
   * @return the open socket
   * @throws java.io.UncheckedIOException if the address cannot be had, and why
   */
  public static CompletableFuture<Datagrams> datagrams(
      Context context,
      @Nullable SocketAddress at,
      @Nullable SocketAddress to,
      DatagramHandler handler) {
    OpeningDatagrams opening = new OpeningDatagrams(handler);
    context.datagrams(at, to, DatagramOptions.DEFAULT, opening);
    return opening.result();
  }
}
