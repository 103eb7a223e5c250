package dev.weir.http.client;

import dev.weir.http.TargetUri;
import java.time.Instant;

/**
 * A cookie that a jar keeps (RFC 6265 5.3).
 *
 * @param domain the host that set it, or the domain that it is for
 * @param hostOnly whether it is for the host alone, and not for those below
 * @param path which it is for, with all below
 * @param expires when it is gone; {@link Instant#MAX} if it stays as long as the jar
 * @param secure whether it goes over TLS alone
 * @param httpOnly whether scripts must not see it; a client without scripts only hands it on
 * @param order in which it was first set, among all of the jar
 */
record Cookie(
    String name,
    String value,
    String domain,
    boolean hostOnly,
    String path,
    Instant expires,
    boolean secure,
    boolean httpOnly,
    long order) {

  /** What makes two cookies the same: the later takes the place of the earlier. */
  record Key(String name, String domain, String path) {}

  Key key() {
    return new Key(name, domain, path);
  }

  /** With the order of the cookie that it replaces (RFC 6265 5.3, step 11). */
  Cookie inPlaceOf(Cookie other) {
    return new Cookie(name, value, domain, hostOnly, path, expires, secure, httpOnly, other.order);
  }

  boolean isFor(TargetUri target, Instant now) {
    String host = target.origin().host();
    return now.isBefore(expires)
        && (!secure || target.origin().secure())
        && (hostOnly ? host.equals(domain) : domainMatches(host, domain))
        && pathMatches(target.path(), path);
  }

  /** Whether a host is the domain or below it (RFC 6265 5.1.3); an address is below nothing. */
  static boolean domainMatches(String host, String domain) {
    return host.equals(domain)
        || (host.length() > domain.length()
            && host.endsWith(domain)
            && host.charAt(host.length() - domain.length() - 1) == '.');
  }

  /** RFC 6265 5.1.4. */
  static boolean pathMatches(String requestPath, String path) {
    return requestPath.startsWith(path)
        && (requestPath.length() == path.length()
            || path.endsWith("/")
            || requestPath.charAt(path.length()) == '/');
  }

  /** The path of a cookie that was set without one (RFC 6265 5.1.4). */
  static String defaultPath(String requestPath) {
    int slash = requestPath.lastIndexOf('/');
    return slash <= 0 ? "/" : requestPath.substring(0, slash);
  }
}
