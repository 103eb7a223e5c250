package dev.weir.http.client;

import dev.weir.http.Headers;
import dev.weir.http.Method;
import dev.weir.http.Origin;
import dev.weir.http.TargetUri;
import dev.weir.net.Endpoint;
import org.jspecify.annotations.Nullable;

/**
 * What is asked for, whatever connection it goes over.
 *
 * @param wholeServer whether it is about the server and no resource of it (RFC 9110 7.1)
 * @param headers the caller's fields
 * @param upgrade the protocol that is offered, or {@code null}
 * @param idempotent whether the caller says that asking twice does no harm
 */
record Request(
    Method method,
    TargetUri target,
    boolean wholeServer,
    Headers headers,
    @Nullable BodySource body,
    @Nullable Endpoint via,
    @Nullable String upgrade,
    boolean expectContinue,
    boolean idempotent) {

  Route route() {
    return new Route(target.origin(), via);
  }

  /** What the request line says (RFC 9112 3.2): CONNECT names host and port. */
  String requestTarget() {
    if (method.equals(Method.CONNECT)) {
      Origin origin = target.origin();
      boolean ipv6 = origin.host().indexOf(':') >= 0;
      return (ipv6 ? "[" + origin.host() + "]" : origin.host()) + ":" + origin.port();
    }
    return wholeServer ? "*" : target.requestTarget();
  }

  /** Whether it may be sent again although nobody knows what came of it (RFC 9110 9.2.2). */
  boolean repeatable() {
    return (idempotent || method.idempotent()) && (body == null || body.repeatable());
  }

  boolean offersSwitch() {
    return upgrade != null || method.equals(Method.CONNECT);
  }
}
