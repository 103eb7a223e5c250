package dev.weir.http.client;

import dev.weir.http.Method;
import dev.weir.http.TargetUri;
import dev.weir.http.uri.UriReference;
import dev.weir.loop.Loop;
import dev.weir.net.Context;
import java.util.List;

/**
 * Sends requests over connections that it keeps and uses again.
 *
 * <pre>{@code
 * try (Context context = Context.start();
 *     HttpClient client = HttpClient.on(context)) {
 *   HttpResult result = client.get("https://example.com/").send().join();
 *   System.out.println(result.status() + " " + result.text());
 * }
 * }</pre>
 *
 * <p>Any thread. Nothing blocks: calls answer futures, on which a virtual thread waits by {@code
 * join()}; on a loop, go on by {@code whenComplete} or stream. A call that is made on a loop of the
 * context stays there and uses that loop's connections; another goes to the loop that has the
 * fewest.
 */
public final class HttpClient implements AutoCloseable {

  /** How many interim responses (RFC 9110 15.2) may come before a final one; past it 502. */
  public static final int INTERIM_RESPONSES = 100;

  /**
   * How much of a body that is not for the caller, such as a redirect's, is read and dropped so
   * that the connection can be used again; past it the connection is cut.
   */
  public static final int DROPPED_BODY_BYTES = 64 * 1024;

  private final Context context;
  private final HttpClientOptions options;
  private final List<LoopPool> pools;

  private HttpClient(Context context, HttpClientOptions options) {
    this.context = context;
    this.options = options;
    this.pools =
        context.loops().stream().map(loop -> new LoopPool(context, loop, options)).toList();
  }

  /** A client with the {@linkplain HttpClientOptions#DEFAULTS default} options. */
  public static HttpClient on(Context context) {
    return on(context, HttpClientOptions.DEFAULTS);
  }

  /** A client on the loops of {@code context}. */
  public static HttpClient on(Context context, HttpClientOptions options) {
    return new HttpClient(context, options);
  }

  /** How it works. */
  public HttpClientOptions options() {
    return options;
  }

  /** A GET request. */
  public HttpCall get(String uri) {
    return request(Method.GET, uri);
  }

  /** A HEAD request. */
  public HttpCall head(String uri) {
    return request(Method.HEAD, uri);
  }

  /** A POST request. */
  public HttpCall post(String uri) {
    return request(Method.POST, uri);
  }

  /** A PUT request. */
  public HttpCall put(String uri) {
    return request(Method.PUT, uri);
  }

  /** A DELETE request. */
  public HttpCall delete(String uri) {
    return request(Method.DELETE, uri);
  }

  /**
   * A request.
   *
   * @param uri an absolute http or https URI. OPTIONS of one without a path asks about the server
   *     as a whole (RFC 9112 3.2.4); CONNECT takes host and port from it (RFC 9112 3.2.3), and
   *     connects there unless {@link HttpCall#via} says where the proxy is
   * @throws IllegalArgumentException if the URI is not such a one, and why
   */
  public HttpCall request(Method method, String uri) {
    boolean wholeServer = method.equals(Method.OPTIONS) && UriReference.split(uri).path().isEmpty();
    return new HttpCall(this, method, TargetUri.parse(uri), wholeServer);
  }

  /** The pool of the caller's loop, or of the least loaded. */
  LoopPool pool() {
    for (LoopPool pool : pools) {
      if (pool.loop().inLoop()) {
        return pool;
      }
    }
    Loop least = context.loop();
    for (LoopPool pool : pools) {
      if (pool.loop() == least) {
        return pool;
      }
    }
    return pools.getFirst();
  }

  /**
   * Closes the connections: idle ones now, others when their exchange is over. Calls that wait for
   * one, and new ones, fail.
   */
  @Override
  public void close() {
    for (LoopPool pool : pools) {
      pool.loop().execute(pool::close);
    }
  }
}
