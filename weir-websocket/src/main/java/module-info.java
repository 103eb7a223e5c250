/**
 * WebSocket (RFC 6455) with permessage-deflate (RFC 7692), over any byte stream.
 *
 * <p>Start reading at {@code dev.weir.websocket.session.WebSocketSession}, the protocol core that
 * both roles share.
 */
module dev.weir.websocket {
  requires transitive dev.weir.core;
  requires transitive dev.weir.http;
  requires static org.jspecify;

  exports dev.weir.websocket;
}
