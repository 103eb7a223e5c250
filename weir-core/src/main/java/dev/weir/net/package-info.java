/**
 * Contexts, listeners, connections.
 *
 * <p>Start with {@link dev.weir.net.Context}: it has the loops and makes everything that lives on
 * them. {@code SocketStream} is the byte stream on a socket, {@code SocketDatagrams} its unordered
 * sister; {@code SocketListener} accepts, {@code Connecting} races a name's addresses (RFC 8305),
 * {@code Draining} brings a loop to its end. A {@link dev.weir.net.StreamAcceptor} gives each new
 * connection its handler.
 */
@NullMarked
package dev.weir.net;

import org.jspecify.annotations.NullMarked;
