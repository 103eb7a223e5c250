package dev.weir.http;

import dev.weir.names.IpLiteral;
import java.util.Locale;

/**
 * Scheme, host and port: who answers for a URI, and whom a connection is for (RFC 9110 4.3.1). Two
 * origins are equal if all three are. Immutable.
 *
 * @param scheme {@code http}, {@code https}, {@code ws} or {@code wss}, in lower case
 * @param host a name in lower case, or an IP address; an IPv6 address without brackets and in its
 *     canonical spelling (RFC 5952)
 * @param port from 1 to 65535; the scheme's own if there was none
 */
public record Origin(String scheme, String host, int port) {
  private static final int MAX_NAME = 254;
  private static final int MAX_PORT_DIGITS = 5;

  /**
   * Normalises the parts.
   *
   * @throws IllegalArgumentException if the scheme is another, the host is no name or address, or
   *     the port is out of range
   */
  public Origin {
    scheme = scheme.toLowerCase(Locale.ROOT);
    int defaultPort = defaultPort(scheme);
    host = normalHost(host);
    port = port < 0 ? defaultPort : port;
    if (port == 0 || port > 65535) {
      throw new IllegalArgumentException("A port is from 1 to 65535; got " + port);
    }
  }

  /**
   * Reads {@code host}, {@code host:port}, {@code [::1]} or {@code [::1]:port}.
   *
   * @throws IllegalArgumentException if it is something else, as when it has user information,
   *     which has no place in an http URI (RFC 9110 4.2.4)
   */
  public static Origin of(String scheme, String authority) {
    if (authority.indexOf('@') >= 0) {
      throw new IllegalArgumentException(
          "User information in a URI is not sent (RFC 9110 4.2.4): use the Authorization field");
    }
    int hostEnd = authority.startsWith("[") ? authority.indexOf(']') + 1 : authority.indexOf(':');
    if (hostEnd < 0) {
      hostEnd = authority.length();
    }
    return new Origin(scheme, authority.substring(0, hostEnd), port(authority, hostEnd));
  }

  /** What follows the host; -1 is the default port (RFC 3986 3.2.3), that of a colon alone too. */
  private static int port(String authority, int hostEnd) {
    int port = -1;
    for (int i = hostEnd; i < authority.length(); i++) {
      char c = authority.charAt(i);
      boolean fits = i == hostEnd ? c == ':' : c >= '0' && c <= '9';
      if (!fits || i - hostEnd > MAX_PORT_DIGITS) {
        throw new IllegalArgumentException("Not host and port: " + authority);
      }
      if (i > hostEnd) {
        port = Math.max(port, 0) * 10 + c - '0';
      }
    }
    return port;
  }

  /** Whether the scheme asks for TLS. */
  public boolean secure() {
    return scheme.equals("https") || scheme.equals("wss");
  }

  /** Whether the host is an IP address and so has no domain. */
  public boolean hasAddress() {
    return host.indexOf(':') >= 0 || IpLiteral.isIpv4(host);
  }

  /** Host and port as a Host field has them (RFC 9110 7.2): without the scheme's own port. */
  public String authority() {
    String bracketed = host.indexOf(':') >= 0 ? '[' + host + ']' : host;
    return port == defaultPort(scheme) ? bracketed : bracketed + ':' + port;
  }

  /** The serialised origin, as an Origin field has it (RFC 6454 6.2). */
  @Override
  public String toString() {
    return scheme + "://" + authority();
  }

  private static int defaultPort(String scheme) {
    return switch (scheme) {
      case "http", "ws" -> 80;
      case "https", "wss" -> 443;
      default ->
          throw new IllegalArgumentException(
              "The scheme must be http, https, ws or wss; got " + scheme);
    };
  }

  private static String normalHost(String host) {
    String bare =
        host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
    String ipv6 = IpLiteral.canonicalIpv6(bare);
    if (ipv6 != null) {
      return ipv6;
    }
    String lower = host.toLowerCase(Locale.ROOT);
    if (!isName(lower)) {
      throw new IllegalArgumentException(
          "Not the name or address of a host: "
              + host
              + "; international names are written as A-labels, xn-- and so on (RFC 5890 2.3.2.1)");
    }
    return lower;
  }

  /** Labels of letters, digits, hyphens and underscores, the last of which may be the root's. */
  private static boolean isName(String lower) {
    boolean begun = false;
    for (int i = 0; i < lower.length(); i++) {
      char c = lower.charAt(i);
      boolean ofLabel = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
      if (!ofLabel && !(c == '.' && begun)) {
        return false;
      }
      begun = ofLabel;
    }
    return !lower.isEmpty() && lower.length() <= MAX_NAME;
  }
}
