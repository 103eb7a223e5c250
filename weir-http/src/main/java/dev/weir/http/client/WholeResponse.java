package dev.weir.http.client;

import dev.weir.http.Headers;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Collects a response up to a limit; its memory follows what has come, not what was announced. */
final class WholeResponse implements ResponseHandler {

  private static final int FIRST = 1024;

  private final int limit;
  private final CallFuture<HttpResult> result = new CallFuture<>();
  private @Nullable ClientResponse response;
  private Headers headers = Headers.of();
  private byte[] bytes = {};
  private int size;

  WholeResponse(int limit) {
    this.limit = limit;
  }

  CallFuture<HttpResult> result() {
    return result;
  }

  @Override
  public void head(ClientResponse begun) {
    response = begun;
    headers = begun.headers().copy();
  }

  @Override
  public void data(ByteBuffer data) {
    int count = data.remaining();
    if (count > limit - size) {
      throw new CallException(
          CallException.Reason.BODY_TOO_LARGE,
          "a body of more than " + limit + " bytes came; raise the limit, or stream it",
          null);
    }
    if (bytes.length - size < count) {
      bytes = Arrays.copyOf(bytes, Math.max(FIRST, Math.max(size + count, bytes.length * 2)));
    }
    data.get(bytes, size, count);
    size += count;
  }

  @Override
  public void end(Headers trailers) {
    ClientResponse over = response;
    if (over != null) {
      byte[] body = size == bytes.length ? bytes : Arrays.copyOf(bytes, size);
      result.complete(new HttpResult(over, headers, body, trailers.copy()));
    }
  }

  @Override
  public void failed(Exception problem) {
    result.completeExceptionally(problem);
  }
}
