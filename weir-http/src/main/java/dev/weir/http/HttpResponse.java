package dev.weir.http;

import dev.weir.net.StreamAcceptor;
import dev.weir.stream.FileRegion;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The response to a request, at first 200 without fields. Set status and fields, then send a whole
 * body by one call ({@link #text}, {@link #bytes}, {@link #end()}), or stream one by {@link
 * #write}.
 *
 * <p>The methods that send a whole response may be called from any thread. Those that stream are
 * called on the loop; go there by {@code request.loop().execute(...)}.
 */
public interface HttpResponse {

  /** Sets the status. */
  HttpResponse status(Status status);

  /** Sets the status by its code, from 200 to 999. */
  default HttpResponse status(int code) {
    return status(Status.of(code));
  }

  /** The status as it is set. */
  Status status();

  /** Sets a field, replacing those of that name. */
  default HttpResponse header(String name, String value) {
    headers().set(name, value);
    return this;
  }

  /**
   * The fields that will be sent. What frames the message is added by the carrier. They live in
   * storage that is used again: they are valid until the exchange ends.
   */
  Headers headers();

  /** Sends an interim response (RFC 9110 15.2), such as 103 early hints. Loop thread. */
  void inform(Status status, Headers headers);

  /** Has the body sent as it is, whatever the server's policy of compression. */
  HttpResponse uncompressed();

  // ---- whole

  /** Sends a whole body of plain text in UTF-8, unless another content type has been set. */
  void text(String body);

  /** Sends a whole body of HTML in UTF-8. */
  void html(String body);

  /** Sends a whole body. The bytes are the response's until it has ended. */
  void bytes(ByteBuffer body);

  /** Sends a whole body. The array is the response's until it has ended. */
  default void bytes(byte[] body) {
    bytes(ByteBuffer.wrap(body));
  }

  /** Ends the response: without a body if none was written. Any thread. */
  void end();

  /** Sends the client elsewhere (RFC 9110 15.4). */
  default void redirect(Status status, String location) {
    status(status).header("location", location).end();
  }

  // ---- streamed

  /**
   * Says how long the body is going to be, before the first {@link #write}. Without it, the length
   * is told by the end.
   */
  HttpResponse contentLength(long bytes);

  /**
   * Sends bytes of the body, as many as the carrier takes now; the position moves by that. The head
   * goes out before the first of them.
   *
   * @return how many bytes were taken; 0 if there is no room: ask {@link #whenWritable}
   */
  int write(ByteBuffer body);

  /** Has {@code then} run once, on the loop, when {@link #write} can take bytes. */
  void whenWritable(Runnable then);

  /** Sends what was written so far without waiting for the end of the turn. */
  void flush();

  /**
   * Sends a part of a file as body bytes without a copy, where the carrier can.
   *
   * @return false if it cannot: read the file and {@link #write}
   */
  boolean transfer(FileRegion region, FileRegion.Done done);

  /** Ends a streamed body with trailers (RFC 9110 6.5), which go out where the version has them. */
  void end(Headers trailers);

  /**
   * Has {@code then} run, on the loop, when the exchange is over: with {@code null} if the response
   * has been handed to the carrier as a whole, else with the reason.
   */
  void whenOver(java.util.function.Consumer<@Nullable Exception> then);

  // ---- otherwise

  /**
   * Gives the connection, or what stands for it, to another protocol: 101 for an upgrade (RFC 9110
   * 7.8), 200 for CONNECT (RFC 9110 9.3.6). The fields that were set go out with it. Loop thread.
   *
   * @param protocol the token for the Upgrade field; {@code null} for CONNECT
   * @param next gives the new protocol's handler, which is told {@code opened}
   * @throws HttpError 400 if the request has a body that has not been read (RFC 9110 7.8)
   */
  void switchProtocol(@Nullable String protocol, StreamAcceptor next);

  /**
   * Answers an exception: 500 if nothing has been sent, else the exchange is cut. The exception is
   * logged. Any thread.
   */
  void fail(Throwable problem);

  /** Cuts the exchange: the client sees that the response is not complete. Any thread. */
  void abort();

  /** Whether the head has been sent. */
  boolean committed();
}
