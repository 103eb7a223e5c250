package dev.weir.http.client;

import dev.weir.http.BodyHandler;
import dev.weir.http.Headers;
import dev.weir.http.Status;
import dev.weir.stream.ByteStream;
import dev.weir.stream.StreamHandler;
import org.jspecify.annotations.Nullable;

/**
 * Takes a response as it comes: {@link #interim} any number of times, {@link #head}, {@link #data}
 * any number of times, then {@link #end}; or {@link #failed} at any time. All calls on the call's
 * loop; they must not block. What one of them throws fails the call.
 *
 * <p>Bytes that {@link #data} leaves in its buffer stop the response, and so the server, until
 * {@link ClientResponse#resume}.
 */
public interface ResponseHandler extends BodyHandler {

  /** An interim response other than 100 and 101 (RFC 9110 15.2), such as 103 with early hints. */
  default void interim(Status status, Headers headers) {}

  /** The final response has begun. {@code response} is valid until the call is over. */
  void head(ClientResponse response);

  /**
   * The server has switched: by 101 to a protocol that was offered (RFC 9110 7.8), or by 2xx to the
   * tunnel that CONNECT asked for (RFC 9110 9.3.6). Called in place of {@link #head} and everything
   * after it.
   *
   * @param response the head that says so
   * @param stream what carried HTTP so far
   * @return who has the stream from now on, told {@link StreamHandler#opened} and then the bytes
   *     that follow; {@code null} to refuse it, which cuts the connection
   */
  default @Nullable StreamHandler switched(ClientResponse response, ByteStream stream) {
    return null;
  }
}
