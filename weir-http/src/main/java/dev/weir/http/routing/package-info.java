/**
 * Which handler a request goes to, by its method and path.
 *
 * <p>{@link dev.weir.http.routing.Router} is the whole API: patterns go in, a {@link
 * dev.weir.http.routing.RouteMatch} comes out, which says 404, 405 and OPTIONS (RFC 9110 9.3.7)
 * itself. Behind it an immutable {@code RouteTable} is replaced as a whole by every change: a hash
 * table for paths without a parameter and a tree of segments for the others. {@code PathPattern}
 * reads a pattern; an {@code Endpoint} is one pattern with all its methods.
 */
@NullMarked
package dev.weir.http.routing;

import org.jspecify.annotations.NullMarked;
