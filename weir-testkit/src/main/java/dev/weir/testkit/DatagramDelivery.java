package dev.weir.testkit;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Comparator;

/** Carries datagrams: late, twice, in another order or not at all. */
final class DatagramDelivery {

  private DatagramDelivery() {}

  static void send(SimDatagramSocket from, InetSocketAddress to, byte[] data) {
    SimNetwork network = from.host.network;
    SimHost target = network.reachable(from.host, to);
    if (target == null) {
      return;
    }
    Wire wire = network.wire(from.host, target);
    LinkConditions link = wire.conditions();
    if (wire.isCut() || wire.chance(link.loss())) {
      network.trace(() -> "lost: datagram of " + data.length + " bytes to " + to);
      return;
    }
    int copies = wire.chance(link.duplication()) ? 2 : 1;
    for (int n = 0; n < copies; n++) {
      network
          .agenda()
          .at(
              wire.datagramArrival(direction(from, target), data.length),
              () -> arrive(wire, from, target, to, data));
    }
  }

  private static void arrive(
      Wire wire, SimDatagramSocket from, SimHost target, InetSocketAddress to, byte[] data) {
    SimNetwork network = target.network;
    if (wire.isCut()) {
      return;
    }
    InetSocketAddress source = sourceOf(from, to);
    network.agenda().mix(data.length);
    network.trace(() -> "datagram of " + data.length + " bytes: " + source + " -> " + to);
    target.datagrams().stream()
        .filter(socket -> socket.receivesOn(to, source))
        .max(Comparator.comparing(SimDatagramSocket::isConnected))
        .ifPresentOrElse(
            socket -> socket.arrived(data, source),
            () ->
                network
                    .agenda()
                    .at(wire.arrival(1 - direction(from, target), 0), from::unreachable));
  }

  /** The same for all that goes the same way. */
  private static int direction(SimDatagramSocket from, SimHost target) {
    return from.host.name().compareTo(target.name()) <= 0 ? 0 : 1;
  }

  private static InetSocketAddress sourceOf(SimDatagramSocket from, InetSocketAddress to) {
    InetSocketAddress local = from.local();
    if (!local.getAddress().isAnyLocalAddress()) {
      return local;
    }
    InetAddress target = to.getAddress();
    InetAddress own =
        target.isLoopbackAddress()
            ? target
            : target.getAddress().length == 4 ? from.host.ip4() : from.host.ip6();
    return new InetSocketAddress(own, local.getPort());
  }
}
