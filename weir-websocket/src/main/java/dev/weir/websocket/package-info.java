/**
 * WebSocket: handlers, connections and the handshakes that open them; limits, settings and errors.
 *
 * <p>The protocol itself lives in packages that are not exported, one for each concern, none of
 * which does any I/O:
 *
 * <ul>
 *   <li>{@code frame}: frames and masking (RFC 6455 5), incremental UTF-8;
 *   <li>{@code session}: messages, pings and the closing handshake, on top of the frames.
 * </ul>
 */
@NullMarked
package dev.weir.websocket;

import org.jspecify.annotations.NullMarked;
