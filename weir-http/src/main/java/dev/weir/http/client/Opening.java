package dev.weir.http.client;

import dev.weir.net.ConnectOptions;
import dev.weir.net.Tls;
import dev.weir.stream.ByteStream;
import dev.weir.stream.StreamException;
import dev.weir.stream.StreamHandler;
import dev.weir.stream.WeirException;
import dev.weir.tls.TlsClientConfig;
import dev.weir.tls.TlsClientContext;
import dev.weir.tls.TlsProvider;
import dev.weir.tls.TlsSession;
import dev.weir.tls.Trust;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A connection on its way, for the attempt that asked for it: name, socket, TLS, and then whichever
 * version of HTTP was agreed on. An attempt that is given up meanwhile leaves a connection to the
 * pool. Loop thread.
 */
final class Opening implements StreamHandler, ConnectOptions.Phases {

  private final OriginPool origin;
  private final LoopPool pool;
  private final Attempt attempt;
  private long begun;
  private long resolvedAt;
  private long connectedAt;

  Opening(OriginPool origin, LoopPool pool, Attempt attempt) {
    this.origin = origin;
    this.pool = pool;
    this.attempt = attempt;
  }

  void begin() {
    TlsClientContext tls = pool.options().tls();
    if (tls != null || !origin.route().origin().secure()) {
      connect(tls);
      return;
    }
    pool.loop()
        .offload(
            () -> DefaultTls.CONTEXT,
            (context, problem) -> {
              if (context != null) {
                connect(context);
              } else {
                origin.notOpened(
                    attempt, new StreamException.TlsFailed(-1, "no TLS: " + problem, problem));
              }
            });
  }

  private void connect(@Nullable TlsClientContext tls) {
    begun = pool.loop().now();
    Route route = origin.route();
    ClientTimeouts timeouts = attempt.call.timeouts();
    ConnectOptions options =
        ConnectOptions.DEFAULT.withTimeout(timeouts.connect()).withPhases(this);
    if (tls == null || !route.origin().secure()) {
      pool.context().connect(route.endpoint(), options, this);
    } else {
      pool.context()
          .connect(
              route.endpoint(),
              options,
              Tls.client(
                  route.http1() ? tls.offering("http/1.1") : tls,
                  route.origin().host(),
                  route.origin().port(),
                  timeouts.tls(),
                  this));
    }
  }

  @Override
  public void resolved() {
    resolvedAt = pool.loop().now();
  }

  @Override
  public void connected(SocketAddress to) {
    connectedAt = pool.loop().now();
  }

  @Override
  public void opened(ByteStream stream) {
    long now = pool.loop().now();
    long resolved = resolvedAt == 0 ? begun : resolvedAt;
    attempt.call.clock().opened(resolved - begun, connectedAt - resolved, now - connectedAt);
    ClientConnection connection =
        speaksHttp2(stream)
            ? new Http2ClientConnection(origin, stream, pool.options())
            : new Http1ClientConnection(origin, stream, pool.options());
    stream.handler(connection);
    origin.opened(connection, attempt);
  }

  /** RFC 9113 3.2, 3.3. */
  private boolean speaksHttp2(ByteStream stream) {
    TlsSession tls = stream.carrier().tls();
    return tls != null
        ? "h2".equals(tls.alpn())
        : pool.options().http2Known() && !origin.route().http1();
  }

  /** Nothing is left for the one that takes over, which is already there. */
  @Override
  public void received(ByteStream stream, ByteBuffer bytes) {}

  @Override
  public void closed(ByteStream stream, @Nullable WeirException problem) {
    origin.notOpened(
        attempt,
        problem != null
            ? problem
            : new StreamException.Reset(
                "connect", -1, "the server closed the connection before it was ready", null));
  }

  /** Made when first asked for, by a worker: it reads files. */
  private static final class DefaultTls {
    static final TlsClientContext CONTEXT =
        TlsProvider.named(TlsProvider.JSSE)
            .client(TlsClientConfig.of(Trust.jdk()).alpn("h2", "http/1.1").build());
  }
}
