package dev.weir.net;

import dev.weir.loop.Timer;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** The shutdown of one loop: ask, wait, cut. */
final class Draining {

  private static final long LOOK_AGAIN_NANOS = 5_000_000;

  private final ServiceThread service;
  private final Runnable done;
  private final long deadline;
  private final Timer timer;

  Draining(ServiceThread service, Duration deadline, Runnable done) {
    this.service = service;
    this.done = done;
    long nanos = Math.min(Long.MAX_VALUE / 2, TimeUnit.NANOSECONDS.convert(deadline));
    this.deadline = service.loop.now() + nanos;
    this.timer = service.loop.timer(this::look);
  }

  void start() {
    if (service.loop.now() < deadline) {
      service.drain();
    }
    look();
  }

  private void look() {
    boolean late = service.loop.now() >= deadline;
    if (late || service.isEmpty()) {
      service.over();
    }
    if (late) {
      service.cut();
    }
    // Asked again, since something may have begun just before it was over.
    if (service.isOver() && service.isEmpty()) {
      // One more task, so that what was closed in this turn has been told so.
      service.loop.execute(done);
    } else {
      timer.after(LOOK_AGAIN_NANOS);
    }
  }
}
