package dev.weir.http.exchange;

import dev.weir.loop.Loop;
import dev.weir.loop.Timer;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a connection waits for, and until when: one thing at a time, on one timer that is moved as
 * bytes flow. Loop thread.
 *
 * @param <W> the things that are waited for
 */
public abstract class Deadline<W extends Enum<W>> implements Runnable {

  private final Timer timer;
  private @Nullable W what;

  /** Waits for nothing yet. */
  @SuppressWarnings("this-escape") // the timer is not set before the subclass is there
  protected Deadline(Loop loop) {
    this.timer = loop.timer(this);
  }

  /** What was waited for did not come. Nothing is waited for any more. */
  protected abstract void late(W missed);

  /** Waits for this, in place of what was waited for before, so long from now. */
  public final void await(W next, Duration limit) {
    what = next;
    timer.after(limit);
  }

  /** Whether this is what is waited for. */
  public final boolean awaits(W any) {
    return what == any;
  }

  /** Stops to wait, if this is what is waited for. */
  public final void met(W any) {
    if (what == any) {
      clear();
    }
  }

  /**
   * Stops to wait for the time being. The timer stays where it is and would find nothing to do: to
   * move it on from there, when something is waited for again, costs next to nothing.
   */
  public final void suspend() {
    what = null;
  }

  /** Stops to wait, whatever for, and for good: no timer is left behind. */
  public final void clear() {
    what = null;
    timer.cancel();
  }

  /** The timer's: the time is over. */
  @Override
  public final void run() {
    W missed = what;
    if (missed != null) {
      what = null;
      late(missed);
    }
  }
}
