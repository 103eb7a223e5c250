package dev.weir.testkit;

import dev.weir.loop.Loop;
import dev.weir.net.Context;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * A network that exists in memory only: hosts with loops and sockets, the ways between them, names,
 * and a clock that moves when there is nothing left to do at the present time. Whatever happens is
 * drawn from a seed, so a run can be had again.
 *
 * <pre>{@code
 * SimNetwork net = new SimNetwork(seed);
 * SimHost server = net.host("server");
 * server.context(1).listen(server.address(80), stream -> new Echo());
 * net.host("client").context(1).connect(Endpoint.tcp("server", 80), handler);
 * net.runUntilIdle();
 * net.assertNothingLeft();
 * }</pre>
 *
 * <p>One thread, the caller's, drives it by {@link #run}, {@link #runUntil} and {@link
 * #runUntilIdle}; nothing happens between them. All loops turn on that thread, one after another,
 * and so do the workers. Nothing here may be used from another thread.
 */
public final class SimNetwork {

  /** More steps than this without an end, and something is going in circles. */
  private static final int MAX_STEPS = 5_000_000;

  private final long seed;
  private final SplittableRandom dice;
  private final RandomGenerator random;
  private final Agenda agenda;
  private final SimNames names = new SimNames(this);
  private final Map<String, SimHost> hosts = new LinkedHashMap<>();
  private final Map<Set<SimHost>, Wire> wires = new LinkedHashMap<>();
  private final Set<InetAddress> blackholes = new HashSet<>();
  private final List<SimLoop> loops = new ArrayList<>();
  private final List<Context> contexts = new ArrayList<>();
  private final List<String> brokenRules = new ArrayList<>();
  private final Wire withinHost = new Wire(this);
  private LinkConditions conditions = LinkConditions.DEFAULT;
  private HostConditions hostConditions = HostConditions.DEFAULT;
  private @Nullable Consumer<String> trace;

  /** Makes a network without hosts, on which {@code seed} decides all that is left to chance. */
  public SimNetwork(long seed) {
    this.seed = seed;
    this.dice = new SplittableRandom(seed);
    this.random = dice.split();
    // As with the system's clock, the origin is arbitrary, and may be negative.
    this.agenda = new Agenda(dice.nextLong() >> 4);
    withinHost.conditions(LinkConditions.PERFECT);
  }

  /** What this network was made with. */
  public long seed() {
    return seed;
  }

  /** Chance for the test's own use, from the same seed; does not disturb the network's. */
  public RandomGenerator random() {
    return random;
  }

  // ---- what there is

  /** The host of this name, made when first asked for. */
  public SimHost host(String name) {
    return hosts.computeIfAbsent(name, this::newHost);
  }

  /** What names mean on this network. */
  public SimNames names() {
    return names;
  }

  /** Workers on a host: what they are given is done at a random later time. */
  public Executor workers(SimHost host) {
    return task -> agenda.after(upTo(host.conditions().longestWork()), task);
  }

  /** Sets the conditions of every way that has none of its own. */
  public void conditions(LinkConditions ofLinks) {
    conditions = ofLinks;
  }

  /** Sets the conditions between two hosts. */
  public void conditions(SimHost a, SimHost b, LinkConditions ofLink) {
    wire(a, b).conditions(ofLink);
  }

  /** Sets the conditions of every host that has none of its own. */
  public void conditions(HostConditions ofHosts) {
    hostConditions = ofHosts;
  }

  /** Lets nothing through between two hosts: streams wait, datagrams are lost. */
  public void partition(SimHost a, SimHost b) {
    wire(a, b).cut();
  }

  /** Ends a {@link #partition}; streams go on. */
  public void heal(SimHost a, SimHost b) {
    wire(a, b).heal();
  }

  /** Swallows from now on every connection attempt and datagram to this address. */
  public void blackhole(InetAddress address) {
    blackholes.add(address);
  }

  // ---- time

  /** How much virtual time has passed since the beginning. */
  public Duration elapsed() {
    return Duration.ofNanos(agenda.elapsed());
  }

  /** Has {@code what} happen after this much virtual time, outside of every loop. */
  public void after(Duration delay, Runnable what) {
    agenda.after(delay.toNanos(), what);
  }

  /** Runs for this much virtual time. */
  public void run(Duration length) {
    long end = agenda.now() + length.toNanos();
    steps(() -> nextTime() > end);
    agenda.advanceTo(end);
  }

  /**
   * Runs until the condition holds.
   *
   * @throws AssertionError if nothing more happens and it does not hold
   */
  public void runUntil(BooleanSupplier condition) {
    steps(() -> condition.getAsBoolean() || nextTime() == Agenda.NEVER);
    if (!condition.getAsBoolean()) {
      throw failure("nothing more happens, and what was waited for has not come");
    }
  }

  /**
   * Runs until nothing more is going to happen: nothing on its way, no timer set, no task queued.
   */
  public void runUntilIdle() {
    steps(() -> nextTime() == Agenda.NEVER);
  }

  private void steps(BooleanSupplier enough) {
    for (int n = 0; !enough.getAsBoolean(); n++) {
      if (n == MAX_STEPS) {
        throw failure("still busy after " + MAX_STEPS + " steps: something goes in circles");
      }
      step();
    }
  }

  private long nextTime() {
    long next = agenda.nextTime();
    for (SimLoop loop : loops) {
      next = Math.min(next, loop.dueAt());
    }
    return next;
  }

  private void step() {
    SimLoop first = null;
    int offset = loops.size() > 1 ? dice.nextInt(loops.size()) : 0;
    for (int n = 0; n < loops.size(); n++) {
      SimLoop loop = loops.get((n + offset) % loops.size());
      if (first == null || loop.dueAt() < first.dueAt()) {
        first = loop;
      }
    }
    if (first == null || agenda.nextTime() <= first.dueAt()) {
      agenda.runNext();
    } else {
      agenda.advanceTo(first.dueAt());
      agenda.mix(loops.indexOf(first));
      first.turn();
    }
  }

  // ---- what is left

  /**
   * What is left over, in words: open sockets, connections, set timers, lent buffers, queued tasks;
   * and every rule of the loop's SPI that was broken on the way. Empty after a clean run.
   */
  public List<String> leftovers() {
    List<String> left = new ArrayList<>(brokenRules);
    for (SimHost host : hosts.values()) {
      count(left, host.openSockets(), "open sockets on " + host);
    }
    for (Context context : contexts) {
      count(left, context.connections(), "connections");
    }
    for (SimLoop driven : loops) {
      Loop loop = driven.loop();
      count(left, loop.timers(), "timers set on " + driven.host());
      count(left, loop.buffers().lent(), "buffers lent on " + driven.host());
      count(left, driven.hasWork() ? 1 : 0, "loops with tasks on " + driven.host());
    }
    return left;
  }

  /**
   * Checks that there are no {@link #leftovers()}.
   *
   * @throws AssertionError that names them, and the seed
   */
  public void assertNothingLeft() {
    List<String> left = leftovers();
    if (!left.isEmpty()) {
      throw failure("left over: " + String.join(", ", left));
    }
  }

  private static void count(List<String> left, int count, String what) {
    if (count != 0) {
      left.add(count + " " + what);
    }
  }

  /** A number that two runs share if the same things happened at the same times. */
  public long fingerprint() {
    return agenda.fingerprint();
  }

  /** Tells {@code lines} what travels over the network, one line each. */
  public void trace(Consumer<String> lines) {
    trace = lines;
  }

  // ---- for the parts

  Agenda agenda() {
    return agenda;
  }

  SplittableRandom dice() {
    return dice;
  }

  LinkConditions conditions() {
    return conditions;
  }

  HostConditions hostConditions() {
    return hostConditions;
  }

  /** A random time from 0 to {@code most}, in nanoseconds. */
  long upTo(Duration most) {
    return most.isZero() ? 0 : dice.nextLong(most.toNanos() + 1);
  }

  Wire withinHost() {
    return withinHost;
  }

  Wire wire(SimHost a, SimHost b) {
    return wires.computeIfAbsent(a == b ? Set.of(a) : Set.of(a, b), hosts -> new Wire(this));
  }

  @Nullable SimHost hostNamed(String name) {
    return hosts.get(name);
  }

  /** The host that something sent to this address comes to, or {@code null} for none. */
  @Nullable SimHost reachable(SimHost from, SocketAddress to) {
    if (!(to instanceof InetSocketAddress inet) || inet.getAddress().isLoopbackAddress()) {
      return from;
    }
    InetAddress address = inet.getAddress();
    if (blackholes.contains(address)) {
      return null;
    }
    return hosts.values().stream().filter(host -> host.has(address)).findFirst().orElse(null);
  }

  void remember(Context context) {
    contexts.add(context);
  }

  Loop newLoop(SimHost host) {
    SimLoop made = new SimLoop(host);
    loops.add(made);
    return made.loop();
  }

  void pause(SimHost host, Duration length) {
    for (SimLoop loop : loops) {
      if (loop.host() == host) {
        loop.pause(length.toNanos());
      }
    }
  }

  /** Notes that a rule of the SPI was broken; the leftovers tell of it. */
  void broken(String rule) {
    brokenRules.add(rule);
  }

  void trace(Supplier<String> line) {
    Consumer<String> lines = trace;
    if (lines != null) {
      lines.accept(String.format("%12.3f ms  %s", agenda.elapsed() / 1e6, line.get()));
    }
  }

  private AssertionError failure(String what) {
    return new AssertionError(what + " (seed " + seed + ", after " + elapsed() + ")");
  }

  private SimHost newHost(String name) {
    int number = hosts.size() + 1;
    return new SimHost(
        this,
        name,
        InetAddress.ofLiteral("10.0.0." + number),
        InetAddress.ofLiteral("fd00::" + Integer.toHexString(number)));
  }
}
