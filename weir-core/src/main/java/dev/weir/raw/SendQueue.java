package dev.weir.raw;

import dev.weir.stream.ByteStream;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Queue;

/**
 * Sends from any thread what the stream may not take at once. Holds a number of bytes at most that
 * the user sets; past it nothing is taken, so that a slow reader costs its producer and not the
 * heap. Whoever sends much stops at the high-water mark and goes on when it is told.
 *
 * <p>The stream's handler passes {@link #writable} and {@link #closed} on. Order is that of the
 * calls of {@link #send}. All methods may be called from any thread, save where they say otherwise.
 */
public final class SendQueue {

  /** What a queue holds at most, in bytes, unless its user says something else. */
  public static final int LIMIT = 1 << 20;

  private final ByteStream stream;
  private final int highWater;
  private final int limit;
  private final Runnable drained;

  /** Guarded by itself, and so are the fields below. */
  private final Queue<ByteBuffer> waiting = new ArrayDeque<>();

  private int queued;
  private boolean full;

  /** Whether {@link #writable} is going to be called in any case. */
  private boolean hopping;

  private boolean closing;
  private boolean closed;

  /** A queue of {@link #LIMIT} bytes whose user does not wait for anything. */
  public SendQueue(ByteStream stream) {
    this(stream, LIMIT, LIMIT, () -> {});
  }

  /**
   * A queue in front of {@code stream}.
   *
   * @param highWater from this many bytes on, {@link #isFull()}
   * @param limit how many bytes it holds at most; not less than {@code highWater}
   * @param drained run on the loop when a queue that was full has become empty; must not block
   */
  public SendQueue(ByteStream stream, int highWater, int limit, Runnable drained) {
    if (highWater < 1 || limit < highWater) {
      throw new IllegalArgumentException(
          "a high-water mark of " + highWater + " does not fit a limit of " + limit);
    }
    this.stream = stream;
    this.highWater = highWater;
    this.limit = limit;
    this.drained = drained;
  }

  /**
   * Queues a copy of {@code bytes} and advances their position: all of them or none.
   *
   * @return false if they would pass the limit, or the queue has been closed
   */
  public boolean send(ByteBuffer bytes) {
    synchronized (waiting) {
      if (closing || closed || bytes.remaining() > limit - queued) {
        return false;
      }
      if (!bytes.hasRemaining()) {
        return true;
      }
      queued += bytes.remaining();
      full |= queued >= highWater;
      waiting.add(ByteBuffer.allocate(bytes.remaining()).put(bytes).flip());
      hop();
    }
    return true;
  }

  /** Closes the stream in order when everything that was queued has been sent. */
  public void close() {
    synchronized (waiting) {
      closing = true;
      hop();
    }
  }

  /** How many bytes the stream has not taken yet. */
  public int queued() {
    synchronized (waiting) {
      return queued;
    }
  }

  /** Whether the high-water mark was reached since the queue was last empty. */
  public boolean isFull() {
    synchronized (waiting) {
      return full;
    }
  }

  /** The stream can take bytes: called by its handler, on the loop. */
  public void writable() {
    boolean wasFull;
    boolean close;
    synchronized (waiting) {
      hopping = false;
      ByteBuffer next;
      while ((next = waiting.peek()) != null) {
        queued -= stream.write(next);
        if (next.hasRemaining()) {
          hopping = true;
          stream.wantWritable();
          return;
        }
        waiting.remove();
      }
      wasFull = full;
      full = false;
      close = closing && !closed;
    }
    if (wasFull) {
      drained.run();
    }
    if (close) {
      stream.close();
    }
  }

  /** The stream is gone, and so is what was queued: called by its handler, on the loop. */
  public void closed() {
    synchronized (waiting) {
      closed = true;
      queued = 0;
      waiting.clear();
    }
  }

  /** One hop is enough for all that is queued before it arrives; none while the stream is full. */
  private void hop() {
    if (!hopping) {
      hopping = true;
      stream.loop().execute(this::writable);
    }
  }
}
