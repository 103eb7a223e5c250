package dev.weir.tls;

import java.net.IDN;
import java.net.InetAddress;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The names a certificate is valid for: the dNSNames and iPAddresses of its subjectAltName. The
 * common name does not count (RFC 9525 2).
 *
 * @param dns names in lower case, a leading {@code *.} is a wildcard
 * @param addresses IPv4 and IPv6 addresses
 */
record CertificateNames(List<String> dns, List<InetAddress> addresses) {
  private static final int DNS_NAME = 2;
  private static final int IP_ADDRESS = 7;

  static CertificateNames of(X509Certificate certificate) {
    var dns = new ArrayList<String>();
    var addresses = new ArrayList<InetAddress>();
    try {
      var names = certificate.getSubjectAlternativeNames();
      for (var name : names == null ? List.<List<?>>of() : names) {
        if (name.get(1) instanceof String text) {
          switch ((Integer) name.get(0)) {
            case DNS_NAME -> dns.add(text.toLowerCase(Locale.ROOT));
            case IP_ADDRESS -> addresses.add(InetAddress.ofLiteral(text));
            default -> {}
          }
        }
      }
    } catch (CertificateParsingException | IllegalArgumentException e) {
      // A subjectAltName that cannot be read makes the certificate valid for no name.
      return new CertificateNames(List.of(), List.of());
    }
    return new CertificateNames(List.copyOf(dns), List.copyOf(addresses));
  }

  /** Returns whether the certificate is valid for this host: a name, or an IP literal. */
  boolean match(String host) {
    var address = address(host);
    if (address != null) {
      return addresses.contains(address);
    }
    String name = canonical(host);
    return dns.stream().anyMatch(pattern -> match(pattern, name));
  }

  /**
   * RFC 9525 6.3: a wildcard is the whole left-most label and stands for exactly one label. That at
   * least two labels follow it is our own care, and that of browsers.
   */
  private static boolean match(String pattern, String name) {
    if (!pattern.startsWith("*.")) {
      return pattern.equals(name);
    }
    int dot = name.indexOf('.');
    return dot > 0
        && pattern.indexOf('.', 2) > 0
        && name.regionMatches(dot, pattern, 1, Math.max(pattern.length() - 1, name.length() - dot));
  }

  /** Returns the address that a literal, with or without brackets, stands for; null for a name. */
  static @Nullable InetAddress address(String host) {
    boolean bracketed = host.startsWith("[") && host.endsWith("]");
    if (!bracketed && host.indexOf(':') < 0 && !endsInDigit(host)) {
      return null;
    }
    try {
      return InetAddress.ofLiteral(bracketed ? host.substring(1, host.length() - 1) : host);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  private static boolean endsInDigit(String host) {
    return !host.isEmpty() && Character.isDigit(host.charAt(host.length() - 1));
  }

  /** Lower case, A-labels, without the dot of the root. */
  static String canonical(String host) {
    String name = host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
    if (!name.chars().allMatch(c -> c < 0x80)) {
      try {
        name = IDN.toASCII(name);
      } catch (IllegalArgumentException e) {
        return name;
      }
    }
    return name.toLowerCase(Locale.ROOT);
  }

  @Override
  public String toString() {
    var all = new ArrayList<String>(dns);
    addresses.forEach(address -> all.add(address.getHostAddress()));
    return all.isEmpty() ? "no name" : String.join(", ", all);
  }
}
