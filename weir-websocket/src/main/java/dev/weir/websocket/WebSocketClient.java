package dev.weir.websocket;

import dev.weir.http.Headers;
import dev.weir.http.client.ClientResponse;
import dev.weir.http.client.HttpCall;
import dev.weir.http.client.HttpClient;
import dev.weir.http.client.HttpClientOptions;
import dev.weir.http.client.RedirectPolicy;
import dev.weir.net.Context;
import dev.weir.net.Endpoint;
import dev.weir.tls.TlsClientContext;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Opens WebSockets as a client: {@code ws} and {@code wss}, on a connection of HTTP/1.1 that it
 * takes over (RFC 6455 4.1), or on a stream of an HTTP/2 connection that it shares with other
 * WebSockets and with ordinary requests, where the server allows that (RFC 8441). Immutable, each
 * {@code with} answers another one; any thread.
 *
 * @param http makes the connections, and knows those that there are
 * @param config how WebSockets behave
 * @param subprotocols to ask for, the best first
 * @param headers to send besides those of the handshake: Origin, Cookie, Authorization
 * @param timeout for connecting and the handshake
 * @param endpoint where to connect instead of the URI's host and port, such as a unix socket
 * @param answered is shown the answer of a server that agrees, on the loop, before the WebSocket is
 *     open: its fields, what carries it, and how long each phase took
 */
public record WebSocketClient(
    HttpClient http,
    WebSocketConfig config,
    List<String> subprotocols,
    Headers headers,
    Duration timeout,
    @Nullable Endpoint endpoint,
    @Nullable Consumer<? super ClientResponse> answered) {

  /** A client that asks for nothing special and waits ten seconds. */
  public static WebSocketClient on(HttpClient http) {
    return new WebSocketClient(
        http,
        WebSocketConfig.CLIENT,
        List.of(),
        Headers.create(),
        Duration.ofSeconds(10),
        null,
        null);
  }

  /** As the other, with connections of its own; {@code tls} says whom to believe. */
  public static WebSocketClient on(Context context, TlsClientContext tls) {
    return on(HttpClient.on(context, HttpClientOptions.DEFAULTS.withTls(tls)));
  }

  /** This with another configuration. */
  public WebSocketClient with(WebSocketConfig other) {
    return new WebSocketClient(http, other, subprotocols, headers, timeout, endpoint, answered);
  }

  /** This asking for subprotocols, the best first. */
  public WebSocketClient withSubprotocols(String... names) {
    return new WebSocketClient(http, config, List.of(names), headers, timeout, endpoint, answered);
  }

  /** This sending fields besides those of the handshake. */
  public WebSocketClient withHeaders(Headers other) {
    return new WebSocketClient(
        http, config, subprotocols, other.copy(), timeout, endpoint, answered);
  }

  /** This with another timeout for connecting and the handshake. */
  public WebSocketClient withTimeout(Duration other) {
    return new WebSocketClient(http, config, subprotocols, headers, other, endpoint, answered);
  }

  /** This connecting elsewhere than the URI says. */
  public WebSocketClient withEndpoint(Endpoint other) {
    return new WebSocketClient(http, config, subprotocols, headers, timeout, other, answered);
  }

  /** This showing the answers of servers that agree. */
  public WebSocketClient withAnswered(Consumer<? super ClientResponse> other) {
    return new WebSocketClient(http, config, subprotocols, headers, timeout, endpoint, other);
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
    WebSocketConnecting connecting = new WebSocketConnecting(this, handler);
    HttpCall call = http.get(httpUri(uri)).redirects(RedirectPolicy.NONE).timeout(timeout);
    headers.forEach((name, value) -> call.headers().add(name, value));
    if (endpoint != null) {
      call.via(endpoint);
    }
    connecting.open(call);
    return connecting.result();
  }

  /** RFC 6455 3: the URI of the HTTP resource behind it. */
  private static String httpUri(String uri) {
    URI target = URI.create(uri);
    String scheme = String.valueOf(target.getScheme()).toLowerCase(Locale.ROOT);
    boolean wellFormed =
        target.getHost() != null
            && target.getRawUserInfo() == null
            && target.getRawFragment() == null
            && (scheme.equals("ws") || scheme.equals("wss"));
    if (!wellFormed) {
      throw new IllegalArgumentException(
          uri
              + " is no WebSocket's: ws://host/path or wss://host/path, without user and fragment"
              + " (RFC 6455 3)");
    }
    return "http" + uri.substring(2);
  }
}
