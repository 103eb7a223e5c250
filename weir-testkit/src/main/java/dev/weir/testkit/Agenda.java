package dev.weir.testkit;

import java.util.PriorityQueue;

/** The virtual clock, and what is to happen on it: in order of time, then as it was arranged. */
final class Agenda {

  /** What {@link #nextTime()} answers when nothing is to happen. */
  static final long NEVER = Long.MAX_VALUE;

  private final PriorityQueue<Entry> entries = new PriorityQueue<>();
  private final long origin;
  private long now;
  private long arranged;
  private long fingerprint;

  /**
   * @param origin what the clock begins with; anything, as with {@link System#nanoTime}
   */
  Agenda(long origin) {
    this.origin = origin;
    this.now = origin;
  }

  long now() {
    return now;
  }

  /** Nanoseconds since the beginning. */
  long elapsed() {
    return now - origin;
  }

  Entry at(long time, Runnable what) {
    Entry entry = new Entry(Math.max(time, now), arranged++, what);
    entries.add(entry);
    return entry;
  }

  Entry after(long nanos, Runnable what) {
    return at(now + nanos, what);
  }

  /** When the next entry is due, or {@link #NEVER}. */
  long nextTime() {
    Entry next;
    while ((next = entries.peek()) != null && next.cancelled) {
      entries.remove();
    }
    return next == null ? NEVER : next.time;
  }

  /** Moves the clock to the next entry, which there must be, and runs it. */
  void runNext() {
    Entry entry = entries.remove();
    advanceTo(entry.time);
    mix(entry.order);
    entry.what.run();
  }

  void advanceTo(long time) {
    if (time > now) {
      now = time;
    }
  }

  /** Adds to the {@link #fingerprint} of this run. */
  void mix(long value) {
    fingerprint = (fingerprint * 0x9E3779B97F4A7C15L ^ value) + (now - origin);
  }

  /** A number that two runs share if the same happened at the same times. */
  long fingerprint() {
    return fingerprint;
  }

  /** Something that is going to happen, unless cancelled. */
  static final class Entry implements Comparable<Entry> {
    private final long time;
    private final long order;
    private final Runnable what;
    private boolean cancelled;

    private Entry(long time, long order, Runnable what) {
      this.time = time;
      this.order = order;
      this.what = what;
    }

    void cancel() {
      cancelled = true;
    }

    @Override
    public int compareTo(Entry other) {
      int byTime = Long.compare(time, other.time);
      return byTime != 0 ? byTime : Long.compare(order, other.order);
    }
  }
}
