package dev.weir.websocket;

import dev.weir.http.Headers;
import dev.weir.http.HttpError;
import dev.weir.http.HttpLimits;
import dev.weir.http.Method;
import dev.weir.http.h1.BodyFraming;
import dev.weir.http.h1.Persistence;
import dev.weir.http.h1.RequestEncoder;
import dev.weir.http.h1.ResponseHead;
import dev.weir.http.h1.ResponseParser;
import dev.weir.loop.Timer;
import dev.weir.stream.ByteStream;
import dev.weir.stream.StreamException;
import dev.weir.stream.StreamHandler;
import dev.weir.stream.WeirException;
import dev.weir.websocket.WebSocketException.HandshakeFailed;
import dev.weir.websocket.handshake.ClientHandshake;
import dev.weir.websocket.session.SessionConfig;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A client's opening handshake over HTTP/1.1; then it makes way for the connection. */
final class WebSocketConnecting implements StreamHandler {

  private static final int NONCE_BYTES = 16;

  private final WebSocketClient client;
  private final String authority;
  private final String target;
  private final WebSocketHandler handler;
  private final ClientHandshake handshake;
  private final ResponseParser parser = new ResponseParser(HttpLimits.DEFAULTS);
  private final CompletableFuture<WebSocket> result = new CompletableFuture<>();
  private @Nullable Timer deadline;

  WebSocketConnecting(
      WebSocketClient client, String authority, String target, WebSocketHandler handler) {
    this.client = client;
    this.authority = authority;
    this.target = target;
    this.handler = handler;
    byte[] nonce = new byte[NONCE_BYTES];
    new SecureRandom().nextBytes(nonce);
    this.handshake = new ClientHandshake(nonce, client.subprotocols(), client.config().deflate());
  }

  CompletableFuture<WebSocket> result() {
    return result;
  }

  @Override
  public void opened(ByteStream stream) {
    Headers fields = client.headers().copy();
    handshake.addUpgrade(fields);
    ByteBuffer out = stream.reserve(ByteStream.MAX_RESERVE);
    boolean fits =
        out != null
            && new RequestEncoder()
                .encode(
                    out,
                    Method.GET,
                    target,
                    authority,
                    fields,
                    BodyFraming.NONE,
                    0,
                    Persistence.IMPLIED);
    if (!fits) {
      fail(stream, new IllegalArgumentException("the handshake's fields are too long"));
      return;
    }
    Timer timer = stream.loop().timer(() -> late(stream));
    deadline = timer;
    timer.after(client.timeout());
  }

  private void late(ByteStream stream) {
    fail(
        stream,
        new StreamException.TimedOut(
            "websocket", "no answer to the handshake within " + client.timeout()));
  }

  @Override
  public void received(ByteStream stream, ByteBuffer bytes) {
    ResponseHead head = new ResponseHead();
    try {
      while (parser.parse(bytes, head, Method.GET)) {
        int status = head.status().code();
        if (status >= 200 || status == 101) {
          answered(stream, status, head.headers(), bytes);
          return;
        }
      }
    } catch (HttpError | HandshakeFailed e) {
      bytes.position(bytes.limit());
      fail(stream, e);
    }
  }

  private void answered(ByteStream stream, int status, Headers fields, ByteBuffer frames) {
    ClientHandshake.Established agreed = handshake.upgraded(status, fields);
    cancelDeadline();
    WebSocketConfig config = client.config();
    WebSocketConnection connection =
        new WebSocketConnection(
            stream,
            config,
            new SessionConfig(
                MaskingKeys.encoder(stream.loop()), config.limits(), config.streamed()),
            WebSocketConnection.deflate(agreed.deflate(), config, stream.loop()),
            handler,
            agreed.subprotocol());
    stream.handler(connection);
    connection.opened(stream);
    result.complete(connection);
    // What came right behind the answer may be more than could be left to come again.
    if (frames.hasRemaining()) {
      connection.received(stream, frames);
    }
  }

  private void fail(ByteStream stream, RuntimeException why) {
    cancelDeadline();
    result.completeExceptionally(why);
    stream.close();
  }

  private void cancelDeadline() {
    Timer timer = deadline;
    if (timer != null) {
      timer.cancel();
    }
  }

  @Override
  public void closed(ByteStream stream, @Nullable WeirException problem) {
    cancelDeadline();
    result.completeExceptionally(
        problem != null
            ? problem
            : new StreamException.Reset(
                "websocket", -1, "the server closed before it answered the handshake", null));
  }
}
