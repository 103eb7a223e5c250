package dev.weir.http;

import java.nio.ByteBuffer;

/** Takes the body of a message as it comes. All calls on the loop; they must not block. */
public interface BodyHandler {

  /**
   * Bytes of the body. {@code bytes} is a view that is lent for the length of this call. What is
   * left in it stops the delivery as {@code pause()} does, and comes again after {@code resume()}.
   */
  void data(ByteBuffer bytes);

  /**
   * The body is complete.
   *
   * @param trailers mostly empty (RFC 9110 6.5)
   */
  void end(Headers trailers);

  /**
   * The body will not be complete, or the response ended before it had come and the rest is
   * dropped. The last call.
   */
  default void failed(Exception problem) {}
}
