package dev.weir.websocket;

import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which web pages may open a WebSocket (RFC 6455 4.2.2, 10.2). Browsers say in the Origin field
 * where a page is from, and are bound by no other rule: without a policy any page on the web could
 * act in the name of a user who happens to be logged in here.
 *
 * <p>Called on the loop; must not block.
 */
@FunctionalInterface
public interface OriginPolicy {

  /**
   * Decides.
   *
   * @param origin the Origin field, null if there is none, as from clients that are no browsers
   * @param secure whether the request came over TLS
   * @param authority the host and port that the request is for, from Host or {@code :authority}
   * @return whether the page may connect; if not, the handshake is answered with 403
   */
  boolean accepts(@Nullable String origin, boolean secure, String authority);

  /**
   * Accepts every page.
   *
   * @return the policy
   */
  static OriginPolicy any() {
    return (origin, secure, authority) -> true;
  }

  /**
   * Accepts pages from the host and port that they connect to, and clients that are no browsers;
   * the default. A request that came over TLS wants a page that did so too. One that did not takes
   * both, as a proxy in front may have ended TLS.
   *
   * @return the policy
   */
  static OriginPolicy sameOrigin() {
    return (origin, secure, authority) -> {
      if (origin == null) {
        return true;
      }
      String page = origin.toLowerCase(Locale.ROOT);
      int port;
      if (page.startsWith("https://")) {
        port = 443;
      } else if (page.startsWith("http://") && !secure) {
        port = 80;
      } else {
        return false;
      }
      String host = page.substring(page.indexOf("://") + 3);
      return withPort(host, port).equals(withPort(authority.toLowerCase(Locale.ROOT), port));
    };
  }

  /**
   * Accepts pages from the given origins, and clients that are no browsers.
   *
   * @param origins as browsers send them, {@code https://example.org} or {@code
   *     http://example.org:8080}, in lower case
   * @return the policy
   */
  static OriginPolicy listed(Set<String> origins) {
    Set<String> copy = Set.copyOf(origins);
    return (origin, secure, authority) ->
        origin == null || copy.contains(origin.toLowerCase(Locale.ROOT));
  }

  private static String withPort(String authority, int port) {
    int afterHost = authority.lastIndexOf(']') + 1;
    return authority.indexOf(':', afterHost) >= 0 ? authority : authority + ":" + port;
  }
}
