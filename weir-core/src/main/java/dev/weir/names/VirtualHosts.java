package dev.weir.names;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds a host by the name that a handshake or request carries.
 *
 * <pre>{@code
 * var contexts = new VirtualHosts<TlsServerContext>().add("a.example", a).add("*.b.example", b);
 * context.listen(address, Tls.server(provider, contexts::find, acceptor));
 * }</pre>
 *
 * <p>A host has a name, {@code example.com}, or a wildcard, {@code *.example.com}, for every name
 * below {@code example.com} at any depth; the exact name wins, then the longest wildcard, then the
 * default. Names compare without regard to case (RFC 9110 4.2.3). International names are given as
 * A-labels, {@code xn--...}, the only form that the wire knows.
 *
 * <p>Any thread may use it at any time. A change makes new tables and publishes them whole; a
 * connection keeps what it found. A lookup takes time by the length of the name, whatever the
 * number of hosts, and allocates nothing but for an IPv6 address.
 *
 * @param <T> what there is for each host
 */
public final class VirtualHosts<T> {
  private volatile Tables<T> tables = new Tables<>(Map.of(), null);

  /** No hosts. */
  public VirtualHosts() {}

  /**
   * Adds a host.
   *
   * @param pattern a name, {@code *.} and a name, an IPv4 address, or an IPv6 address in brackets;
   *     without port
   * @return these hosts
   * @throws IllegalArgumentException if it is malformed or there already
   */
  public synchronized VirtualHosts<T> add(String pattern, T host) {
    HostPattern parsed = HostPattern.parse(pattern);
    var hosts = new LinkedHashMap<>(tables.hosts);
    if (hosts.putIfAbsent(parsed, host) != null) {
      throw new IllegalArgumentException(
          "There is already a host " + pattern + ": remove it first");
    }
    tables = new Tables<>(hosts, tables.fallback);
    return this;
  }

  /**
   * Removes a host. Connections that found it before keep it.
   *
   * @return whether it was there
   * @throws IllegalArgumentException if the pattern is malformed
   */
  public synchronized boolean remove(String pattern) {
    var hosts = new LinkedHashMap<>(tables.hosts);
    boolean removed = hosts.remove(HostPattern.parse(pattern)) != null;
    tables = new Tables<>(hosts, tables.fallback);
    return removed;
  }

  /**
   * Sets what is found for every name that no host has; null, as it is at first, for nothing.
   *
   * @return these hosts
   */
  public synchronized VirtualHosts<T> setDefault(@Nullable T host) {
    tables = new Tables<>(tables.hosts, host);
    return this;
  }

  /**
   * Finds the host for a name. Text that is no name finds the default.
   *
   * @param name such as the host_name of a TLS handshake (RFC 6066 3), with or without a dot at the
   *     end, in any case; an IPv6 address stands in brackets; null if there was none
   */
  public @Nullable T find(@Nullable String name) {
    return name == null ? tables.fallback : find(name, name.length());
  }

  /**
   * Finds the host for the name that begins a longer text, as it does in the Host field of a
   * request, where a port may follow.
   *
   * @param end behind the last character of the name
   */
  public @Nullable T find(String text, int end) {
    Tables<T> now = tables;
    T found = now.find(text, end);
    return found == null ? now.fallback : found;
  }

  /** All hosts at one moment; never changed once published. */
  private static final class Tables<T> {
    final Map<HostPattern, T> hosts;
    final @Nullable T fallback;
    private final NameTable<T> exact;
    private final NameTable<T> below;

    Tables(Map<HostPattern, T> hosts, @Nullable T fallback) {
      this.hosts = hosts;
      this.fallback = fallback;
      exact = new NameTable<>(names(hosts, false));
      below = new NameTable<>(names(hosts, true));
    }

    private static <T> Map<String, T> names(Map<HostPattern, T> hosts, boolean wildcard) {
      var names = new LinkedHashMap<String, T>();
      hosts.forEach((pattern, host) -> {
        if (pattern.wildcard() == wildcard) {
          names.put(pattern.name(), host);
        }
      });
      return names;
    }

    @Nullable T find(String text, int length) {
      if (text.startsWith("[")) {
        return findIpv6(text, length);
      }
      int end = length > 0 && text.charAt(length - 1) == '.' ? length - 1 : length;
      T best = null;
      int hash = 0;
      for (int i = end - 1; i >= 0; i--) {
        char c = text.charAt(i);
        if (c == '.' && i > 0) {
          T wildcard = below.get(hash, text, i + 1, end);
          best = wildcard == null ? best : wildcard;
        }
        hash = NameTable.extend(hash, c);
      }
      T same = exact.get(hash, text, 0, end);
      return same == null ? best : same;
    }

    private @Nullable T findIpv6(String text, int end) {
      if (end < 2 || text.charAt(end - 1) != ']') {
        return null;
      }
      String address = IpLiteral.canonicalIpv6(text.substring(1, end - 1));
      return address == null ? null : exact.get('[' + address + ']');
    }
  }
}
