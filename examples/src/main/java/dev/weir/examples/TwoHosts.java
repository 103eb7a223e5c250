package dev.weir.examples;

import dev.weir.Host;
import dev.weir.Weir;
import dev.weir.tls.Identity;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.nio.charset.Charset;
import java.nio.file.Path;

/**
 * Two hosts on one port, each with its own identity, pages and name or names; a third comes, goes
 * and gets a new certificate while the others are served.
 */
public final class TwoHosts {

  private TwoHosts() {}

  /** Starts them; port 0 for any. Answers the host that has the name {@code one.localhost}. */
  public static Host start(Weir weir, int port, Identity one, Identity two) {
    Host first =
        weir.host(
            "one.localhost",
            host ->
                host.tls(one)
                    .listen(new InetSocketAddress("localhost", port))
                    .get("/", (request, response) -> response.text("the one\n")));
    add(weir, first, "*.two.localhost", two);
    return first;
  }

  /** Adds a host where another one listens. */
  public static Host add(Weir weir, Host beside, String name, Identity identity) {
    return weir.host(
        name,
        host ->
            host.tls(identity)
                .listen((InetSocketAddress) beside.addresses().getFirst())
                .get(
                    "/", (request, response) -> response.text("you asked " + request.authority())));
  }

  /**
   * Serves with two identities, each a PEM file with key and chain, until standard input ends; each
   * line that comes there reads the first anew.
   */
  public static void main(String[] args) throws IOException {
    Path one = Path.of(args[0]);
    Path two = Path.of(args[1]);
    try (Weir weir = Weir.start();
        var in = new BufferedReader(new InputStreamReader(System.in, Charset.defaultCharset()))) {
      Host first = start(weir, 8443, Identity.pem(one, one), Identity.pem(two, two));
      while (in.readLine() != null) {
        // From here on handshakes show the new one; connections that live go on.
        first.tls(Identity.pem(one, one));
      }
    }
  }
}
