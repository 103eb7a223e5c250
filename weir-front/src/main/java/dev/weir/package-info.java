/**
 * The front door.
 *
 * <p>Start with {@link dev.weir.Weir}: it starts loops, adds hosts and makes clients. A {@link
 * dev.weir.Host} has a name, an identity, ports and routes. Everything here is put together from
 * the modules below, which can be used by themselves: {@code dev.weir.net.Context} for loops and
 * streams, {@code dev.weir.http.server.HttpServer} for the HTTP role.
 */
@NullMarked
package dev.weir;

import org.jspecify.annotations.NullMarked;
