package dev.weir.net;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The connections of one loop, for the sake of shutting down, balancing and showing them. Loop
 * thread, save the counts.
 */
final class Connections {

  private static final AtomicLong IDS = new AtomicLong();

  private final Runnable none;
  private final List<SocketStream> streams = new ArrayList<>();

  /** Written by the loop alone, so that to add needs no atomic operation. */
  private final AtomicLong in = new AtomicLong();

  /** As {@link #in}. */
  private final AtomicLong out = new AtomicLong();

  /** Written by the loop alone. */
  private volatile int size;

  /**
   * Connections that are here and that are expected. One number, so that whoever balances never
   * sees an arriving one twice, or not at all.
   */
  private final AtomicInteger load = new AtomicInteger();

  /** Whether the one that is added next has been counted when it was expected. */
  private boolean arriving;

  /**
   * No connections yet.
   *
   * @param none run when the last has gone that was here or expected, on the thread it went on
   */
  Connections(Runnable none) {
    this.none = none;
  }

  long nextId() {
    return IDS.incrementAndGet();
  }

  /** Something is on its way here. Any thread. */
  void expect() {
    load.incrementAndGet();
  }

  /** It does not come. Any thread. */
  void expectNoMore() {
    if (load.decrementAndGet() == 0) {
      none.run();
    }
  }

  /** What was expected is at hand: it is added next, if it becomes a connection at all. */
  void arriving() {
    arriving = true;
  }

  /** What was at hand has been added, or else will not come any more. */
  void arrived() {
    if (arriving) {
      arriving = false;
      expectNoMore();
    }
  }

  /** What was at hand becomes a connection later, or not: it stays expected. */
  void delayed() {
    arriving = false;
  }

  void add(SocketStream stream) {
    stream.index = streams.size();
    streams.add(stream);
    size = streams.size();
    if (arriving) {
      arriving = false;
    } else {
      load.incrementAndGet();
    }
  }

  /** Swaps the last into the gap: O(1), order does not matter. */
  void remove(SocketStream stream) {
    int gap = stream.index;
    SocketStream last = streams.removeLast();
    if (last != stream) {
      streams.set(gap, last);
      last.index = gap;
    }
    size = streams.size();
    expectNoMore();
  }

  void countIn(long bytes) {
    in.setRelease(in.getPlain() + bytes);
  }

  void countOut(long bytes) {
    out.setRelease(out.getPlain() + bytes);
  }

  /** How many are here or expected. Any thread. */
  int load() {
    return load.get();
  }

  /** Any thread. */
  int size() {
    return size;
  }

  /** Any thread. */
  long bytesIn() {
    return in.get();
  }

  /** Any thread. */
  long bytesOut() {
    return out.get();
  }

  List<SocketStream> snapshot() {
    return List.copyOf(streams);
  }
}
