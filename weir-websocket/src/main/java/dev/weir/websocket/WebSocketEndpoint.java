package dev.weir.websocket;

import dev.weir.http.HttpHandler;
import dev.weir.http.HttpRequest;
import dev.weir.http.HttpResponse;
import dev.weir.http.Method;
import dev.weir.websocket.frame.FrameEncoder;
import dev.weir.websocket.handshake.HandshakeAnswer;
import dev.weir.websocket.handshake.HandshakePolicy;
import dev.weir.websocket.handshake.ServerHandshake;
import dev.weir.websocket.session.SessionConfig;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A place of a server's URL space where WebSockets are opened: an {@link HttpHandler} to be put on
 * a route. Immutable; any thread.
 */
public final class WebSocketEndpoint implements HttpHandler {

  private final Function<HttpRequest, WebSocketHandler> handlers;
  private final WebSocketConfig config;
  private final OriginPolicy origins;
  private final List<String> subprotocols;
  private final ServerHandshake handshake;
  private final SessionConfig session;

  private WebSocketEndpoint(
      Function<HttpRequest, WebSocketHandler> handlers,
      WebSocketConfig config,
      OriginPolicy origins,
      List<String> subprotocols) {
    this.handlers = handlers;
    this.config = config;
    this.origins = origins;
    this.subprotocols = subprotocols;
    this.handshake =
        new ServerHandshake(new HandshakePolicy(origins, subprotocols, config.deflate()));
    this.session = new SessionConfig(FrameEncoder.server(), config.limits(), config.streamed());
  }

  /**
   * An endpoint that takes pages of its own origin, speaks no subprotocol and compresses.
   *
   * @param handlers makes the handler of each connection, from the request that opens it
   */
  public static WebSocketEndpoint of(Function<HttpRequest, WebSocketHandler> handlers) {
    return new WebSocketEndpoint(
        handlers, WebSocketConfig.SERVER, OriginPolicy.sameOrigin(), List.of());
  }

  /** An endpoint whose handlers need not see the request. */
  public static WebSocketEndpoint of(Supplier<? extends WebSocketHandler> handlers) {
    return of(request -> handlers.get());
  }

  /** This with another configuration. */
  public WebSocketEndpoint with(WebSocketConfig other) {
    return new WebSocketEndpoint(handlers, other, origins, subprotocols);
  }

  /** This for other pages. */
  public WebSocketEndpoint withOrigins(OriginPolicy other) {
    return new WebSocketEndpoint(handlers, config, other, subprotocols);
  }

  /** This with subprotocols; the first that a client names is chosen. */
  public WebSocketEndpoint withSubprotocols(String... names) {
    return new WebSocketEndpoint(handlers, config, origins, List.of(names));
  }

  @Override
  public void handle(HttpRequest request, HttpResponse response) {
    boolean secure = request.scheme().equals("https");
    HandshakeAnswer answer =
        isConnect(request)
            ? handshake.connect(request.headers(), secure, request.authority())
            : handshake.upgrade(request.method(), request.headers(), secure, request.authority());
    answer.headers().forEach((name, value) -> response.headers().set(name, value));
    switch (answer) {
      case HandshakeAnswer.Refused refused ->
          response.status(refused.status()).text(refused.reason() + "\n");
      case HandshakeAnswer.Accepted accepted -> accept(request, response, accepted);
    }
  }

  /** RFC 8441 5. */
  private static boolean isConnect(HttpRequest request) {
    return request.method().equals(Method.CONNECT) && "websocket".equals(request.upgrade());
  }

  private void accept(
      HttpRequest request, HttpResponse response, HandshakeAnswer.Accepted accepted) {
    WebSocketHandler handler = handlers.apply(request);
    response.switchProtocol(
        "websocket",
        stream ->
            new WebSocketConnection(
                stream,
                config,
                session,
                WebSocketConnection.deflate(accepted.deflate(), config, stream.loop()),
                handler,
                accepted.subprotocol()));
  }
}
