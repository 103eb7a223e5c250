package dev.weir.http.server;

import dev.weir.http.Http2Limits;
import dev.weir.http.HttpHandler;
import dev.weir.http.HttpLimits;
import dev.weir.http.HttpTimeouts;
import dev.weir.http.coding.CompressionPolicy;
import dev.weir.net.StreamAcceptor;
import dev.weir.sniff.Sniffers;
import dev.weir.sniff.SniffingAcceptor;
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
 * @param fallback the role that has connections whose first bytes are no HTTP, or {@code null} to
 *     answer them by 400; a connection that says nothing is taken for HTTP
 * @param clock the time of day, for Date
 * @param http2 what one HTTP/2 connection may ask
 */
public record HttpServer(
    HttpHandler handler,
    HttpLimits limits,
    HttpTimeouts timeouts,
    @Nullable CompressionPolicy compression,
    @Nullable StreamAcceptor fallback,
    InstantSource clock,
    Http2Limits http2) {

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
        null,
        InstantSource.system(),
        Http2Limits.DEFAULTS);
  }

  /** This with other limits. */
  public HttpServer withLimits(HttpLimits other) {
    return new HttpServer(handler, other, timeouts, compression, fallback, clock, http2);
  }

  /** This with other timeouts. */
  public HttpServer withTimeouts(HttpTimeouts other) {
    return new HttpServer(handler, limits, other, compression, fallback, clock, http2);
  }

  /** This with another policy of compression, or {@code null} for none. */
  public HttpServer withCompression(@Nullable CompressionPolicy other) {
    return new HttpServer(handler, limits, timeouts, other, fallback, clock, http2);
  }

  /** This with a role for connections that speak no HTTP, or {@code null} for none. */
  public HttpServer withFallback(@Nullable StreamAcceptor role) {
    return new HttpServer(handler, limits, timeouts, compression, role, clock, http2);
  }

  /** This with another time of day. */
  public HttpServer withClock(InstantSource other) {
    return new HttpServer(handler, limits, timeouts, compression, fallback, other, http2);
  }

  /** This with other limits of HTTP/2 connections. */
  public HttpServer withHttp2(Http2Limits other) {
    return new HttpServer(handler, limits, timeouts, compression, fallback, clock, other);
  }

  /** Serves each accepted connection. */
  public StreamAcceptor acceptor() {
    StreamAcceptor other = fallback;
    return other == null
        ? this::accept
        : SniffingAcceptor.of(Sniffers.HTTP_1, this::accept)
            .then(Sniffers.HTTP_2, this::accept)
            .otherwise(other)
            .silentAfter(timeouts.idle(), this::accept)
            .timeLimit(timeouts.head());
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
