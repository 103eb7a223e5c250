package dev.weir.websocket;

import dev.weir.http.Headers;
import dev.weir.net.ConnectOptions;
import dev.weir.net.Context;
import dev.weir.net.Endpoint;
import dev.weir.net.Tls;
import dev.weir.stream.StreamHandler;
import dev.weir.tls.TlsClientContext;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Opens WebSockets as a client (RFC 6455 4.1): {@code ws} and {@code wss}. Immutable, each {@code
 * with} answers another one; any thread.
 *
 * @param context where connections live
 * @param tls whom to believe, for {@code wss}
 * @param config how the connections behave
 * @param subprotocols to ask for, the best first
 * @param headers to send besides those of the handshake: Origin, Cookie, Authorization
 * @param timeout for connecting and the handshake
 * @param endpoint where to connect instead of the URI's host and port, such as a unix socket
 * @param phases is told how far a connection has come
 */
public record WebSocketClient(
    Context context,
    TlsClientContext tls,
    WebSocketConfig config,
    List<String> subprotocols,
    Headers headers,
    Duration timeout,
    @Nullable Endpoint endpoint,
    ConnectOptions.@Nullable Phases phases) {

  /** A client that asks for nothing special and waits ten seconds. */
  public static WebSocketClient on(Context context, TlsClientContext tls) {
    return new WebSocketClient(
        context,
        tls,
        WebSocketConfig.CLIENT,
        List.of(),
        Headers.create(),
        Duration.ofSeconds(10),
        null,
        null);
  }

  /** This with another configuration. */
  public WebSocketClient with(WebSocketConfig other) {
    return new WebSocketClient(
        context, tls, other, subprotocols, headers, timeout, endpoint, phases);
  }

  /** This asking for subprotocols, the best first. */
  public WebSocketClient withSubprotocols(String... names) {
    return new WebSocketClient(
        context, tls, config, List.of(names), headers, timeout, endpoint, phases);
  }

  /** This sending fields besides those of the handshake. */
  public WebSocketClient withHeaders(Headers other) {
    return new WebSocketClient(
        context, tls, config, subprotocols, other.copy(), timeout, endpoint, phases);
  }

  /** This with another timeout for connecting and the handshake. */
  public WebSocketClient withTimeout(Duration other) {
    return new WebSocketClient(
        context, tls, config, subprotocols, headers, other, endpoint, phases);
  }

  /** This connecting elsewhere than the URI says. */
  public WebSocketClient withEndpoint(Endpoint other) {
    return new WebSocketClient(context, tls, config, subprotocols, headers, timeout, other, phases);
  }

  /** This telling how far a connection has come. */
  public WebSocketClient withPhases(ConnectOptions.Phases other) {
    return new WebSocketClient(
        context, tls, config, subprotocols, headers, timeout, endpoint, other);
  }

  /**
   * Opens a WebSocket.
   *
   * @param uri {@code ws://host[:port]/path} or {@code wss://...}
   * @param handler the application's side of it
   * @return completes when the handshake is done; else with {@link
   *     WebSocketException.HandshakeFailed}, or the {@link dev.weir.stream.WeirException} that says
   *     why there is no connection
   * @throws IllegalArgumentException if the URI is none of a WebSocket, or names a user or a
   *     fragment, which it must not (RFC 6455 3)
   */
  public CompletableFuture<WebSocket> open(String uri, WebSocketHandler handler) {
    URI target = URI.create(uri);
    String scheme = String.valueOf(target.getScheme()).toLowerCase(Locale.ROOT);
    boolean secure = scheme.equals("wss");
    boolean wellFormed =
        target.getHost() != null
            && target.getRawUserInfo() == null
            && target.getRawFragment() == null
            && (secure || scheme.equals("ws"));
    if (!wellFormed) {
      throw new IllegalArgumentException(
          uri
              + " is no WebSocket's: ws://host/path or wss://host/path, without user and fragment"
              + " (RFC 6455 3)");
    }
    String host = target.getHost().replaceAll("^\\[|\\]$", "");
    int port = target.getPort() >= 0 ? target.getPort() : secure ? 443 : 80;
    String path = target.getRawPath().isEmpty() ? "/" : target.getRawPath();
    if (target.getRawQuery() != null) {
      path += "?" + target.getRawQuery();
    }
    WebSocketConnecting connecting =
        new WebSocketConnecting(this, target.getRawAuthority(), path, handler);
    StreamHandler first = secure ? Tls.client(tls, host, port, connecting) : connecting;
    ConnectOptions options = ConnectOptions.DEFAULT.withTimeout(timeout);
    context.connect(
        endpoint == null ? Endpoint.tcp(host, port) : endpoint,
        phases == null ? options : options.withPhases(phases),
        first);
    return connecting.result();
  }
}
