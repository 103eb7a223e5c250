package dev.weir.websocket.handshake;

import dev.weir.websocket.DeflateSettings;
import dev.weir.websocket.OriginPolicy;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a server grants.
 *
 * @param origins which pages may connect
 * @param subprotocols those that are spoken; the first that the client names is chosen
 * @param deflate how to compress, or null to accept no compression
 */
public record HandshakePolicy(
    OriginPolicy origins, List<String> subprotocols, @Nullable DeflateSettings deflate) {

  /** Copies the list. */
  public HandshakePolicy {
    subprotocols = List.copyOf(subprotocols);
  }
}
