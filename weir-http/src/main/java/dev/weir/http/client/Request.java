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
 * @param upgrade what is offered to switch to, or {@code null}
 * @param idempotent whether the caller says that asking twice does no harm
 */
record Request(
    Method method,
    TargetUri target,
    boolean wholeServer,
    Headers headers,
    @Nullable BodySource body,
    @Nullable Endpoint via,
    @Nullable Upgrade upgrade,
    boolean expectContinue,
    boolean idempotent) {

  /**
   * Another protocol that is offered.
   *
   * @param onlyHttp1 fields that go with an Upgrade of HTTP/1.1 alone
   */
  record Upgrade(String protocol, Headers onlyHttp1) {}

  /** The way to its server; by HTTP/1.1 alone, if it has to be. */
  Route route(boolean http1) {
    return new Route(target.origin(), via, http1);
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
    return (idempotent || method.idempotent()) && canSendAgain();
  }

  /** Whether all of it is still there after it was sent. */
  boolean canSendAgain() {
    return body == null || body.repeatable();
  }

  /** The request that follows a redirect; another origin is not reached by the first one's way. */
  Request follow(RedirectChain.Decision.Follow to) {
    boolean sameOrigin = to.target().origin().equals(target.origin());
    return new Request(
        to.method(),
        to.target(),
        false,
        to.fields(headers),
        to.content() ? body : null,
        sameOrigin ? via : null,
        upgrade,
        expectContinue && to.content(),
        idempotent && to.content());
  }

  /** The same, sent without being asked for (RFC 9110 10.1.1). */
  Request withoutExpect() {
    return new Request(method, target, wholeServer, headers, body, via, upgrade, false, idempotent);
  }

  /** Whether another request may be sent behind it before it is answered (RFC 9112 9.3.2). */
  boolean pipelinable() {
    return body == null && repeatable() && !offersSwitch();
  }

  boolean offersSwitch() {
    return upgrade != null || method.equals(Method.CONNECT);
  }
}
