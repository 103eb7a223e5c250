package dev.weir.http.client;

import dev.weir.loop.Loop;
import dev.weir.net.Context;
import dev.weir.tls.TlsClientContext;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The connections of one client on one loop, by origin. Loop thread, so it needs no lock. */
final class LoopPool {

  private final Context context;
  private final Loop loop;
  private final HttpClientOptions options;
  private final Map<Route, OriginPool> origins = new HashMap<>();

  /** Those without an exchange, the one that has been so for the longest first. */
  private final LinkedHashSet<ClientConnection> idle = new LinkedHashSet<>();

  private final Coalescing coalescing = new Coalescing(this);
  private boolean closed;

  LoopPool(Context context, Loop loop, HttpClientOptions options) {
    this.context = context;
    this.loop = loop;
    this.options = options;
  }

  /** Any thread. */
  Loop loop() {
    return loop;
  }

  Context context() {
    return context;
  }

  HttpClientOptions options() {
    return options;
  }

  /** The time of day. */
  Instant time() {
    return options.clock().instant();
  }

  /** Sends an attempt as soon as there is a connection for it. */
  void send(Attempt attempt) {
    if (closed) {
      attempt.failed(closedProblem(), Attempt.Repeat.NO);
      return;
    }
    attempt.call.clock().askPool();
    origin(attempt).send(attempt);
  }

  /** Gives an attempt up, whether it waits or is on its way. */
  void cancel(Attempt attempt) {
    attempt.cutBody();
    ClientExchange exchange = attempt.exchange;
    if (exchange != null) {
      exchange.cancel();
    } else {
      origin(attempt).forget(attempt);
    }
  }

  private OriginPool origin(Attempt attempt) {
    return origins.computeIfAbsent(attempt.call.route(), route -> new OriginPool(this, route));
  }

  void remove(OriginPool empty) {
    origins.remove(empty.route(), empty);
  }

  /** Whether it may turn out that the server speaks HTTP/2. */
  boolean mayOfferHttp2(Route route) {
    if (route.http1()) {
      return false;
    }
    if (!route.origin().secure()) {
      return options.http2Known();
    }
    TlsClientContext tls = options.tls();
    return tls == null || tls.config().alpn().contains("h2");
  }

  /** Finds a connection of another origin that may serve a route too, or {@code null}. */
  void coalesce(Route route, Consumer<@Nullable Http2ClientConnection> found) {
    coalescing.find(route, origins.values(), found);
  }

  /** The server does not want the requests of that origin on another's connection. */
  void misdirected(Route route) {
    OriginPool origin = origins.get(route);
    if (origin != null) {
      origin.misdirected();
    }
  }

  // ---- idle connections

  void wentIdle(ClientConnection connection) {
    if (closed) {
      connection.close();
      return;
    }
    idle.add(connection);
    if (idle.size() > options.pool().idleConnections()) {
      idle.getFirst().close();
    }
  }

  void left(ClientConnection connection) {
    idle.remove(connection);
  }

  // ---- the end

  void close() {
    closed = true;
    for (OriginPool origin : List.copyOf(origins.values())) {
      origin.close(closedProblem());
    }
  }

  private static CallException closedProblem() {
    return new CallException(CallException.Reason.CLOSED, "the client has been closed", null);
  }
}
