/**
 * WebSocket: handlers, connections and the handshakes that open them; limits, settings and errors.
 *
 * <p>The protocol itself lives in packages that are not exported, one for each concern, none of
 * which does any I/O:
 *
 * <ul>
 *   <li>{@code frame}: frames and masking (RFC 6455 5), incremental UTF-8;
 *   <li>{@code extension}: the syntax in which extensions are negotiated (RFC 6455 9.1);
 *   <li>{@code deflate}: permessage-deflate and its negotiation (RFC 7692);
 *   <li>{@code handshake}: opening handshakes of both sides (RFC 6455 4, RFC 8441, RFC 9220);
 *   <li>{@code session}: messages, pings and the closing handshake, tying the others together.
 * </ul>
 */
@NullMarked
package dev.weir.websocket;

import org.jspecify.annotations.NullMarked;
