package dev.weir.http.server;

import dev.weir.http.BodyHandler;
import dev.weir.http.Headers;
import dev.weir.http.HttpError;
import dev.weir.http.Status;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;

/** Collects a body up to a limit; its memory follows what has come, not what was announced. */
final class WholeBody implements BodyHandler {

  private static final int FIRST = 1024;

  private final int limit;
  private final CompletableFuture<byte[]> result = new CompletableFuture<>();
  private byte[] bytes = {};
  private int size;

  WholeBody(int limit) {
    this.limit = limit;
  }

  CompletableFuture<byte[]> result() {
    return result;
  }

  @Override
  public void data(ByteBuffer data) {
    int count = data.remaining();
    if (count > limit - size) {
      data.position(data.limit());
      size = 0;
      bytes = new byte[0];
      result.completeExceptionally(
          new HttpError(
              Status.CONTENT_TOO_LARGE,
              "RFC 9110 15.5.14",
              "a body of more than " + limit + " bytes",
              "at most " + limit,
              "send less"));
      return;
    }
    if (result.isDone()) {
      data.position(data.limit());
      return;
    }
    if (bytes.length - size < count) {
      bytes = Arrays.copyOf(bytes, Math.max(FIRST, Math.max(size + count, bytes.length * 2)));
    }
    data.get(bytes, size, count);
    size += count;
  }

  @Override
  public void end(Headers trailers) {
    result.complete(size == bytes.length ? bytes : Arrays.copyOf(bytes, size));
  }

  @Override
  public void failed(Exception problem) {
    result.completeExceptionally(problem);
  }
}
