package dev.weir.websocket.handshake;

import dev.weir.http.FieldLists;
import dev.weir.http.HeaderName;
import dev.weir.http.Headers;
import dev.weir.http.Method;
import dev.weir.http.Status;
import dev.weir.websocket.DeflateSettings;
import dev.weir.websocket.deflate.DeflateNegotiation;
import dev.weir.websocket.deflate.DeflateParameters;
import dev.weir.websocket.extension.Extension;
import dev.weir.websocket.extension.ExtensionParser;
import java.util.List;

/**
 * A server's side of the opening handshake (RFC 6455 4.2, RFC 8441 5, RFC 9220 3). Immutable; for
 * any thread.
 */
public final class ServerHandshake {

  private static final String VERSION = "13";
  private static final String PROTOCOL = "websocket";

  private final HandshakePolicy policy;

  /**
   * Makes the side of a server that grants this.
   *
   * @param policy what it grants
   */
  public ServerHandshake(HandshakePolicy policy) {
    this.policy = policy;
  }

  /**
   * Tells whether an HTTP/1.1 request asks for a WebSocket, well-formed or not.
   *
   * @param headers the request's
   * @return whether Upgrade names it
   */
  public static boolean isUpgrade(Headers headers) {
    return FieldLists.contains(headers, HeaderName.UPGRADE, PROTOCOL);
  }

  /**
   * Answers an HTTP/1.1 request (RFC 6455 4.2.1). Its version and its Host field are HTTP's to
   * check.
   *
   * @param method the request's
   * @param headers the request's
   * @param secure whether it came over TLS
   * @param authority from Host
   * @return the answer
   */
  public HandshakeAnswer upgrade(Method method, Headers headers, boolean secure, String authority) {
    if (!method.equals(Method.GET)) {
      return refused(
          Status.METHOD_NOT_ALLOWED,
          Headers.of("Allow", "GET"),
          "a WebSocket is opened by GET, not " + method);
    }
    if (!isUpgrade(headers)
        || !FieldLists.contains(headers, HeaderName.CONNECTION, HeaderName.UPGRADE.toString())) {
      return refused(
          Status.UPGRADE_REQUIRED,
          upgradeTo(),
          "Upgrade: websocket and Connection: Upgrade needed");
    }
    if (!isVersionKnown(headers)) {
      return refused(
          Status.UPGRADE_REQUIRED,
          upgradeTo().add(HeaderName.SEC_WEBSOCKET_VERSION, VERSION),
          "Sec-WebSocket-Version: 13 needed");
    }
    List<String> keys = headers.all(HeaderName.SEC_WEBSOCKET_KEY);
    if (keys.size() != 1 || !HandshakeKey.isValid(keys.getFirst())) {
      return badRequest("one Sec-WebSocket-Key of 16 bytes in Base64 needed");
    }
    Headers answer =
        upgradeTo().add(HeaderName.SEC_WEBSOCKET_ACCEPT, HandshakeKey.accept(keys.getFirst()));
    return grant(Status.SWITCHING_PROTOCOLS, answer, headers, secure, authority);
  }

  /**
   * Answers an extended CONNECT whose {@code :protocol} is websocket (RFC 8441 5).
   *
   * @param headers the request's, without pseudo-header fields
   * @param secure whether its {@code :scheme} is https
   * @param authority its {@code :authority}
   * @return the answer
   */
  public HandshakeAnswer connect(Headers headers, boolean secure, String authority) {
    if (!isVersionKnown(headers)) {
      return refused(
          Status.BAD_REQUEST,
          Headers.create().add(HeaderName.SEC_WEBSOCKET_VERSION, VERSION),
          "Sec-WebSocket-Version: 13 needed");
    }
    return grant(Status.OK, Headers.create(), headers, secure, authority);
  }

  private HandshakeAnswer grant(
      Status status, Headers answer, Headers request, boolean secure, String authority) {
    List<String> origins = request.all(HeaderName.ORIGIN);
    String origin = origins.isEmpty() ? null : origins.getFirst();
    if (origins.size() > 1 || !policy.origins().accepts(origin, secure, authority)) {
      return refused(Status.FORBIDDEN, Headers.create(), "origin " + origins + " may not connect");
    }
    List<String> wanted = FieldLists.elements(request, HeaderName.SEC_WEBSOCKET_PROTOCOL);
    if (!Subprotocols.areValid(wanted)) {
      return badRequest("Sec-WebSocket-Protocol must be a list of different tokens");
    }
    String subprotocol = Subprotocols.choose(wanted, policy.subprotocols());
    if (subprotocol != null) {
      answer.add(HeaderName.SEC_WEBSOCKET_PROTOCOL, subprotocol);
    }
    List<Extension> offers;
    try {
      offers = ExtensionParser.parse(request.all(HeaderName.SEC_WEBSOCKET_EXTENSIONS));
    } catch (IllegalArgumentException e) {
      return badRequest("Sec-WebSocket-Extensions: " + e.getMessage());
    }
    DeflateSettings deflate = policy.deflate();
    DeflateNegotiation.Accepted accepted =
        deflate == null ? null : DeflateNegotiation.accept(offers, deflate);
    DeflateParameters parameters = null;
    if (accepted != null) {
      answer.add(HeaderName.SEC_WEBSOCKET_EXTENSIONS, accepted.response().toString());
      parameters = accepted.parameters();
    }
    return new HandshakeAnswer.Accepted(status, answer, subprotocol, parameters);
  }

  private static boolean isVersionKnown(Headers headers) {
    return headers.all(HeaderName.SEC_WEBSOCKET_VERSION).equals(List.of(VERSION));
  }

  private static Headers upgradeTo() {
    return Headers.create()
        .add(HeaderName.UPGRADE, PROTOCOL)
        .add(HeaderName.CONNECTION, HeaderName.UPGRADE.toString());
  }

  private static HandshakeAnswer badRequest(String reason) {
    return refused(Status.BAD_REQUEST, Headers.create(), reason);
  }

  private static HandshakeAnswer refused(Status status, Headers headers, String reason) {
    return new HandshakeAnswer.Refused(status, headers, reason);
  }
}
