package dev.weir.examples;

import dev.weir.Weir;
import dev.weir.websocket.DeflateSettings;
import dev.weir.websocket.OriginPolicy;
import dev.weir.websocket.WebSocket;
import dev.weir.websocket.WebSocketConfig;
import dev.weir.websocket.WebSocketEndpoint;
import dev.weir.websocket.WebSocketHandler;
import dev.weir.websocket.WebSocketLimits;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.zip.CRC32;

/**
 * Sums messages of up to a gigabyte in the memory of one piece: they are neither gathered nor
 * queued, and a client that sends faster than this reads is slowed down.
 */
public final class WebSocketPieces implements WebSocketHandler {

  private final CRC32 sum = new CRC32();

  private WebSocketPieces() {}

  /** Starts it; port 0 for any. */
  public static Weir start(int port) {
    WebSocketConfig config =
        WebSocketConfig.SERVER
            .withStreamed(true)
            .withLimits(WebSocketLimits.DEFAULTS.withMaxMessageBytes(1 << 30))
            .withDeflate(DeflateSettings.SERVER.withTakeover(false, false));
    Weir weir = Weir.start();
    weir.host(
        "localhost",
        host ->
            host.listenPlain(new InetSocketAddress("localhost", port))
                .webSocket(
                    "/sum",
                    WebSocketEndpoint.of(WebSocketPieces::new)
                        .with(config)
                        .withSubprotocols("sum", "ask")
                        .withOrigins(OriginPolicy.sameOrigin())));
    return weir;
  }

  @Override
  public void piece(WebSocket ws, boolean text, ByteBuffer bytes, boolean last) {
    sum.update(bytes);
    if (last) {
      ws.send(Long.toHexString(sum.getValue()) + " by " + ws.subprotocol());
      sum.reset();
    }
  }

  /** Serves until it is stopped. */
  public static void main(String[] args) throws InterruptedException {
    try (Weir weir = start(8080)) {
      weir.awaitShutdown();
    }
  }
}
