/** WebSocket framing, permessage-deflate and handshakes. */
module dev.weir.websocket {
  requires transitive dev.weir.core;
  requires transitive dev.weir.http;
  requires static org.jspecify;
}
