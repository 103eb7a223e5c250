package dev.weir.names;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/** IP addresses as they stand in an authority (RFC 3986 3.2.2). Stateless; asks no name service. */
public final class IpLiteral {
  private static final int GROUPS = 8;

  private IpLiteral() {}

  /** Whether the text is an IPv4 address of four decimal numbers. */
  public static boolean isIpv4(String text) {
    if (text.isEmpty() || text.length() > 15 || text.chars().filter(c -> c == '.').count() != 3) {
      return false;
    }
    try {
      return Inet4Address.ofLiteral(text) != null;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /**
   * The one proper spelling of an IPv6 address (RFC 5952 4): lower case, no leading zeros, the
   * longest run of two or more zero groups shortened.
   *
   * @param text without brackets
   * @return null if it is no IPv6 address, or one with a zone, which means nothing to a peer
   */
  public static @Nullable String canonicalIpv6(String text) {
    if (text.indexOf(':') < 0 || text.indexOf('%') >= 0 || text.indexOf('[') >= 0) {
      return null;
    }
    try {
      return switch (Inet6Address.ofLiteral(text)) {
        case Inet6Address address -> format(address.getAddress());
        // Java has an IPv4 address mapped into IPv6 as the former (RFC 5952 5 for its spelling).
        case InetAddress mapped -> "::ffff:" + mapped.getHostAddress();
      };
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  private static String format(byte[] address) {
    int[] groups = new int[GROUPS];
    for (int i = 0; i < GROUPS; i++) {
      groups[i] = (address[2 * i] & 0xFF) << 8 | (address[2 * i + 1] & 0xFF);
    }
    int zerosFrom = GROUPS;
    int zerosTo = GROUPS;
    for (int from = 0; from < GROUPS; from++) {
      int to = from;
      while (to < GROUPS && groups[to] == 0) {
        to++;
      }
      if (to - from > 1 && to - from > zerosTo - zerosFrom) {
        zerosFrom = from;
        zerosTo = to;
      }
    }
    var text = new StringBuilder(39);
    for (int i = 0; i < GROUPS; i++) {
      if (i == zerosFrom) {
        text.append("::");
        i = zerosTo - 1;
      } else {
        if (i > 0 && i != zerosTo) {
          text.append(':');
        }
        text.append(Integer.toHexString(groups[i]));
      }
    }
    return text.toString();
  }
}
