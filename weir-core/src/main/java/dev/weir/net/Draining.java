package dev.weir.net;

import dev.weir.loop.Timer;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** The shutdown of one loop: ask, wait, cut. Loop thread. */
final class Draining implements Runnable {

  private final ServiceThread service;
  private final Runnable done;
  private final long nanos;
  private final Timer deadline;
  private boolean over;

  Draining(ServiceThread service, Duration deadline, Runnable done) {
    this.service = service;
    this.done = done;
    this.nanos = Math.min(Long.MAX_VALUE / 2, TimeUnit.NANOSECONDS.convert(deadline));
    this.deadline = service.loop.timer(this::cut);
  }

  void start() {
    service.whenEmpty(this);
    if (nanos > 0) {
      deadline.after(nanos);
      service.drain();
    } else {
      service.cut();
    }
    run();
  }

  private void cut() {
    service.cut();
    run();
  }

  /** Looks whether everything has come to its end. */
  @Override
  public void run() {
    if (over || !service.isEmpty()) {
      return;
    }
    service.over();
    // Asked again, since something may have begun just before it was over: it tells when it ends.
    if (service.isEmpty()) {
      over = true;
      deadline.cancel();
      // One more task, so that what was closed in this turn has been told so.
      service.loop.execute(done);
    }
  }
}
