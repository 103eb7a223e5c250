package dev.weir.names;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The name of a host, or {@code *.} and the name of a domain.
 *
 * @param name in lower case, without {@code *.} and without a dot at the end; an IPv6 address in
 *     brackets and in its canonical spelling
 * @param wildcard whether it stands for every name below, at any depth, but not for the name itself
 */
record HostPattern(String name, boolean wildcard) {
  /** The longest name there may be (RFC 1035 2.3.4). */
  static final int MAX_NAME = 253;

  /** Letters, digits, hyphens; and the underscore, which hosts inside an organisation do have. */
  private static final Pattern NAME =
      Pattern.compile("(?!-)[a-z0-9_-]{1,63}(?<!-)(\\.(?!-)[a-z0-9_-]{1,63}(?<!-))*");

  /**
   * Reads a pattern: {@code example.com}, {@code *.example.com}, {@code 192.0.2.1}, {@code [::1]}.
   *
   * @throws IllegalArgumentException if it is none
   */
  static HostPattern parse(String text) {
    if (text.startsWith("[") && text.endsWith("]")) {
      String address = IpLiteral.canonicalIpv6(text.substring(1, text.length() - 1));
      if (address == null) {
        throw bad(text, "an IPv6 address belongs between the brackets, such as [::1]");
      }
      return new HostPattern('[' + address + ']', false);
    }
    if (!text.chars().allMatch(c -> c < 0x80)) {
      throw bad(
          text, "write it as the wire has it, in A-labels: xn-- and so on (RFC 5890 2.3.2.1)");
    }
    boolean wildcard = text.startsWith("*.");
    String name = (wildcard ? text.substring(2) : text).toLowerCase(Locale.ROOT);
    if (name.endsWith(".")) {
      name = name.substring(0, name.length() - 1);
    }
    if (name.length() > MAX_NAME || !NAME.matcher(name).matches()) {
      throw bad(
          text, "a name is labels of letters, digits and hyphens (RFC 1123 2.1), without port");
    }
    if (wildcard && IpLiteral.isIpv4(name)) {
      throw bad(text, "an address has no names below it");
    }
    return new HostPattern(name, wildcard);
  }

  private static IllegalArgumentException bad(String text, String problem) {
    return new IllegalArgumentException("Not the name of a host: " + text + "; " + problem);
  }
}
