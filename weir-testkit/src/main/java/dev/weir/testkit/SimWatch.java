package dev.weir.testkit;

import dev.weir.loop.spi.Poller;

/** One socket in one poller. */
final class SimWatch implements Poller.Watch {

  private final SimPoller poller;
  private final SimSocket socket;
  private Poller.Ready ready;
  private int interest;
  private boolean cancelled;

  /** Whether the poller is going to look at this watch. */
  private boolean queued;

  SimWatch(SimPoller poller, SimSocket socket, int interest, Poller.Ready ready) {
    this.poller = poller;
    this.socket = socket;
    this.interest = interest;
    this.ready = ready;
  }

  SimPoller poller() {
    return poller;
  }

  @Override
  public void interest(int ops) {
    if (cancelled) {
      poller.broken("the interest of a watch was changed after it was cancelled");
    }
    interest = ops;
    look();
  }

  @Override
  public void ready(Poller.Ready next) {
    ready = next;
  }

  @Override
  public void cancel() {
    if (!cancelled) {
      cancelled = true;
      socket.watchedBy(null);
      poller.cancelled();
    }
  }

  /** Has the poller tell of this watch, if there is something to tell. */
  void look() {
    if (!queued && isReady()) {
      queued = true;
      poller.enqueue(this);
    }
  }

  /** Tells, if it is still true. */
  void tell() {
    queued = false;
    if (isReady()) {
      ready.ready(socket.readiness() & interest);
      look();
    }
  }

  /** Leaves it for the next time: a system need not tell of everything at once. */
  void postpone() {
    queued = false;
    look();
  }

  private boolean isReady() {
    return !cancelled && (socket.readiness() & interest) != 0;
  }
}
