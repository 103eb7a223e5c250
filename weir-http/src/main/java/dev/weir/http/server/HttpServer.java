package dev.weir.http.server;

import dev.weir.http.HttpHandler;
import dev.weir.http.HttpLimits;
import dev.weir.http.HttpTimeouts;
import dev.weir.http.coding.CompressionPolicy;
import dev.weir.net.StreamAcceptor;
import dev.weir.stream.ByteStream;
import dev.weir.stream.StreamHandler;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * The HTTP server role: what the connections of any number of listeners have in common. It is put
 * on a listener, behind TLS or not, by {@link #acceptor()}. Immutable; any thread.
 *
 * @param handler answers every request; {@link Routes} and {@link Hosts} are such handlers
 * @param limits how much a peer may send
 * @param timeouts how long a peer is waited for
 * @param compression when responses of handlers are compressed, or {@code null} for never
 * @param clock the time of day, for Date
 */
public record HttpServer(
    HttpHandler handler,
    HttpLimits limits,
    HttpTimeouts timeouts,
    @Nullable CompressionPolicy compression,
    InstantSource clock) {

  /**
   * How much of a body that nobody wanted is read and dropped so that the connection can go on;
   * past it the connection is closed after the response (RFC 9112 9.3).
   */
  public static final int DROPPED_BODY_BYTES = 256 * 1024;

  /** A server with the default limits and timeouts. */
  public static HttpServer of(HttpHandler handler) {
    return new HttpServer(
        handler,
        HttpLimits.DEFAULTS,
        HttpTimeouts.DEFAULTS,
        CompressionPolicy.DEFAULT,
        InstantSource.system());
  }

  /** This with other limits. */
  public HttpServer withLimits(HttpLimits other) {
    return new HttpServer(handler, other, timeouts, compression, clock);
  }

  /** This with other timeouts. */
  public HttpServer withTimeouts(HttpTimeouts other) {
    return new HttpServer(handler, limits, other, compression, clock);
  }

  /** This with another policy of compression, or {@code null} for none. */
  public HttpServer withCompression(@Nullable CompressionPolicy other) {
    return new HttpServer(handler, limits, timeouts, other, clock);
  }

  /** This with another time of day. */
  public HttpServer withClock(InstantSource other) {
    return new HttpServer(handler, limits, timeouts, compression, other);
  }

  /** Serves each accepted connection. */
  public StreamAcceptor acceptor() {
    return this::accept;
  }

  /** Gives a request to the handler, and answers what it throws. Loop thread. */
  void serve(ServerRequest request, ServerResponse response) {
    try {
      handler.handle(request, response);
    } catch (Exception | StackOverflowError e) {
      response.fail(e);
    }
  }

  private StreamHandler accept(ByteStream stream) {
    return new Http1ServerConnection(this, stream);
  }
}
