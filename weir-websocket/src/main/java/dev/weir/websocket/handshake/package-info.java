/**
 * Opening handshakes without I/O (RFC 6455 4), over an HTTP/1.1 upgrade or an extended CONNECT of
 * HTTP/2 or HTTP/3 (RFC 8441, RFC 9220).
 *
 * <p>{@link dev.weir.websocket.handshake.ServerHandshake} answers a request, {@link
 * dev.weir.websocket.handshake.ClientHandshake} makes one and checks its answer. They read and
 * write header sections only; who carries these is up to the role.
 */
@NullMarked
package dev.weir.websocket.handshake;

import org.jspecify.annotations.NullMarked;
