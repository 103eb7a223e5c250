package dev.weir.testkit;

import dev.weir.loop.Loop;

/**
 * A loop as the network turns it: when it has something to do, and the last turn has taken its
 * time.
 */
final class SimLoop {

  private final SimHost host;
  private final Agenda agenda;
  private final Loop loop;
  private boolean awake = true;
  private long freeAt = Long.MIN_VALUE;
  private long nextAt = Agenda.NEVER;

  SimLoop(SimHost host) {
    this.host = host;
    this.agenda = host.network.agenda();
    this.loop = new Loop(new SimPoller(host, this::wake), host.network.workers(host));
    loop.onWake(this::wake);
  }

  Loop loop() {
    return loop;
  }

  SimHost host() {
    return host;
  }

  private void wake() {
    awake = true;
  }

  /** When it is to turn next, or {@link Agenda#NEVER}. */
  long dueAt() {
    if (awake) {
      return Math.max(freeAt, agenda.now());
    }
    return nextAt == Agenda.NEVER ? Agenda.NEVER : Math.max(freeAt, nextAt);
  }

  /** Whether it has something to do that is not a timer's. */
  boolean hasWork() {
    return awake || nextAt <= agenda.now();
  }

  void turn() {
    awake = false;
    long wait = loop.turn(0);
    long now = agenda.now();
    nextAt = wait >= Agenda.NEVER - Math.max(now, 0) ? Agenda.NEVER : now + wait;
    HostConditions conditions = host.conditions();
    boolean pause =
        conditions.pauses() > 0 && host.network.dice().nextDouble() < conditions.pauses();
    pause(host.network.upTo(pause ? conditions.longestPause() : conditions.longestTurn()));
  }

  /** Keeps it from turning for this long. */
  void pause(long nanos) {
    freeAt = Math.max(freeAt, agenda.now() + nanos);
  }
}
