package dev.weir.http;

import dev.weir.loop.Loop;
import dev.weir.stream.Carrier;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A request as a server received it. Its head can be read from any thread while the exchange lasts;
 * the methods about the body are called on the loop.
 */
public interface HttpRequest extends HttpRequestHead {

  /** {@code https} if the connection is protected, else {@code http}. */
  String scheme();

  /**
   * The text that the path has for {@code {name}} of the route, decoded.
   *
   * @throws IllegalArgumentException if the route has no such parameter
   */
  String parameter(String name);

  /** What the path has below the mount that answers, percent-encoded; all of it without a mount. */
  String rest();

  /** The protocol that the client asks to switch to, in lower case, or {@code null}. */
  @Nullable String upgrade();

  /** The connection: addresses, TLS session, bytes moved. */
  Carrier carrier();

  /** The loop that the exchange lives on. */
  Loop loop();

  /**
   * Has the body delivered as it comes. Asks the client for it if it waits to be asked (RFC 9110
   * 10.1.1). Loop thread; once.
   */
  void body(BodyHandler handler);

  /**
   * Stops the delivery of the body and of its end, and so the peer, until {@link #resume()}. Loop
   * thread.
   */
  void pause();

  /**
   * Goes on with the delivery of the body; what the handler left comes again, and an end that has
   * come is told before this returns. Loop thread.
   */
  void resume();

  /**
   * Collects the whole body. Any thread; once, instead of {@link #body(BodyHandler)}.
   *
   * @return completes on the loop; with an {@link HttpError} (413) if the body is longer than
   *     {@code limit} bytes, or with the reason why it did not arrive
   */
  CompletableFuture<byte[]> body(int limit);
}
