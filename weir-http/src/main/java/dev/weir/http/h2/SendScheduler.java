package dev.weir.http.h2;

import org.jspecify.annotations.Nullable;

/**
 * The streams that have something to send and could, in the order in which they get to (RFC 9218
 * 10): the more urgent first; of equal urgency those that are not incremental one after the other,
 * by identifier, the incremental ones in turn, and one of these after one of those, so that none
 * waits for all others.
 */
final class SendScheduler {
  private static final int URGENCIES = 8;

  /** Heads and tails of the queues: two to an urgency, sequential and incremental. */
  private @Nullable Http2Stream @Nullable [] heads;

  private @Nullable Http2Stream @Nullable [] tails;

  /** A bit for each queue that is not empty. */
  private int filled;

  private boolean incrementalNext;

  boolean isEmpty() {
    return filled == 0;
  }

  /** Lines a stream up, unless it is in line. */
  void add(Http2Stream stream) {
    if (stream.queued) {
      return;
    }
    stream.queued = true;
    if (heads == null || tails == null) {
      heads = new @Nullable Http2Stream[URGENCIES * 2];
      tails = new @Nullable Http2Stream[URGENCIES * 2];
    }
    var priority = stream.priority();
    int queue = priority.urgency() * 2 + (priority.incremental() ? 1 : 0);
    stream.queue = queue;
    var tail = tails[queue];
    if (tail == null) {
      heads[queue] = stream;
      tails[queue] = stream;
      filled |= 1 << queue;
    } else if (priority.incremental() || tail.id() < stream.id()) {
      tail.nextInQueue = stream;
      tails[queue] = stream;
    } else {
      insert(stream, heads, queue);
    }
  }

  /** Sequential streams are in the order of their identifiers; the last one's is greater. */
  private static void insert(Http2Stream stream, @Nullable Http2Stream[] heads, int queue) {
    Http2Stream before = null;
    var after = heads[queue];
    while (after != null && after.id() < stream.id()) {
      before = after;
      after = after.nextInQueue;
    }
    stream.nextInQueue = after;
    if (before == null) {
      heads[queue] = stream;
    } else {
      before.nextInQueue = stream;
    }
  }

  /** Takes the next one out, or null. */
  @Nullable Http2Stream poll() {
    if (filled == 0 || heads == null || tails == null) {
      return null;
    }
    int queue = Integer.numberOfTrailingZeros(filled);
    int both = 0b11 << (queue & ~1);
    if ((filled & both) == both) {
      queue = (queue & ~1) + (incrementalNext ? 1 : 0);
      incrementalNext = !incrementalNext;
    }
    var stream = heads[queue];
    if (stream != null) {
      unlink(stream, null, heads, tails);
    }
    return stream;
  }

  /** Takes a stream out of line, if it is in line. */
  void remove(Http2Stream stream) {
    if (!stream.queued || heads == null || tails == null) {
      return;
    }
    Http2Stream before = null;
    for (var at = heads[stream.queue]; at != null && at != stream; at = at.nextInQueue) {
      before = at;
    }
    unlink(stream, before, heads, tails);
  }

  private void unlink(
      Http2Stream stream,
      @Nullable Http2Stream before,
      @Nullable Http2Stream[] heads,
      @Nullable Http2Stream[] tails) {
    int queue = stream.queue;
    var after = stream.nextInQueue;
    if (before == null) {
      heads[queue] = after;
    } else {
      before.nextInQueue = after;
    }
    if (after == null) {
      tails[queue] = before;
      if (before == null) {
        filled &= ~(1 << queue);
      }
    }
    stream.nextInQueue = null;
    stream.queued = false;
    if (filled == 0) {
      this.heads = null;
      this.tails = null;
    }
  }
}
