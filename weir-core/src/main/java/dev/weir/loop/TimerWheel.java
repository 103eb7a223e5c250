package dev.weir.loop;

import org.jspecify.annotations.Nullable;

/**
 * A hierarchical timing wheel: six levels of 64 slots, each slot a list of timers. A timer goes to
 * the level of the highest bit in which its tick differs from the present one, and moves down a
 * level when that slot's time comes. Insert and cancel are O(1); the next deadline is found by one
 * bit scan a level, however many timers there are.
 *
 * <p>After G. Varghese and T. Lauck, "Hashed and Hierarchical Timing Wheels" (1987). One tick is
 * {@value #TICK_NANOS} ns (about a millisecond); a timer never fires early, and at most one tick
 * late.
 */
final class TimerWheel {

  static final int TICK_SHIFT = 20;
  static final long TICK_NANOS = 1L << TICK_SHIFT;

  private static final int SLOT_BITS = 6;
  private static final int SLOTS = 1 << SLOT_BITS;
  private static final int SLOT_MASK = SLOTS - 1;
  private static final int LEVELS = 6;

  /** Times beyond the top level wait in its last slot and are looked at again after two years. */
  private static final long MAX_DISTANCE = (long) (SLOTS - 1) << (SLOT_BITS * (LEVELS - 1));

  /** The list after those of the slots: what is due and has not fired yet. */
  private static final int DUE = SLOTS * LEVELS;

  private final @Nullable Timer[] heads = new @Nullable Timer[DUE + 1];
  private final long[] occupied = new long[LEVELS + 1];
  private final long origin;

  /** All ticks before this one have fired. */
  private long current;

  private int size;

  TimerWheel(long nowNanos) {
    this.origin = nowNanos;
  }

  /** How many timers are set. */
  int size() {
    return size;
  }

  /** Puts the timer where its deadline wants it; leaves it where it is if that comes sooner. */
  void set(Timer timer) {
    long tick = tickOf(timer.deadline);
    if (timer.isLinked()) {
      if (timer.slotTick <= tick) {
        return;
      }
      unlink(timer);
    }
    link(timer, tick);
  }

  void remove(Timer timer) {
    if (timer.isLinked()) {
      unlink(timer);
    }
  }

  /**
   * The earliest time at which {@link #advance} has something to do, in the clock's nanoseconds, or
   * {@link Long#MAX_VALUE}. It may be sooner than the earliest deadline, never later.
   */
  long nextNanos() {
    for (int level = 0; level < LEVELS; level++) {
      long bits = occupied[level];
      if (bits != 0) {
        int shift = level * SLOT_BITS;
        int position = (int) (current >>> shift) & SLOT_MASK;
        // Slots behind the present position belong to the wheel's next round.
        long rotated = Long.rotateRight(bits, position);
        int ahead = Long.numberOfTrailingZeros(rotated);
        long slotStart = ((current >>> shift) + ahead) << shift;
        return origin + (Math.max(slotStart, current) << TICK_SHIFT);
      }
    }
    return Long.MAX_VALUE;
  }

  /** Fires every timer whose deadline is not after {@code nowNanos}. */
  void advance(long nowNanos, Firing firing) {
    long target = (nowNanos - origin) >> TICK_SHIFT;
    while (current <= target) {
      if (size == 0) {
        current = target + 1;
        return;
      }
      long next = (nextNanos() - origin) >> TICK_SHIFT;
      if (next > target) {
        current = target + 1;
        cascade();
        return;
      }
      current = next;
      cascade();
      // From here on a task that sets a timer for "now" gets the next tick: no task can keep us
      // here.
      current++;
      fireSlot(next, nowNanos, firing);
      cascade();
    }
  }

  /**
   * Moves the timers of every higher slot that begins at the present tick one or more levels down.
   */
  private void cascade() {
    for (int level = LEVELS - 1; level > 0; level--) {
      int shift = level * SLOT_BITS;
      int index = (level << SLOT_BITS) + ((int) (current >>> shift) & SLOT_MASK);
      Timer timer = take(index);
      while (timer != null) {
        Timer following = timer.next;
        timer.next = null;
        timer.previous = null;
        size--;
        link(timer, Math.max(tickOf(timer.deadline), timer.slotTick));
        timer = following;
      }
    }
  }

  private void fireSlot(long tick, long nowNanos, Firing firing) {
    // Apart from the slot, into which a task may put a timer for the wheel's next round.
    Timer timer = take((int) tick & SLOT_MASK);
    heads[DUE] = timer;
    for (; timer != null; timer = timer.next) {
      timer.slot = DUE;
    }
    // One at a time from the head: a task may cancel or set any other timer meanwhile.
    while ((timer = heads[DUE]) != null) {
      unlink(timer);
      if (timer.deadline > nowNanos) {
        link(timer, tickOf(timer.deadline));
      } else {
        firing.fire(timer);
      }
    }
  }

  /** Empties a slot. What was put into it first comes first, so equal timers fire in turn. */
  private @Nullable Timer take(int index) {
    Timer first = null;
    Timer timer = heads[index];
    heads[index] = null;
    occupied[index >> SLOT_BITS] &= ~(1L << index);
    while (timer != null) {
      Timer following = timer.next;
      timer.slot = -1;
      timer.next = first;
      timer.previous = following;
      first = timer;
      timer = following;
    }
    return first;
  }

  private void link(Timer timer, long tick) {
    long at = Math.max(tick, current);
    long distance = Math.min(at - current, MAX_DISTANCE);
    at = current + distance;
    long differing = (at ^ current) | 1;
    int level =
        Math.min(LEVELS - 1, (Long.SIZE - 1 - Long.numberOfLeadingZeros(differing)) / SLOT_BITS);
    int index = (level << SLOT_BITS) + ((int) (at >>> (level * SLOT_BITS)) & SLOT_MASK);
    timer.slotTick = at;
    timer.slot = index;
    Timer head = heads[index];
    timer.next = head;
    timer.previous = null;
    if (head != null) {
      head.previous = timer;
    }
    heads[index] = timer;
    occupied[level] |= 1L << index;
    size++;
  }

  private void unlink(Timer timer) {
    Timer before = timer.previous;
    Timer after = timer.next;
    int index = timer.slot;
    if (before != null) {
      before.next = after;
    } else {
      heads[index] = after;
      if (after == null) {
        occupied[index >> SLOT_BITS] &= ~(1L << index);
      }
    }
    if (after != null) {
      after.previous = before;
    }
    timer.previous = null;
    timer.next = null;
    timer.slot = -1;
    size--;
  }

  /**
   * The first tick that begins at or after {@code nanos}: rounding up is what never fires early.
   */
  private long tickOf(long nanos) {
    return (nanos - origin + TICK_NANOS - 1) >> TICK_SHIFT;
  }

  /** Runs a timer that is due. */
  interface Firing {
    void fire(Timer timer);
  }
}
