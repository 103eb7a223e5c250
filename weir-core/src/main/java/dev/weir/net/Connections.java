package dev.weir.net;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/**
 * The connections of one loop, for the sake of shutting down, balancing and showing them. Loop
 * thread, save the counts.
 */
final class Connections {

  private static final AtomicLong IDS = new AtomicLong();

  private final List<SocketStream> streams = new ArrayList<>();
  private final LongAdder in = new LongAdder();
  private final LongAdder out = new LongAdder();

  /** Written by the loop alone, read by whoever balances. */
  private volatile int size;

  long nextId() {
    return IDS.incrementAndGet();
  }

  void add(SocketStream stream) {
    stream.index = streams.size();
    streams.add(stream);
    size = streams.size();
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
  }

  void countIn(long bytes) {
    in.add(bytes);
  }

  void countOut(long bytes) {
    out.add(bytes);
  }

  /** Any thread. */
  int size() {
    return size;
  }

  /** Any thread. */
  long bytesIn() {
    return in.sum();
  }

  /** Any thread. */
  long bytesOut() {
    return out.sum();
  }

  List<SocketStream> snapshot() {
    return List.copyOf(streams);
  }
}
