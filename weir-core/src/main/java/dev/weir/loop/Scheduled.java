package dev.weir.loop;

/** A task with a time, which any thread may call off. */
final class Scheduled implements Runnable {

  private final Loop loop;
  private final Runnable task;
  private final Timer timer;
  private volatile boolean cancelled;

  Scheduled(Loop loop, Runnable task) {
    this.loop = loop;
    this.task = task;
    this.timer = loop.timer(this);
  }

  /** Loop thread. */
  void after(long nanos) {
    if (!cancelled) {
      timer.after(nanos);
    }
  }

  @Override
  public void run() {
    if (!cancelled) {
      task.run();
    }
  }

  /** Holds at once; that the timer leaves the wheel may take a turn. */
  void cancel() {
    cancelled = true;
    if (loop.inLoop()) {
      timer.cancel();
    } else {
      loop.execute(timer::cancel);
    }
  }
}
