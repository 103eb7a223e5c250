package dev.weir.net;

import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Path;

/** Where to connect to. */
public sealed interface Endpoint {

  /** A host, by name or as an address literal, and a port. */
  static Endpoint tcp(String host, int port) {
    return new Host(host, port);
  }

  /** A unix socket. */
  static Endpoint unix(Path path) {
    return new Address(UnixDomainSocketAddress.of(path));
  }

  /** An address that needs no looking up. */
  static Endpoint of(SocketAddress address) {
    return new Address(address);
  }

  /**
   * A host and a port.
   *
   * @param name a DNS name, or an IPv4 or IPv6 literal without brackets
   * @param port from 1 to 65535
   */
  record Host(String name, int port) implements Endpoint {
    /** Checks the port. */
    public Host {
      if (port < 1 || port > 65_535) {
        throw new IllegalArgumentException("a port is from 1 to 65535, not " + port);
      }
    }

    @Override
    public String toString() {
      return name.indexOf(':') >= 0 ? "[" + name + "]:" + port : name + ":" + port;
    }
  }

  /** A resolved address. */
  record Address(SocketAddress address) implements Endpoint {
    @Override
    public String toString() {
      return address.toString();
    }
  }
}
