package dev.weir.websocket;

import dev.weir.http.Headers;
import dev.weir.http.HttpRequest;
import dev.weir.http.HttpResponse;
import dev.weir.http.client.ClientResponse;
import dev.weir.http.client.HttpCall;
import dev.weir.http.client.HttpClient;
import dev.weir.http.client.ResponseHandler;
import dev.weir.net.Endpoint;
import dev.weir.stream.ByteStream;
import dev.weir.stream.StreamHandler;
import dev.weir.websocket.handshake.ClientHandshake;
import dev.weir.websocket.handshake.HandshakePolicy;
import dev.weir.websocket.handshake.ServerHandshake;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Opens a stream of HTTP/2 for a scripted peer, whose frames are then all that it carries. */
final class ScriptedTunnel implements ResponseHandler {

  private final ScriptedPeer peer;
  private final ClientHandshake handshake;
  private final @Nullable DeflateSettings deflate;

  private ScriptedTunnel(ScriptedPeer peer, @Nullable DeflateSettings deflate) {
    this.peer = peer;
    this.deflate = deflate;
    this.handshake = new ClientHandshake(new byte[16], List.of(), deflate);
  }

  /** Has the peer be a client of the server there. */
  static void connect(
      HttpClient http, Endpoint to, ScriptedPeer peer, @Nullable DeflateSettings deflate) {
    var tunnel = new ScriptedTunnel(peer, deflate);
    HttpCall call = http.get("http://server/echo").via(to).upgrade("websocket");
    tunnel.handshake.addConnect(call.headers());
    call.stream(tunnel)
        .exceptionally(e -> {
          peer.outcome().completeExceptionally(e);
          return null;
        });
  }

  /** Has the peer be the server of a client. */
  static void accept(
      HttpRequest request,
      HttpResponse response,
      ScriptedPeer peer,
      @Nullable DeflateSettings deflate) {
    var policy = new HandshakePolicy(OriginPolicy.any(), List.of(), deflate);
    new ServerHandshake(policy)
        .connect(request.headers(), false, "server")
        .headers()
        .forEach((name, value) -> response.headers().set(name, value));
    response.switchProtocol("websocket", stream -> peer.afterHandshake());
  }

  @Override
  public StreamHandler switched(ClientResponse response, ByteStream stream) {
    ClientHandshake.Established agreed =
        handshake.connected(response.status().code(), response.headers());
    if ((agreed.deflate() == null) != (deflate == null)) {
      throw new AssertionError("compression: " + agreed);
    }
    return peer.afterHandshake();
  }

  @Override
  public void head(ClientResponse response) {
    peer.outcome().completeExceptionally(new AssertionError(response.status()));
  }

  @Override
  public void data(ByteBuffer bytes) {
    bytes.position(bytes.limit());
  }

  @Override
  public void end(Headers trailers) {}

  @Override
  public void failed(Exception problem) {
    peer.outcome().completeExceptionally(problem);
  }
}
