package dev.weir.testkit;

import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One connection on its way: the first packet is sent again until somebody answers. */
final class Handshake {

  private static final int ATTEMPTS = 6;
  private static final long FIRST_WAIT_NANOS = 1_000_000_000L;

  private final SimNetwork network;
  private final SimStreamSocket client;
  private int attempt;
  private boolean answered;
  private Agenda.@Nullable Entry again;

  Handshake(SimNetwork network, SimStreamSocket client) {
    this.network = network;
    this.client = client;
  }

  void send() {
    if (attempt == ATTEMPTS) {
      client.refused(new ConnectException("Connection timed out"));
      return;
    }
    again = network.agenda().after(FIRST_WAIT_NANOS << attempt++, this::send);
    network.trace(() -> "connecting: " + client);
    SocketAddress to = client.remote();
    SimHost target = network.reachable(client.host, to);
    if (target != null) {
      Wire wire =
          to instanceof InetSocketAddress
              ? network.wire(client.host, target)
              : network.withinHost();
      if (!wire.isCut()) {
        network.agenda().at(wire.arrival(0, 0), () -> arrived(wire, target));
      }
    }
  }

  /** Nobody waits for it any more. */
  void abandon() {
    answered = true;
    stop();
  }

  private void stop() {
    if (again != null) {
      again.cancel();
    }
  }

  private void arrived(Wire wire, SimHost target) {
    if (answered || wire.isCut()) {
      return;
    }
    SocketAddress to = client.remote();
    List<SimListenSocket> listening =
        target.listeners().stream().filter(listener -> listener.listensOn(to)).toList();
    if (listening.isEmpty()) {
      abandon();
      network
          .agenda()
          .at(wire.arrival(1, 0), () -> client.refused(new ConnectException("Connection refused")));
      return;
    }
    SimListenSocket listener = listening.get(network.dice().nextInt(listening.size()));
    SimStreamSocket server = listener.begin(to, client.local());
    if (server != null) {
      abandon();
      Pipe there = new Pipe(wire, 0, client, server);
      Pipe back = new Pipe(wire, 1, server, client);
      client.connect(back, there);
      server.connect(there, back);
      back.sendOpened();
    }
  }
}
