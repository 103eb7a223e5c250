package dev.weir.http.server;

import dev.weir.http.BodyHandler;
import dev.weir.http.Headers;
import dev.weir.http.HttpError;
import dev.weir.http.Status;
import dev.weir.http.exchange.CollectedBytes;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;

/** Collects a request's body up to a limit. */
final class WholeBody implements BodyHandler {

  private final CollectedBytes bytes;
  private final CompletableFuture<byte[]> result = new CompletableFuture<>();

  WholeBody(int limit) {
    this.bytes = new CollectedBytes(limit);
  }

  CompletableFuture<byte[]> result() {
    return result;
  }

  @Override
  public void data(ByteBuffer data) {
    if (result.isDone()) {
      data.position(data.limit());
    } else if (!bytes.add(data)) {
      data.position(data.limit());
      bytes.clear();
      result.completeExceptionally(
          new HttpError(
              Status.CONTENT_TOO_LARGE,
              "RFC 9110 15.5.14",
              "a body of more than " + bytes.limit() + " bytes",
              "at most " + bytes.limit(),
              "send less"));
    }
  }

  @Override
  public void end(Headers trailers) {
    result.complete(bytes.toArray());
  }

  @Override
  public void failed(Exception problem) {
    result.completeExceptionally(problem);
  }
}
