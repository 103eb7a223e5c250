package dev.weir.testkit;

import dev.weir.net.Context;
import dev.weir.net.Endpoint;
import dev.weir.net.Listener;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A client against a server on bad networks: every byte arrives, or an error says why. */
class RawStreamTest {

  @Test
  void tenThousandNetworks() {
    Seeds.of(10_000).run(RawStreamTest::begin);
  }

  @Test
  @Tag("thorough")
  void aMillionNetworks() {
    Seeds.of(1_000_000).run(RawStreamTest::begin);
  }

  static Runnable begin(SimNetwork net) {
    RandomGenerator random = net.random();
    SimHost server = net.host("server");
    SimHost client = net.host("client");
    net.conditions(LinkConditions.hostile(random));
    server.conditions(HostConditions.hostile(random));
    client.conditions(HostConditions.hostile(random));
    List<Party> parties = new ArrayList<>();
    Context serving = server.context(1 + random.nextInt(3));
    Context connecting = client.context(1 + random.nextInt(2));
    int connections = 1 + random.nextInt(3);
    for (int n = 1; n <= connections; n++) {
      Party[] pair = Party.pair(net);
      parties.addAll(List.of(pair));
      Listener listener = serving.listen(server.address(n), stream -> pair[1]);
      net.after(Duration.ofMinutes(5), listener::close);
      connecting.connect(Endpoint.of(listener.address()), pair[0]);
    }
    if (random.nextInt(4) == 0) {
      partition(net, server, client);
    }
    return () -> parties.forEach(Party::verify);
  }

  private static void partition(SimNetwork net, SimHost a, SimHost b) {
    long from = net.random().nextLong(200_000_000);
    long length = net.random().nextLong(4_000_000_000L);
    net.after(Duration.ofNanos(from), () -> net.partition(a, b));
    net.after(Duration.ofNanos(from + length), () -> net.heal(a, b));
  }
}
