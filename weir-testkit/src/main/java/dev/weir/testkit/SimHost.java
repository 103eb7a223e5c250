package dev.weir.testkit;

import dev.weir.loop.Loop;
import dev.weir.net.Context;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A simulated machine: a name, two addresses, sockets, and loops that run on it. Made by {@link
 * SimNetwork#host}, used on the thread of its network.
 */
public final class SimHost {

  private static final int FIRST_EPHEMERAL = 49_152;

  final SimNetwork network;
  private final String name;
  private final InetAddress ip4;
  private final InetAddress ip6;
  private final List<SimListenSocket> listeners = new ArrayList<>();
  private final List<SimDatagramSocket> datagrams = new ArrayList<>();
  private @Nullable HostConditions own;
  private int descriptors;
  private int nextPort = FIRST_EPHEMERAL;

  SimHost(SimNetwork network, String name, InetAddress ip4, InetAddress ip6) {
    this.network = network;
    this.name = name;
    this.ip4 = ip4;
    this.ip6 = ip6;
  }

  /** The name, under which the network's {@link SimNetwork#names() names} know this host. */
  public String name() {
    return name;
  }

  /** Its IPv4 address. */
  public InetAddress ip4() {
    return ip4;
  }

  /** Its IPv6 address. */
  public InetAddress ip6() {
    return ip6;
  }

  /** A port on its IPv4 address, 0 for any. */
  public InetSocketAddress address(int port) {
    return new InetSocketAddress(ip4, port);
  }

  /** Makes a loop that the network turns. */
  public Loop loop() {
    return network.newLoop(this);
  }

  /**
   * Makes a context on simulated loops, with the network's workers and names.
   *
   * @param loops how many loops
   */
  public Context context(int loops) {
    List<Loop> made = new ArrayList<>();
    for (int n = 0; n < loops; n++) {
      made.add(loop());
    }
    Context context = Context.on(made, network.workers(this), network.names().resolver());
    network.remember(context);
    return context;
  }

  /** How its system behaves: its own conditions, or those of the network. */
  public HostConditions conditions() {
    HostConditions conditions = own;
    return conditions == null ? network.hostConditions() : conditions;
  }

  /** Gives this host conditions of its own. */
  public void conditions(HostConditions conditions) {
    own = conditions;
  }

  /** Keeps all its loops from turning for this long, as a collection of garbage does. */
  public void pause(Duration length) {
    network.pause(this, length);
  }

  /** How many sockets are open on it. */
  public int openSockets() {
    return descriptors;
  }

  // ---- descriptors

  void takeDescriptor() throws IOException {
    int limit = conditions().descriptors();
    if (limit > 0 && descriptors >= limit) {
      throw new IOException("Too many open files");
    }
    descriptors++;
  }

  /** Gives a descriptor back that was taken for nothing. */
  IOException refuseDescriptor(IOException why) {
    descriptors--;
    return why;
  }

  void descriptorFreed(SimSocket socket) {
    descriptors--;
    if (socket instanceof SimListenSocket) {
      listeners.remove(socket);
    } else if (socket instanceof SimDatagramSocket) {
      datagrams.remove(socket);
    }
  }

  // ---- addresses

  List<SimListenSocket> listeners() {
    return listeners;
  }

  List<SimDatagramSocket> datagrams() {
    return datagrams;
  }

  boolean has(InetAddress address) {
    return address.equals(ip4) || address.equals(ip6);
  }

  /** The address that a socket gets which asks for this one. */
  SocketAddress bindable(SocketAddress at) throws IOException {
    if (!(at instanceof InetSocketAddress inet)) {
      return at;
    }
    InetAddress address = inet.getAddress();
    if (!has(address) && !address.isAnyLocalAddress() && !address.isLoopbackAddress()) {
      throw refuseDescriptor(new BindException("Cannot assign requested address"));
    }
    return inet.getPort() == 0 ? new InetSocketAddress(address, freePort()) : at;
  }

  /** The address that a socket gets which connects. */
  SocketAddress sourceFor(SocketAddress to, @Nullable SocketAddress from) throws IOException {
    if (from != null) {
      return bindable(from);
    }
    if (!(to instanceof InetSocketAddress inet)) {
      return UnixDomainSocketAddress.of("");
    }
    InetAddress target = inet.getAddress();
    InetAddress source =
        target.isLoopbackAddress() ? target : target.getAddress().length == 4 ? ip4 : ip6;
    return new InetSocketAddress(source, freePort());
  }

  private int freePort() {
    int port = nextPort;
    nextPort = port == 65_535 ? FIRST_EPHEMERAL : port + 1;
    return port;
  }

  /** Whether what is bound to {@code bound} is meant by {@code address}. */
  static boolean matches(SocketAddress bound, SocketAddress address) {
    if (bound instanceof InetSocketAddress local && address instanceof InetSocketAddress asked) {
      return local.getPort() == asked.getPort()
          && (local.getAddress().isAnyLocalAddress()
              || local.getAddress().equals(asked.getAddress()));
    }
    return bound.equals(address);
  }

  /** How many of {@code possible} bytes the system moves this time. */
  int shortened(int possible, double chance) {
    return possible > 0 && chance > 0 && network.dice().nextDouble() < chance
        ? network.dice().nextInt(possible)
        : possible;
  }

  @Override
  public String toString() {
    return name;
  }
}
