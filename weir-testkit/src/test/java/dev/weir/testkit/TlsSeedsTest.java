package dev.weir.testkit;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.net.Context;
import dev.weir.net.Endpoint;
import dev.weir.net.Listener;
import dev.weir.net.Tls;
import dev.weir.tls.Identity;
import dev.weir.tls.TlsClientConfig;
import dev.weir.tls.TlsClientContext;
import dev.weir.tls.TlsProvider;
import dev.weir.tls.TlsServerConfig;
import dev.weir.tls.TlsServerContext;
import dev.weir.tls.Trust;
import java.time.Duration;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * TLS between two parties on bad networks, from the first byte of the handshake to close_notify:
 * every byte arrives, or an error says why, and what the network cuts off is never taken for an end
 * (RFC 8446 6.1).
 *
 * <p>Sessions are resumed from one network to the next. What JSSE draws at random is not the
 * network's, so a failure may need the runs before it to be seen again.
 */
class TlsSeedsTest {

  private static final TlsProvider JSSE = TlsProvider.named(TlsProvider.JSSE);
  private static final Identity IDENTITY = Identity.selfSigned("server");
  private static final TlsServerContext SERVER = JSSE.server(TlsServerConfig.of(IDENTITY).build());
  private static final TlsClientContext CLIENT =
      JSSE.client(TlsClientConfig.of(Trust.certificates(IDENTITY.chain())).build());

  private int whole;
  private int cut;

  @Test
  void hundredsOfNetworks() {
    run(300);
  }

  @Test
  @Tag("thorough")
  void tenThousandNetworks() {
    run(10_000);
  }

  private void run(int networks) {
    Seeds.of(networks).run(this::begin);
    assertTrue(whole > cut, whole + " conversations were whole, " + cut + " were not");
  }

  private Runnable begin(SimNetwork net) {
    RandomGenerator random = net.random();
    SimHost server = net.host("server");
    SimHost client = net.host("client");
    net.conditions(LinkConditions.hostile(random));
    server.conditions(HostConditions.hostile(random));
    client.conditions(HostConditions.hostile(random));
    Context serving = server.context(1);
    Context connecting = client.context(1);
    Party[] pair = Party.pair(net);
    Listener listener =
        serving.listen(server.address(443), Tls.server(JSSE, name -> SERVER, stream -> pair[1]));
    connecting.connect(Endpoint.of(listener.address()), Tls.client(CLIENT, "server", 443, pair[0]));
    net.after(Duration.ofMinutes(5), listener::close);
    return () -> {
      for (Party party : pair) {
        party.verify();
        if (party.heardAll()) {
          whole++;
        } else {
          cut++;
        }
      }
    };
  }
}
