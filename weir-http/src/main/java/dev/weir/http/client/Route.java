package dev.weir.http.client;

import dev.weir.http.Origin;
import dev.weir.net.Endpoint;
import org.jspecify.annotations.Nullable;

/**
 * What a connection must have in common with a request to carry it: the origin (RFC 9110 4.3.1),
 * and the way there.
 *
 * @param via where to connect to in place of the origin's host and port, or {@code null}
 * @param http1 whether no other version will do
 */
record Route(Origin origin, @Nullable Endpoint via, boolean http1) {

  Endpoint endpoint() {
    return via != null ? via : Endpoint.tcp(origin.host(), origin.port());
  }

  @Override
  public String toString() {
    return via == null ? origin.toString() : origin + " via " + via;
  }
}
