package dev.weir.cli.serve;

import dev.weir.Weir;
import dev.weir.cli.page.ConnectionStatus;
import dev.weir.cli.page.ServerStatus;
import dev.weir.cli.page.Status;
import dev.weir.cli.page.StatusFeed;
import dev.weir.http.HttpRequest;
import dev.weir.loop.Loop;
import dev.weir.net.Context;
import dev.weir.stream.Carrier;
import dev.weir.tls.TlsSession;
import dev.weir.websocket.WebSocketHandler;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The connections of the server as the page shows them. Each loop describes its own from time to
 * time while somebody looks; the feed puts the last of these together.
 */
final class LiveConnections {

  private final Weir weir;
  private final String loop;
  private final long startedAt = System.nanoTime();
  private final Map<Loop, List<ConnectionStatus>> described = new ConcurrentHashMap<>();
  private final Map<Long, List<CountedWebSocket>> webSockets = new ConcurrentHashMap<>();

  LiveConnections(Weir weir, String loop) {
    this.weir = weir;
    this.loop = loop;
  }

  /** Has the loops describe their connections, and the feed told, again and again. */
  void watch(StatusFeed feed) {
    for (Loop loop : weir.context().loops()) {
      loop.execute(() -> describe(loop));
    }
    tick(feed, weir.context().loops().getFirst());
  }

  private void tick(StatusFeed feed, Loop loop) {
    loop.schedule(
        StatusFeed.PERIOD,
        () -> {
          feed.tick();
          tick(feed, loop);
        });
  }

  private void describe(Loop loop) {
    if (!webSockets.isEmpty()) {
      described.put(loop, weir.context().connections(loop).stream().map(this::describe).toList());
    }
    loop.schedule(StatusFeed.PERIOD, () -> describe(loop));
  }

  private ConnectionStatus describe(Carrier carrier) {
    TlsSession tls = carrier.tls();
    List<CountedWebSocket> carried = webSockets.getOrDefault(carrier.id(), List.of());
    OptionalDouble rtt = OptionalDouble.empty();
    for (CountedWebSocket webSocket : carried) {
      if (webSocket.rttMillis().isPresent()) {
        rtt = webSocket.rttMillis();
      }
    }
    return new ConnectionStatus(
        carrier.id(),
        peer(carrier),
        protocol(tls),
        tls == null ? null : tls.version().text(),
        tls == null ? null : tls.cipherSuite(),
        carrier.bytesIn(),
        carrier.bytesOut(),
        rtt,
        carrier.ageNanos() / 1_000_000,
        carried.stream().map(CountedWebSocket::target).toList());
  }

  /** Of connections without TLS nothing tells; browsers speak HTTP/1.1 there. */
  private static String protocol(@Nullable TlsSession tls) {
    return tls != null && "h2".equals(tls.alpn()) ? "h2" : "h1";
  }

  private static String peer(Carrier carrier) {
    return carrier.remote() instanceof InetSocketAddress inet
        ? inet.getAddress().getHostAddress() + ":" + inet.getPort()
        : "local";
  }

  /** A snapshot. Called on the feed's loop. */
  Status status() {
    Context context = weir.context();
    List<ConnectionStatus> all = new ArrayList<>();
    for (Loop loop : context.loops()) {
      all.addAll(
          loop.inLoop()
              ? context.connections(loop).stream().map(this::describe).toList()
              : described.getOrDefault(loop, List.of()));
    }
    Runtime runtime = Runtime.getRuntime();
    Context.Traffic traffic = context.traffic();
    return new Status(
        new ServerStatus(
            Version.TEXT,
            System.getProperty("java.version", ""),
            loop,
            context.loops().size(),
            weir.tls().name(),
            (System.nanoTime() - startedAt) / 1_000_000,
            runtime.totalMemory() - runtime.freeMemory(),
            traffic.in(),
            traffic.out()),
        all);
  }

  /** Handlers that are shown as what their connection carries, with its round-trip time. */
  Counted counted(Supplier<WebSocketHandler> handlers) {
    return request -> new CountedWebSocket(this, request.target(), handlers.get());
  }

  void opened(long connection, CountedWebSocket webSocket) {
    webSockets.merge(connection, List.of(webSocket), LiveConnections::both);
  }

  void closed(long connection, CountedWebSocket webSocket) {
    webSockets.computeIfPresent(
        connection,
        (id, carried) -> {
          List<CountedWebSocket> left = new ArrayList<>(carried);
          left.remove(webSocket);
          return none(left);
        });
  }

  private static @Nullable List<CountedWebSocket> none(List<CountedWebSocket> left) {
    return left.isEmpty() ? null : List.copyOf(left);
  }

  private static List<CountedWebSocket> both(
      List<CountedWebSocket> some, List<CountedWebSocket> more) {
    List<CountedWebSocket> all = new ArrayList<>(some);
    all.addAll(more);
    return List.copyOf(all);
  }

  /** Makes the handler of a WebSocket. */
  interface Counted extends Function<HttpRequest, WebSocketHandler> {}
}
