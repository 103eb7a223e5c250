package dev.weir.raw;

import dev.weir.stream.ByteStream;
import dev.weir.stream.StreamHandler;
import dev.weir.stream.WeirException;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Waits for a connection on a future's behalf, then makes way for the handler. */
record Opening(StreamHandler handler, CompletableFuture<ByteStream> result)
    implements StreamHandler {

  Opening(StreamHandler handler) {
    this(handler, new CompletableFuture<>());
  }

  @Override
  public void opened(ByteStream stream) {
    stream.handler(handler);
    handler.opened(stream);
    result.complete(stream);
  }

  @Override
  public void received(ByteStream stream, ByteBuffer bytes) {
    throw new IllegalStateException("bytes came before the connection was open");
  }

  @Override
  public void closed(ByteStream stream, @Nullable WeirException problem) {
    handler.closed(stream, problem);
    result.completeExceptionally(
        problem == null ? new IllegalStateException("closed before it was open") : problem);
  }
}
