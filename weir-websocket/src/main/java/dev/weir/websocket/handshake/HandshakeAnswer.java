package dev.weir.websocket.handshake;

import dev.weir.http.Headers;
import dev.weir.http.Status;
import dev.weir.websocket.deflate.DeflateParameters;
import org.jspecify.annotations.Nullable;

/** What a server answers to an opening handshake. */
public sealed interface HandshakeAnswer {

  /**
   * Returns the status to send.
   *
   * @return 101 or 200 if accepted
   */
  Status status();

  /**
   * Returns the fields to send.
   *
   * @return the answer's own, to which the role may add
   */
  Headers headers();

  /**
   * What follows is WebSocket.
   *
   * @param status 101 for an upgrade, 200 for an extended CONNECT
   * @param headers the fields of the answer
   * @param subprotocol what was chosen, or null
   * @param deflate the compression that was agreed, or null
   */
  record Accepted(
      Status status,
      Headers headers,
      @Nullable String subprotocol,
      @Nullable DeflateParameters deflate)
      implements HandshakeAnswer {}

  /**
   * The connection stays with HTTP.
   *
   * @param status why, in a number
   * @param headers the fields of the answer
   * @param reason why, in words for the log or the body
   */
  record Refused(Status status, Headers headers, String reason) implements HandshakeAnswer {}
}
