package dev.weir;

import dev.weir.http.client.HttpCall;
import dev.weir.http.client.HttpClient;
import dev.weir.loop.spi.LoopProvider;
import dev.weir.net.Context;
import dev.weir.tls.TlsClientConfig;
import dev.weir.tls.TlsProvider;
import dev.weir.tls.Trust;
import dev.weir.websocket.WebSocket;
import dev.weir.websocket.WebSocketClient;
import dev.weir.websocket.WebSocketHandler;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The front door: servers and clients of every role, on loops of their own.
 *
 * <pre>{@code
 * try (Weir weir = Weir.start()) {
 *   weir.host("localhost", h -> h
 *       .tls(Identity.pem(cert, key))
 *       .listen(8443)
 *       .get("/time", (request, response) -> response.text(Instant.now().toString()))
 *       .webSocket("/chat", Chat::new));
 *   weir.awaitShutdown();
 * }
 * }</pre>
 *
 * <p>All methods may be called from any thread. Handlers run on a loop and must not block it; see
 * {@link dev.weir.http.HttpHandler#blocking}.
 */
public final class Weir implements AutoCloseable {

  private final Context context;
  private final TlsProvider tls;
  private @Nullable HttpClient http;
  private final Map<SocketAddress, Port> ports = new ConcurrentHashMap<>();

  private Weir(Context context, TlsProvider tls) {
    this.context = context;
    this.tls = tls;
  }

  /**
   * Starts with one loop, of the kind that {@link LoopProvider#preferred} names, and the JDK's TLS.
   */
  public static Weir start() {
    return start(1);
  }

  /** Starts with {@code threads} loops, each on a thread of its own. */
  public static Weir start(int threads) {
    return start(threads, LoopProvider.preferred());
  }

  /**
   * Starts with {@code threads} loops of a kind, each on a thread of its own.
   *
   * @param loop the name of a {@link LoopProvider}, such as {@code nio} or {@code epoll}
   * @throws IllegalArgumentException if there is no such loop; the message names those there are
   */
  public static Weir start(int threads, String loop) {
    return on(Context.start(threads, loop), TlsProvider.named(TlsProvider.JSSE));
  }

  /** Starts on a context of the caller's, which it then closes, with a TLS library of choice. */
  public static Weir on(Context context, TlsProvider tls) {
    return new Weir(context, tls);
  }

  /**
   * Adds a host of the server, and begins to listen where it says.
   *
   * @param name a host name, {@code *.name} for every host below a name, or {@code *} for all
   *     others
   * @param configure says what there is
   * @return the host, to be changed while it serves
   * @throws java.io.UncheckedIOException if a port cannot be had; then the host is not added
   */
  public Host host(String name, Consumer<Host> configure) {
    Host host = new Host(this, name);
    try {
      configure.accept(host);
    } catch (RuntimeException e) {
      host.remove();
      throw e;
    }
    return host;
  }

  // ---- clients

  /** Begins a GET; {@link HttpCall#send} makes it. Connections are kept for the next call. */
  public HttpCall get(String uri) {
    return http().get(uri);
  }

  /** Begins a POST. */
  public HttpCall post(String uri) {
    return http().post(uri);
  }

  /** The HTTP client, with default options; made when it is first asked for. */
  public synchronized HttpClient http() {
    HttpClient client = http;
    if (client == null) {
      client = HttpClient.on(context);
      http = client;
    }
    return client;
  }

  /**
   * Opens a WebSocket, believing whom the JDK believes. It shares connections with {@link #http()}
   * where servers allow that (RFC 8441).
   */
  public CompletableFuture<WebSocket> webSocket(String uri, WebSocketHandler handler) {
    return WebSocketClient.on(http()).open(uri, handler);
  }

  /** A client of WebSockets that believes whom it is told to. */
  public WebSocketClient webSockets(Trust trust) {
    return WebSocketClient.on(
        context, tls.client(TlsClientConfig.of(trust).alpn("h2", "http/1.1").build()));
  }

  /** Where it listens, in no order. */
  public List<SocketAddress> addresses() {
    return List.copyOf(ports.keySet());
  }

  /** The loops, for everything that has no method here. */
  public Context context() {
    return context;
  }

  /** The TLS library in use. */
  public TlsProvider tls() {
    return tls;
  }

  /** Blocks until the context has been shut down, or the thread is interrupted. */
  public void awaitShutdown() throws InterruptedException {
    try {
      context.ended().get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("shutting down does not fail", e);
    }
  }

  /** Stops listening, lets exchanges and connections finish until the deadline, then cuts. */
  public CompletableFuture<Void> shutdown(Duration deadline) {
    return context.shutdown(deadline);
  }

  /** Closes at once. Blocks until the loops have ended, save on a loop. */
  @Override
  public void close() {
    context.close();
  }

  /** The listener at an address, made for the host that first asks for it. */
  Port port(InetSocketAddress address, boolean secure, Host host) {
    Port port;
    if (address.getPort() == 0) {
      port = new Port(this, address, secure, host);
      ports.put(port.listener().address(), port);
    } else {
      port = ports.computeIfAbsent(address, at -> new Port(this, address, secure, host));
    }
    if (port.isSecure() != secure) {
      throw new IllegalArgumentException(
          address + " is already served " + (secure ? "without" : "with") + " TLS");
    }
    return port;
  }

  void forget(Port port) {
    ports.values().remove(port);
  }
}
