package dev.weir.stream.spi;

import dev.weir.loop.Loop;
import dev.weir.stream.ByteStream;
import java.nio.ByteBuffer;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The sending part of a stream (RFC 9000 3.1). What is written during a turn gathers in a buffer
 * that the loop lends, and goes to the carrier at the turn's end; what the carrier does not take is
 * kept, and nothing more is accepted until it has gone; the end follows the last byte. Loop thread.
 */
public final class SendingPart implements Loop.Flushable {

  /** What is at least this long goes to the carrier from where it is, in bytes: not gathered. */
  static final int UNGATHERED = 16 * 1024;

  private static final int QUEUED = 1;
  private static final int BLOCKED = 1 << 1;
  private static final int HELD = 1 << 2;
  private static final int WANTED = 1 << 3;
  private static final int ENDING = 1 << 4;
  private static final int ENDED = 1 << 5;
  private static final int STOPPED = 1 << 6;

  /** What waits was refused by the carrier, and is in a buffer of its own. */
  private static final int KEPT = 1 << 7;

  /** The sink has what waits, until {@link #left()}. */
  private static final int LEAVING = 1 << 8;

  private final Sink sink;
  private int flags;

  /**
   * What waits here, or {@code null}: what has gathered in this turn, in a lent buffer with its end
   * at the position; or, ready to be sent, what is leaving or was kept.
   */
  private @Nullable ByteBuffer waiting;

  /** The sending part of a stream that sends to {@code sink}. */
  public SendingPart(Sink sink) {
    this.sink = sink;
  }

  /** Where the bytes go. None of its methods calls a handler of the stream. */
  public interface Sink {

    /** The loop that the stream lives on. */
    Loop loop();

    /**
     * Takes of {@code bytes} what there is room for. If some is left, it is kept; when there is
     * room, {@link SendingPart#unblocked()} is to be called. On failure the sink stops the part.
     */
    void send(ByteBuffer bytes);

    /**
     * As {@link #send(ByteBuffer)}, but what other streams send may be sent together with this, by
     * {@link dev.weir.loop.spi.Poller#writeNow()} at the latest. The sink has the buffer until it
     * calls {@link SendingPart#left()}.
     *
     * @return whether it has been sent already, so that there is no such call
     */
    default boolean sendSoon(ByteBuffer bytes) {
      send(bytes);
      return true;
    }

    /** Takes {@code first} and behind it {@code second}, as {@link #send(ByteBuffer)} does. */
    default void send(ByteBuffer first, ByteBuffer second) {
      send(first);
      if (!first.hasRemaining()) {
        send(second);
      }
    }

    /**
     * Ends this direction of the carrier: everything has been taken.
     *
     * @return false if there is no room for that now; asked again by {@link
     *     SendingPart#unblocked()}
     */
    boolean sendEnd();

    /** Everything has been taken, and the part is {@linkplain SendingPart#hold() held}. */
    default void drained() {}

    /** Has {@link SendingPart#becameWritable()} asked soon, but not from inside this call. */
    void settleLater();
  }

  // ---- what the stream's user calls

  /** As {@link ByteStream#write}. */
  public int write(ByteBuffer src) {
    int start = src.remaining();
    awaitLeaving();
    while (src.hasRemaining() && takesBytes()) {
      if (src.remaining() >= UNGATHERED) {
        sendUngathered(src);
      } else {
        ByteBuffer out = gather();
        copy(src, out);
        if (!out.hasRemaining()) {
          sendGathered();
        }
      }
    }
    return start - src.remaining();
  }

  /** As {@link ByteStream#reserve}. */
  public @Nullable ByteBuffer reserve(int min) {
    if (min > ByteStream.MAX_RESERVE) {
      throw new IllegalArgumentException(
          "at most " + ByteStream.MAX_RESERVE + " bytes can be reserved: " + min);
    }
    awaitLeaving();
    if (!takesBytes()) {
      return null;
    }
    ByteBuffer out = gather();
    if (out.remaining() < min) {
      sendGathered();
      if (!takesBytes()) {
        return null;
      }
      out = gather();
    }
    return out;
  }

  /** The turn ends: what has gathered is sent soon, and what waited for that happens. */
  @Override
  public void flush() {
    flags &= ~QUEUED;
    if (!has(STOPPED)) {
      sendSoon();
    }
  }

  /** As {@link ByteStream#flush()}. */
  public void flushNow() {
    if (!has(STOPPED)) {
      sendGathered();
    }
  }

  /** As {@link ByteStream#wantWritable()}. */
  public void wantWritable() {
    flags |= WANTED;
    tellIfWritable();
  }

  /** Whether accepted bytes wait here. */
  public boolean hasUnsent() {
    ByteBuffer out = waiting;
    return out != null && (has(KEPT | LEAVING) || out.position() > 0);
  }

  /** Ends this direction behind what was accepted. */
  public void end() {
    if (!has(ENDING | STOPPED)) {
      flags |= ENDING;
      queue();
    }
  }

  // ---- what the carrier calls

  /** Whether a write would be accepted now. */
  public boolean takesBytes() {
    return !has(BLOCKED | HELD | ENDING | STOPPED);
  }

  /** Whether somebody asked for it and bytes are accepted again; answers one such question. */
  public boolean becameWritable() {
    boolean now = has(WANTED) && takesBytes();
    if (now) {
      flags &= ~WANTED;
    }
    return now;
  }

  /** What the sink was to send soon has been sent, as far as there was room. */
  public void left() {
    ByteBuffer out = Objects.requireNonNull(waiting);
    waiting = null;
    flags &= ~LEAVING;
    keep(out);
    sink.loop().buffers().give(out);
    settle();
  }

  /** There is no room: nothing is sent nor accepted until {@link #unblocked()}. */
  public void block() {
    flags |= BLOCKED;
  }

  /** There is room again, or may be: sends what was kept, and goes on. */
  public void unblocked() {
    ByteBuffer left = waiting;
    if (left != null && has(KEPT)) {
      sink.send(left);
      if (left.hasRemaining()) {
        return;
      }
      waiting = null;
      flags &= ~KEPT;
    }
    flags &= ~BLOCKED;
    settle();
    tellIfWritable();
  }

  /**
   * Accepts nothing until {@link #release()}, but sends what was accepted and then calls {@link
   * Sink#drained()}: something else, such as a file, is to follow there.
   */
  public void hold() {
    flags |= HELD;
    queue();
  }

  /** Ends a {@link #hold()}. */
  public void release() {
    flags &= ~HELD;
    settle();
    tellIfWritable();
  }

  /** Whether the end is to follow what is sent now, so that the two may travel as one. */
  public boolean isEnding() {
    return has(ENDING);
  }

  /** Whether everything has been taken, and the end too. */
  public boolean isEnded() {
    return has(ENDED);
  }

  /** Drops everything; nothing is sent nor accepted any more. */
  public void stop() {
    flags |= STOPPED;
    ByteBuffer out = waiting;
    if (out == null || has(LEAVING)) {
      return;
    }
    waiting = null;
    if (!has(KEPT)) {
      sink.loop().buffers().give(out);
    }
  }

  // ----

  private ByteBuffer gather() {
    ByteBuffer out = waiting;
    if (out == null) {
      // First of all this: it may flush another that gathers, or a stream below this one.
      queue();
      out = sink.loop().buffers().take();
      waiting = out;
    }
    return out;
  }

  /** What has gathered is to be sent; {@link #left()} is to follow. */
  private @Nullable ByteBuffer leave() {
    ByteBuffer out = waiting;
    if (out == null || has(KEPT | LEAVING)) {
      return null;
    }
    flags |= LEAVING;
    return out.flip();
  }

  /** What comes next is behind what is leaving, and there may be no room for it. */
  private void awaitLeaving() {
    if (has(LEAVING)) {
      sink.loop().poller().writeNow();
    }
  }

  private void queue() {
    if (!has(QUEUED)) {
      flags |= QUEUED;
      sink.loop().flushLater(this);
    }
  }

  private void sendGathered() {
    sendSoon();
    awaitLeaving();
  }

  private void sendSoon() {
    ByteBuffer out = leave();
    if (out == null) {
      settle();
      return;
    }
    boolean sent = true;
    try {
      sent = !out.hasRemaining() || has(BLOCKED) || sink.sendSoon(out);
    } finally {
      if (sent && has(LEAVING)) {
        left();
      }
    }
  }

  private void sendUngathered(ByteBuffer src) {
    ByteBuffer out = leave();
    if (out == null) {
      sink.send(src);
    } else {
      try {
        sink.send(out, src);
      } finally {
        left();
      }
    }
    if (src.hasRemaining()) {
      flags |= BLOCKED;
    }
  }

  private void keep(ByteBuffer left) {
    if (left.hasRemaining() && !has(STOPPED)) {
      waiting = ByteBuffer.allocate(left.remaining()).put(left).flip();
      flags |= KEPT | BLOCKED;
    }
  }

  /** Everything may have been taken: what waited for that happens. */
  private void settle() {
    if (waiting != null || has(BLOCKED | STOPPED)) {
      return;
    }
    if (has(HELD)) {
      sink.drained();
    } else if (has(ENDING) && !has(ENDED)) {
      flags |= ENDED;
      if (!sink.sendEnd()) {
        flags &= ~ENDED;
      }
    }
  }

  private void tellIfWritable() {
    if (has(WANTED) && takesBytes()) {
      sink.settleLater();
    }
  }

  private boolean has(int any) {
    return (flags & any) != 0;
  }

  private static void copy(ByteBuffer src, ByteBuffer dst) {
    int count = Math.min(src.remaining(), dst.remaining());
    dst.put(dst.position(), src, src.position(), count);
    dst.position(dst.position() + count);
    src.position(src.position() + count);
  }
}
