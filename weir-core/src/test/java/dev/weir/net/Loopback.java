package dev.weir.net;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** The loopback addresses of both families; a test by one that the host lacks is skipped. */
enum Loopback {
  IPV4("127.0.0.1"),
  IPV6("::1");

  private final String literal;

  Loopback(String literal) {
    this.literal = literal;
  }

  /** Port 0 of this address. */
  InetSocketAddress any() throws IOException {
    InetAddress address = InetAddress.getByName(literal);
    assumeTrue(usable(address), () -> "the host has no " + this + ": cannot bind to " + literal);
    return new InetSocketAddress(address, 0);
  }

  private static boolean usable(InetAddress address) {
    try (ServerSocket socket = new ServerSocket(0, 1, address)) {
      return socket.isBound();
    } catch (IOException e) {
      return false;
    }
  }
}
