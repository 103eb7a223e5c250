package dev.weir.http.client;

import dev.weir.http.Headers;
import dev.weir.http.exchange.CollectedBytes;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Collects a response up to a limit. */
final class WholeResponse implements ResponseHandler {

  private final CollectedBytes bytes;
  private final CallFuture<HttpResult> result = new CallFuture<>();
  private @Nullable ClientResponse response;
  private @Nullable Headers headers;

  WholeResponse(int limit) {
    this.bytes = new CollectedBytes(limit);
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
    if (!bytes.add(data)) {
      throw new CallException(
          CallException.Reason.BODY_TOO_LARGE,
          "a body of more than " + bytes.limit() + " bytes came; raise the limit, or stream it",
          null);
    }
  }

  @Override
  public void end(Headers trailers) {
    ClientResponse over = response;
    Headers fields = headers;
    if (over != null && fields != null) {
      result.complete(new HttpResult(over, fields, bytes.toArray(), trailers.copy()));
    }
  }

  @Override
  public void failed(Exception problem) {
    result.completeExceptionally(problem);
  }
}
