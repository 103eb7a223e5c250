package dev.weir.raw;

import dev.weir.stream.DatagramHandler;
import dev.weir.stream.Datagrams;
import dev.weir.stream.WeirException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Completes a future when a datagram socket is open; everything goes on to the handler. */
record OpeningDatagrams(DatagramHandler handler, CompletableFuture<Datagrams> result)
    implements DatagramHandler {

  OpeningDatagrams(DatagramHandler handler) {
    this(handler, new CompletableFuture<>());
  }

  @Override
  public void opened(Datagrams datagrams) {
    handler.opened(datagrams);
    result.complete(datagrams);
  }

  @Override
  public void received(Datagrams datagrams, ByteBuffer data, SocketAddress from) {
    handler.received(datagrams, data, from);
  }

  @Override
  public void writable(Datagrams datagrams) {
    handler.writable(datagrams);
  }

  @Override
  public void drain(Datagrams datagrams) {
    handler.drain(datagrams);
  }

  @Override
  public void closed(Datagrams datagrams, @Nullable WeirException problem) {
    handler.closed(datagrams, problem);
    result.completeExceptionally(
        problem == null ? new IllegalStateException("closed before it was open") : problem);
  }
}
