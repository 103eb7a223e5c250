/**
 * The HTTP server role.
 *
 * <p>Start with {@link dev.weir.http.server.HttpServer}: put its acceptor on a listener. {@link
 * dev.weir.http.server.Routes} and {@link dev.weir.http.server.Hosts} are handlers that choose
 * other handlers. {@code ServerRequest} and {@code ServerResponse} are one exchange whatever
 * version carries it; {@code ServerExchange} is the seam below them, which the versions implement:
 * {@code Http1ServerExchange} on an {@code Http1ServerConnection}, the adapter between the core in
 * {@code dev.weir.http.h1} and a byte stream.
 */
@NullMarked
package dev.weir.http.server;

import org.jspecify.annotations.NullMarked;
