package dev.weir.examples;

import dev.weir.Weir;
import dev.weir.tls.ClientAuth;
import dev.weir.tls.Identity;
import dev.weir.tls.PeerCertificates;
import dev.weir.tls.TlsServerConfig;
import dev.weir.tls.TlsSession;
import dev.weir.tls.Trust;
import java.net.InetSocketAddress;
import java.nio.file.Path;

/** HTTPS for those who have a certificate: the handler sees whose it is. */
public final class ClientCertificates {

  private ClientCertificates() {}

  /** Starts it; port 0 for any. */
  public static Weir start(int port, Identity identity, Trust clients) {
    Weir weir = Weir.start();
    TlsServerConfig tls =
        TlsServerConfig.of(identity).alpn("http/1.1").clients(ClientAuth.REQUIRED, clients).build();
    weir.host(
        "localhost",
        host ->
            host.tls(tls)
                .listen(new InetSocketAddress("localhost", port))
                .get(
                    "/whoami",
                    (request, response) -> {
                      TlsSession session = request.carrier().tls();
                      PeerCertificates peer = session == null ? null : session.peerCertificates();
                      response.text(peer == null ? "nobody" : peer.leaf().subject());
                    }));
    return weir;
  }

  /** Serves with the PKCS#12 identity and its password, and the PEM file of the clients' CA. */
  public static void main(String[] args) throws InterruptedException {
    Identity identity = Identity.pkcs12(Path.of(args[0]), args[1].toCharArray());
    try (Weir weir = start(8443, identity, Trust.pem(Path.of(args[2])))) {
      weir.awaitShutdown();
    }
  }
}
