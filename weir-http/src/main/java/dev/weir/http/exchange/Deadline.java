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
public final class Deadline<W extends Enum<W>> implements Runnable {

  /** Is told that the time is over. */
  public interface Late<W extends Enum<W>> {

    /** What was waited for did not come. Nothing is waited for any more. */
    void late(W what);
  }

  private final Late<W> owner;
  private final Timer timer;
  private @Nullable W what;

  /** Waits for nothing yet. */
  public Deadline(Loop loop, Late<W> owner) {
    this.owner = owner;
    this.timer = loop.timer(this);
  }

  /** Waits for this, in place of what was waited for before, so long from now. */
  public void await(W next, Duration limit) {
    what = next;
    timer.after(limit);
  }

  /** Whether this is what is waited for. */
  public boolean awaits(W any) {
    return what == any;
  }

  /** Stops to wait, if this is what is waited for. */
  public void met(W any) {
    if (what == any) {
      clear();
    }
  }

  /** Stops to wait, whatever for. */
  public void clear() {
    what = null;
    timer.cancel();
  }

  /** The timer's: the time is over. */
  @Override
  public void run() {
    W missed = what;
    if (missed != null) {
      what = null;
      owner.late(missed);
    }
  }
}
