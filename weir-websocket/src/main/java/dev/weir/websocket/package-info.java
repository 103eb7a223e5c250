/** WebSocket: handlers, connections and the handshakes that open them. */
@NullMarked
package dev.weir.websocket;

import org.jspecify.annotations.NullMarked;
