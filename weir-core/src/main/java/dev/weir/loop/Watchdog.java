package dev.weir.loop;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Says of a loop that was blocked by what: nothing else on that loop is served meanwhile. Each
 * blockage is logged once, at WARNING, with the stack of the loop's thread while it lasts; when it
 * is over there is a JFR event, {@code dev.weir.LoopBlocked}, with the loop, the time and the
 * stack.
 *
 * <p>One daemon thread looks at all loops, every half threshold; a loop pays two writes a turn for
 * it. The thread ends with the last of its loops. Any thread.
 */
public final class Watchdog implements AutoCloseable {

  /** From this long on a turn is a blockage. */
  public static final Duration THRESHOLD = Duration.ofMillis(100);

  /** What is run for the first time is loaded and compiled too; a context does not log that. */
  public static final Duration WARM_UP = Duration.ofSeconds(5);

  /** So many frames are logged; the event has {@link #EVENT_FRAMES}. */
  static final int LOGGED_FRAMES = 12;

  static final int EVENT_FRAMES = 64;

  private static final System.Logger LOG = System.getLogger("dev.weir.loop");

  private final List<Watched> loops;
  private final long threshold;
  private final Thread thread;
  private volatile boolean closed;

  private Watchdog(List<Loop> loops, Duration threshold, Duration warmUp) {
    this.loops = new ArrayList<>(loops.stream().map(Watched::new).toList());
    this.threshold = TimeUnit.NANOSECONDS.convert(threshold);
    this.thread =
        Thread.ofPlatform()
            .daemon()
            .name("weir-watchdog")
            .unstarted(() -> run(TimeUnit.NANOSECONDS.convert(warmUp)));
  }

  /**
   * Begins to watch.
   *
   * @param threshold from how long on a turn is a blockage; {@link #THRESHOLD}
   * @param warmUp when to begin; {@link #WARM_UP}
   */
  public static Watchdog watch(List<Loop> loops, Duration threshold, Duration warmUp) {
    if (!threshold.isPositive()) {
      throw new IllegalArgumentException("a threshold is more than " + threshold);
    }
    Watchdog watchdog = new Watchdog(loops, threshold, warmUp);
    watchdog.thread.start();
    return watchdog;
  }

  /** Stops watching. Does not wait. */
  @Override
  public void close() {
    closed = true;
    LockSupport.unpark(thread);
  }

  private void run(long warmUp) {
    long begin = System.nanoTime() + warmUp;
    for (long left = warmUp; left > 0 && !closed; left = begin - System.nanoTime()) {
      LockSupport.parkNanos(this, left);
    }
    while (!closed && !loops.isEmpty()) {
      loops.removeIf(Watched::look);
      LockSupport.parkNanos(this, threshold / 2);
    }
  }

  /** One loop, and its present blockage. */
  private final class Watched {

    private final Loop loop;

    /** When the blocked turn began, or 0. */
    private long since;

    private String name = "";
    private StackTraceElement[] stack = {};

    Watched(Loop loop) {
      this.loop = loop;
    }

    /** True if there is nothing more to see. */
    boolean look() {
      long busySince = loop.busySince();
      long now = System.nanoTime();
      if (since != 0 && busySince != since) {
        LoopBlocked.over(name, now - since, text(EVENT_FRAMES));
        since = 0;
      }
      if (since == 0 && busySince != 0 && now - busySince >= threshold) {
        begin(busySince, now);
      }
      return since == 0 && loop.isOver();
    }

    private void begin(long busySince, long now) {
      Thread runs = loop.thread();
      if (runs == null) {
        return;
      }
      StackTraceElement[] taken = runs.getStackTrace();
      if (loop.busySince() != busySince) {
        // It went on just now: the stack may be of something else.
        return;
      }
      since = busySince;
      name = runs.getName();
      stack = taken;
      LOG.log(
          Level.WARNING,
          "{0} is blocked, for {1} ms so far, by{2}",
          name,
          TimeUnit.NANOSECONDS.toMillis(now - busySince),
          text(LOGGED_FRAMES));
    }

    private String text(int frames) {
      StringBuilder text = new StringBuilder();
      for (int n = 0; n < Math.min(frames, stack.length); n++) {
        text.append("\n\tat ").append(stack[n]);
      }
      return text.toString();
    }
  }
}
