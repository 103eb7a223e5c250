package dev.weir.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** The way between two hosts: how long things take on it, and whether it is there at all. */
final class Wire {

  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  private final SimNetwork network;
  private final List<Runnable> whenHealed = new ArrayList<>();

  /** When each direction has sent what it was given, where bandwidth is limited. */
  private final long[] busyUntil = {Long.MIN_VALUE, Long.MIN_VALUE};

  private final long[] lastDatagram = {Long.MIN_VALUE, Long.MIN_VALUE};
  private @Nullable LinkConditions own;
  private boolean cut;

  Wire(SimNetwork network) {
    this.network = network;
  }

  LinkConditions conditions() {
    LinkConditions conditions = own;
    return conditions == null ? network.conditions() : conditions;
  }

  void conditions(LinkConditions conditions) {
    own = conditions;
  }

  boolean isCut() {
    return cut;
  }

  void cut() {
    cut = true;
  }

  void heal() {
    cut = false;
    List<Runnable> waiting = List.copyOf(whenHealed);
    whenHealed.clear();
    waiting.forEach(Runnable::run);
  }

  void whenHealed(Runnable what) {
    whenHealed.add(what);
  }

  /**
   * When something that is sent now arrives.
   *
   * @param direction 0 or 1
   */
  long arrival(int direction, int bytes) {
    LinkConditions link = conditions();
    long sent = network.agenda().now();
    if (link.bandwidth() > 0) {
      sent = Math.max(sent, busyUntil[direction]);
      sent += bytes * NANOS_PER_SECOND / link.bandwidth();
      busyUntil[direction] = sent;
    }
    return sent + link.latency().toNanos() + network.upTo(link.jitter());
  }

  /** When a datagram that is sent now arrives: after those before it, unless it is held back. */
  long datagramArrival(int direction, int bytes) {
    LinkConditions link = conditions();
    long arrival = Math.max(arrival(direction, bytes), lastDatagram[direction]);
    if (chance(link.reordering())) {
      return arrival + network.upTo(link.latency().plus(link.jitter()).multipliedBy(2));
    }
    lastDatagram[direction] = arrival;
    return arrival;
  }

  /** How much longer a segment of a stream takes for being held up. */
  long stall() {
    LinkConditions link = conditions();
    return chance(link.stalls()) ? network.upTo(link.longestStall()) : 0;
  }

  boolean chance(double of) {
    SplittableRandom dice = network.dice();
    return of > 0 && dice.nextDouble() < of;
  }
}
