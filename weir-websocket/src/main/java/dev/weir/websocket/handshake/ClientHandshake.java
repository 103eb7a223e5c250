package dev.weir.websocket.handshake;

import dev.weir.http.FieldLists;
import dev.weir.http.HeaderName;
import dev.weir.http.Headers;
import dev.weir.websocket.DeflateSettings;
import dev.weir.websocket.WebSocketException.HandshakeFailed;
import dev.weir.websocket.deflate.DeflateNegotiation;
import dev.weir.websocket.deflate.DeflateParameters;
import dev.weir.websocket.extension.Extension;
import dev.weir.websocket.extension.ExtensionParser;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A client's side of the opening handshake (RFC 6455 4.1, RFC 8441 5, RFC 9220 3): one for each
 * attempt. Not thread-safe.
 */
public final class ClientHandshake {

  private static final int SWITCHING_PROTOCOLS = 101;
  private static final int OK = 200;

  private final String key;
  private final List<String> subprotocols;
  private final @Nullable DeflateSettings deflate;

  /**
   * What the server granted.
   *
   * @param subprotocol what it chose, or null
   * @param deflate the compression that was agreed, or null
   */
  public record Established(@Nullable String subprotocol, @Nullable DeflateParameters deflate) {}

  /**
   * Makes a client's side.
   *
   * @param nonce 16 random bytes
   * @param subprotocols those the client speaks, the best first
   * @param deflate how to compress, or null to offer no compression
   * @throws IllegalArgumentException if the subprotocols are not different tokens
   */
  public ClientHandshake(
      byte[] nonce, List<String> subprotocols, @Nullable DeflateSettings deflate) {
    key = HandshakeKey.of(nonce);
    this.subprotocols = List.copyOf(subprotocols);
    this.deflate = deflate;
    if (!Subprotocols.areValid(subprotocols)) {
      throw new IllegalArgumentException("subprotocols must be different tokens: " + subprotocols);
    }
  }

  /**
   * The fields that the Upgrade of HTTP/1.1 needs, besides those that say so and those of {@link
   * #addConnect}.
   */
  public Headers ofUpgrade() {
    return Headers.create().add(HeaderName.SEC_WEBSOCKET_KEY, key);
  }

  /**
   * Adds what makes a request an opening handshake, be it a GET with {@code Upgrade: websocket} or
   * an extended CONNECT whose {@code :protocol} is websocket.
   *
   * @param request the fields of the request
   */
  public void addConnect(Headers request) {
    request.add(HeaderName.SEC_WEBSOCKET_VERSION, "13");
    if (!subprotocols.isEmpty()) {
      request.add(HeaderName.SEC_WEBSOCKET_PROTOCOL, String.join(", ", subprotocols));
    }
    if (deflate != null) {
      request.add(
          HeaderName.SEC_WEBSOCKET_EXTENSIONS, DeflateNegotiation.offer(deflate).toString());
    }
  }

  /**
   * Checks the answer to an upgrade (RFC 6455 4.1).
   *
   * @param status the final status
   * @param headers the answer's
   * @return what was granted
   * @throws HandshakeFailed if what follows is not WebSocket, or not as it was asked for
   */
  public Established upgraded(int status, Headers headers) {
    if (status != SWITCHING_PROTOCOLS) {
      throw new HandshakeFailed(status, "RFC 6455 4.1", "answered with " + status + ", not 101");
    }
    require(
        status,
        headers.all(HeaderName.UPGRADE).size() == 1
            && FieldLists.contains(headers, HeaderName.UPGRADE, "websocket"),
        "Upgrade: websocket is missing");
    require(
        status,
        FieldLists.contains(headers, HeaderName.CONNECTION, "Upgrade"),
        "Connection: Upgrade is missing");
    require(
        status,
        headers.all(HeaderName.SEC_WEBSOCKET_ACCEPT).equals(List.of(HandshakeKey.accept(key))),
        "Sec-WebSocket-Accept does not belong to the key");
    return established(status, headers);
  }

  /**
   * Checks the answer to an extended CONNECT (RFC 8441 5).
   *
   * @param status the final status
   * @param headers the answer's
   * @return what was granted
   * @throws HandshakeFailed if what follows is not WebSocket, or not as it was asked for
   */
  public Established connected(int status, Headers headers) {
    if (status != OK) {
      throw new HandshakeFailed(status, "RFC 8441 5", "answered with " + status + ", not 200");
    }
    return established(status, headers);
  }

  private Established established(int status, Headers headers) {
    List<String> chosen = headers.all(HeaderName.SEC_WEBSOCKET_PROTOCOL);
    require(
        status,
        chosen.isEmpty() || (chosen.size() == 1 && subprotocols.contains(chosen.getFirst())),
        "subprotocol " + chosen + " was not asked for");
    List<Extension> extensions;
    DeflateParameters agreed = null;
    try {
      extensions = ExtensionParser.parse(headers.all(HeaderName.SEC_WEBSOCKET_EXTENSIONS));
      DeflateSettings offered = deflate;
      if (!extensions.isEmpty()) {
        Extension only = extensions.getFirst();
        require(
            status,
            extensions.size() == 1
                && offered != null
                && only.name().equalsIgnoreCase(DeflateNegotiation.NAME),
            "extensions " + extensions + " were not offered");
        agreed = offered == null ? null : DeflateNegotiation.agree(only, offered);
      }
    } catch (IllegalArgumentException e) {
      throw new HandshakeFailed(status, "RFC 6455 9.1", String.valueOf(e.getMessage()));
    }
    return new Established(chosen.isEmpty() ? null : chosen.getFirst(), agreed);
  }

  private static void require(int status, boolean condition, String otherwise) {
    if (!condition) {
      throw new HandshakeFailed(status, "RFC 6455 4.1", otherwise);
    }
  }
}
