package dev.weir.websocket;

import dev.weir.http.Headers;
import dev.weir.http.HttpVersion;
import dev.weir.http.client.ClientResponse;
import dev.weir.http.client.HttpCall;
import dev.weir.http.client.ResponseHandler;
import dev.weir.stream.ByteStream;
import dev.weir.stream.StreamHandler;
import dev.weir.websocket.WebSocketException.HandshakeFailed;
import dev.weir.websocket.handshake.ClientHandshake;
import dev.weir.websocket.session.SessionConfig;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A client's opening handshake; then it makes way for the connection. */
final class WebSocketConnecting implements ResponseHandler {

  private static final int NONCE_BYTES = 16;
  private static final String PROTOCOL = "websocket";

  private final WebSocketClient client;
  private final WebSocketHandler handler;
  private final ClientHandshake handshake;
  private final Result result = new Result();

  WebSocketConnecting(WebSocketClient client, WebSocketHandler handler) {
    this.client = client;
    this.handler = handler;
    byte[] nonce = new byte[NONCE_BYTES];
    new SecureRandom().nextBytes(nonce);
    this.handshake = new ClientHandshake(nonce, client.subprotocols(), client.config().deflate());
  }

  CompletableFuture<WebSocket> result() {
    return result;
  }

  void open(HttpCall call) {
    handshake.addConnect(call.headers());
    call.upgrade(PROTOCOL, handshake.ofUpgrade());
    result.over = call.stream(this);
  }

  /** What the caller waits for; cancelling it gives the call up. */
  private static final class Result extends CompletableFuture<WebSocket> {
    private @Nullable CompletableFuture<?> over;

    @Override
    public boolean cancel(boolean mayInterrupt) {
      var call = over;
      if (call != null) {
        call.cancel(mayInterrupt);
      }
      return super.cancel(mayInterrupt);
    }
  }

  // ---- the call tells

  @Override
  public @Nullable StreamHandler switched(ClientResponse response, ByteStream stream) {
    ClientHandshake.Established agreed;
    try {
      agreed = agreed(response);
    } catch (HandshakeFailed e) {
      result.completeExceptionally(e);
      return null;
    }
    var shown = client.answered();
    if (shown != null) {
      shown.accept(response);
    }
    return new Opening(stream, agreed);
  }

  private ClientHandshake.Established agreed(ClientResponse response) {
    int status = response.status().code();
    return response.version() == HttpVersion.HTTP_1_1
        ? handshake.upgraded(status, response.headers())
        : handshake.connected(status, response.headers());
  }

  /** The server does not agree: says by which status. */
  @Override
  public void head(ClientResponse response) {
    try {
      agreed(response);
    } catch (HandshakeFailed e) {
      result.completeExceptionally(e);
    }
    response.cancel();
  }

  @Override
  public void data(ByteBuffer bytes) {
    bytes.position(bytes.limit());
  }

  @Override
  public void end(Headers trailers) {}

  @Override
  public void failed(Exception problem) {
    result.completeExceptionally(problem);
  }

  /** Has the stream for as long as it takes to tell of it. */
  private final class Opening implements StreamHandler {
    private final WebSocketConnection connection;

    Opening(ByteStream stream, ClientHandshake.Established agreed) {
      WebSocketConfig config = client.config();
      connection =
          new WebSocketConnection(
              stream,
              config,
              new SessionConfig(
                  MaskingKeys.encoder(stream.loop()), config.limits(), config.streamed()),
              WebSocketConnection.deflate(agreed.deflate(), config, stream.loop()),
              handler,
              agreed.subprotocol());
    }

    @Override
    public void opened(ByteStream stream) {
      stream.handler(connection);
      connection.opened(stream);
      result.complete(connection);
    }

    @Override
    public void received(ByteStream stream, ByteBuffer bytes) {
      connection.received(stream, bytes);
    }
  }
}
