package dev.weir.loop;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Runs a task on its loop when a time has come; reusable, so that a connection has one timer that
 * is moved as bytes flow. Made by {@link Loop#timer}. Moving a timer to a later time costs a field
 * write: it is looked at again when its old time comes.
 *
 * <p>Loop thread only. For a timer that other threads may cancel, see {@link Loop#schedule}.
 */
public final class Timer {

  private static final long IDLE = Long.MIN_VALUE;

  /** A hundred and fifty years. Nothing is set farther ahead, so that no sum overflows. */
  private static final long FARTHEST = Long.MAX_VALUE / 2;

  final Runnable task;
  private final Loop loop;

  /** When the task is to run; {@link #IDLE} if it is not. May be later than {@link #slotTick}. */
  long deadline = IDLE;

  /** The tick that the wheel has it under, meaningful while {@link #isLinked()}. */
  long slotTick;

  @Nullable Timer previous;
  @Nullable Timer next;

  /** The level and slot in the wheel, or -1 when not linked. */
  int slot = -1;

  Timer(Loop loop, Runnable task) {
    this.loop = loop;
    this.task = task;
  }

  /**
   * Runs the task once, {@code nanos} from the start of this turn; replaces what was set. Timers
   * for the same time run in the order in which they were set.
   */
  public void after(long nanos) {
    at(loop.now() + Math.clamp(nanos, 0, FARTHEST));
  }

  /** Runs the task once, after {@code delay} from the start of this turn; replaces what was set. */
  public void after(Duration delay) {
    after(TimeUnit.NANOSECONDS.convert(delay));
  }

  /** Runs the task once, at {@code nanos} of {@link Loop#now()}'s scale; replaces what was set. */
  public void at(long nanos) {
    deadline = Math.min(nanos, loop.now() + FARTHEST);
    loop.wheel().set(this);
  }

  /** The task will not run. Nothing happens if it has, or was not set. */
  public void cancel() {
    deadline = IDLE;
    loop.wheel().remove(this);
  }

  /** Whether the task is going to run. */
  public boolean isSet() {
    return deadline != IDLE;
  }

  boolean isLinked() {
    return slot >= 0;
  }

  void fire() {
    deadline = IDLE;
    task.run();
  }
}
