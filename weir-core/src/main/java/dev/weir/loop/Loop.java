package dev.weir.loop;

import dev.weir.loop.spi.Poller;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A nonblocking event loop: one thread that waits for sockets, timers and tasks, and runs what is
 * due. A turn is: ready sockets, due timers, tasks, gathered writes; then the wait for the next of
 * them.
 *
 * <p>A loop is run in one of three ways: by {@link #run()}, which keeps a thread; by {@link #turn}
 * again and again, for a program that has a loop of its own; and turn by turn when {@link #onWake}
 * says that there is something to do. It is bound to the thread of its first turn.
 *
 * <p>{@link #execute}, {@link #schedule}, {@link #wake} and {@link #stop} may be called from any
 * thread, everything else on the loop's own.
 */
public final class Loop implements Executor {

  /** For {@link #turn}: wait as long as it takes. */
  public static final long FOREVER = Poller.FOREVER;

  /**
   * How many carriers may gather output at once. They are flushed early when one more comes, so
   * that a broadcast to ten thousand does not hold ten thousand buffers.
   */
  private static final int MAX_GATHERING = 16;

  private static final System.Logger LOG = System.getLogger("dev.weir.loop");

  private final Poller poller;
  private final Executor workers;
  private final TimerWheel wheel;
  private final Buffers buffers = new Buffers();
  private final ConcurrentLinkedQueue<Runnable> foreign = new ConcurrentLinkedQueue<>();
  private final ArrayDeque<Runnable> local = new ArrayDeque<>();
  private final ArrayDeque<Flushable> gathering = new ArrayDeque<>();
  private final Map<Class<?>, Object> locals = new HashMap<>();
  private final Runnable waited = this::readClock;
  private final TimerWheel.Firing firing = this::fire;

  private volatile @Nullable Thread thread;
  private volatile boolean waiting;
  private volatile boolean woken;
  private volatile boolean stopped;
  private volatile @Nullable Runnable wakeHook;

  /** When the present turn's work began, or 0 while waiting; read by {@link Watchdog}. */
  private volatile long busySince;

  /** Whether a turn is under way. Only the loop's own thread looks at it. */
  private boolean turning;

  private long now;

  /**
   * Makes a loop. Any thread.
   *
   * @param poller what it waits by, which it closes in the end
   * @param workers runs what may block; see {@link #offload}
   */
  public Loop(Poller poller, Executor workers) {
    this.poller = poller;
    this.workers = workers;
    this.now = poller.nanoTime();
    this.wheel = new TimerWheel(now);
  }

  /** Runs turns until {@link #stop()}, then closes the loop. Keeps the calling thread. */
  public void run() {
    while (!stopped) {
      turn(FOREVER);
      // The thread is this loop's own. Left set, an interrupt would keep it from ever waiting
      // again.
      Thread.interrupted();
    }
    finish();
  }

  /**
   * Runs one turn.
   *
   * @param maxWaitNanos how long it may wait for something to do; 0 not at all
   * @return how long the next turn may wait at most, in nanoseconds: 0 if there is work already
   */
  public long turn(long maxWaitNanos) {
    if (thread == null) {
      thread = Thread.currentThread();
    }
    turning = true;
    try {
      poll(waitFor(maxWaitNanos));
      wheel.advance(now, firing);
      runTasks();
      flushGathered();
    } finally {
      turning = false;
      busySince = 0;
    }
    return untilNext();
  }

  private void poll(long maxWaitNanos) {
    try {
      poller.poll(maxWaitNanos, waited);
    } catch (IOException e) {
      throw new UncheckedIOException("the loop can no longer wait", e);
    } catch (RuntimeException | Error e) {
      // Those who are told of their sockets guard their handlers; what slips through harms no
      // other.
      report("a ready socket could not be served", e);
    } finally {
      waiting = false;
    }
  }

  /** Ends {@link #run()} after the present turn. Any thread. */
  public void stop() {
    stopped = true;
    signal();
  }

  /** Closes a stopped loop that was driven by {@link #turn}; {@link #run()} does it by itself. */
  public void finish() {
    stopped = true;
    thread = Thread.currentThread();
    turning = true;
    try {
      runTasks();
      flushGathered();
    } finally {
      turning = false;
    }
    poller.close();
    buffers.clear();
  }

  /**
   * Runs {@code task} on the loop, after what was given before. In the present turn if called on
   * the loop, else soon. What it throws is logged. Any thread.
   */
  @Override
  public void execute(Runnable task) {
    if (inLoop()) {
      local.add(task);
    } else {
      foreign.add(task);
      signal();
    }
  }

  /**
   * Runs {@code task} on the loop after {@code delay}. Any thread.
   *
   * @return cancels it when run, from any thread; in vain once the task has begun
   */
  public Runnable schedule(Duration delay, Runnable task) {
    Scheduled scheduled = new Scheduled(this, task);
    long nanos = TimeUnit.NANOSECONDS.convert(delay);
    if (inLoop()) {
      scheduled.after(nanos);
    } else {
      long called = poller.nanoTime();
      execute(() -> scheduled.after(nanos - (now - called)));
    }
    return scheduled::cancel;
  }

  /**
   * Runs {@code work}, which may block, on a worker thread, and {@code then} with its outcome on
   * the loop. Names, disks and long computations leave the loop this way. An {@link Error} is told
   * as an {@link ExecutionException}, and that no worker would take the work as a {@link
   * RejectedExecutionException}.
   */
  public <T> void offload(Callable<T> work, Outcome<T> then) {
    try {
      workers.execute(() -> work(work, then));
    } catch (RejectedExecutionException e) {
      execute(() -> then.done(null, e));
    }
  }

  /** On a worker. Whatever comes of it is told: somebody waits for it. */
  private <T> void work(Callable<T> work, Outcome<T> then) {
    T result;
    try {
      result = work.call();
    } catch (Exception e) {
      execute(() -> then.done(null, e));
      return;
    } catch (Error e) {
      execute(() -> then.done(null, new ExecutionException(e)));
      throw e;
    }
    execute(() -> then.done(result, null));
  }

  /** A timer of this loop that runs {@code task}; not set yet. */
  public Timer timer(Runnable task) {
    return new Timer(this, task);
  }

  /** The clock as it was read in this turn, in nanoseconds from an arbitrary origin. */
  public long now() {
    return now;
  }

  /**
   * Whether the caller runs inside a turn of this loop, where everything may be called. Between
   * turns the answer is no, on the loop's thread too: several loops that share a thread are as far
   * from each other as on threads of their own. Any thread.
   */
  public boolean inLoop() {
    return Thread.currentThread() == thread && turning;
  }

  /** Ends the present wait, or keeps the next one from waiting. Any thread. */
  public void wake() {
    woken = true;
    signal();
  }

  /** Something was left where {@link #untilNext} looks for it. */
  private void signal() {
    if (waiting) {
      poller.wake();
    }
    Runnable hook = wakeHook;
    if (hook != null) {
      hook.run();
    }
  }

  /**
   * Tells whoever drives this loop by {@link #turn} that a turn is wanted. The hook is run on the
   * thread that caused it and must not block. Any thread.
   */
  public void onWake(@Nullable Runnable hook) {
    wakeHook = hook;
  }

  /** The event library below; carriers watch their sockets by it. */
  public Poller poller() {
    return poller;
  }

  /** The scratch buffers that this loop lends. */
  public Buffers buffers() {
    return buffers;
  }

  /**
   * What a role keeps once per loop rather than once per connection: scratch, caches, shared
   * compressors. Made by {@code make} when it is first asked for.
   */
  public <T> T local(Class<T> kind, Supplier<T> make) {
    return kind.cast(locals.computeIfAbsent(kind, absent -> make.get()));
  }

  /** Has {@code gatherer} flushed at the end of this turn, or sooner if too many gather. */
  public void flushLater(Flushable gatherer) {
    if (gathering.size() >= MAX_GATHERING) {
      flushGathered();
    }
    gathering.add(gatherer);
  }

  TimerWheel wheel() {
    return wheel;
  }

  /** When this turn's work began by {@link System#nanoTime}, or 0 while it waits. Any thread. */
  long busySince() {
    return busySince;
  }

  /** Whether it is not going to run any more. Any thread. */
  boolean isOver() {
    return stopped && busySince == 0;
  }

  @Nullable Thread thread() {
    return thread;
  }

  /** How many timers are set. */
  public int timers() {
    return wheel.size();
  }

  private long waitFor(long maxWaitNanos) {
    if (maxWaitNanos == 0) {
      return 0;
    }
    // Announce the wait before the last look at the queue: whoever adds after that look wakes us.
    waiting = true;
    return Math.min(maxWaitNanos, untilNext());
  }

  private long untilNext() {
    if (stopped || woken || !local.isEmpty() || !gathering.isEmpty() || !foreign.isEmpty()) {
      return 0;
    }
    long next = wheel.nextNanos();
    return next == Long.MAX_VALUE ? FOREVER : Math.max(0, next - poller.nanoTime());
  }

  private void readClock() {
    now = poller.nanoTime();
    waiting = false;
    woken = false;
    busySince = System.nanoTime();
  }

  /** Runs what is queued now; what the tasks add waits for the next turn, after the sockets. */
  private void runTasks() {
    for (int n = local.size(); n > 0; n--) {
      runTask(local.remove());
    }
    Runnable task;
    for (int n = 0; n < 1024 && (task = foreign.poll()) != null; n++) {
      runTask(task);
    }
  }

  /** A carrier's flush may have that on which it is layered gather: until nobody does any more. */
  private void flushGathered() {
    do {
      Flushable gatherer;
      while ((gatherer = gathering.poll()) != null) {
        flush(gatherer);
      }
      writeNow();
    } while (!gathering.isEmpty());
  }

  private void writeNow() {
    try {
      poller.writeNow();
    } catch (RuntimeException | Error e) {
      report("what had gathered could not be written", e);
    }
  }

  private void fire(Timer timer) {
    runTask(timer);
  }

  private void runTask(Timer timer) {
    try {
      timer.fire();
    } catch (RuntimeException | Error e) {
      report("a timer's task failed", e);
    }
  }

  private void runTask(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException | Error e) {
      report("a task on the loop failed", e);
    }
  }

  private void flush(Flushable gatherer) {
    try {
      gatherer.flush();
    } catch (RuntimeException | Error e) {
      report("a carrier could not be flushed", e);
    }
  }

  /** Whoever logs may fail too, as when there is no descriptor left to open a log by. */
  private static void report(String what, Throwable problem) {
    try {
      LOG.log(Level.ERROR, what, problem);
    } catch (RuntimeException | Error e) {
      // Nobody is left to be told, and the loop serves the others.
    }
  }

  /** Told on the loop how {@link #offload} went. */
  @FunctionalInterface
  public interface Outcome<T> {
    /** Either a result, or a problem; a result may be {@code null} if the work's was. */
    void done(@Nullable T result, @Nullable Exception problem);
  }

  /** A carrier that has gathered output. */
  @FunctionalInterface
  public interface Flushable {
    /**
     * Sends what has gathered, by {@link Poller#writeNow()} at the latest. Loop thread; calls no
     * handler.
     */
    void flush();
  }
}
