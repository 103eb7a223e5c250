package dev.weir.stream.spi;

import dev.weir.stream.ByteStream;
import dev.weir.stream.StreamHandler;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The receiving part of a stream (RFC 9000 3.2). Lends what has come to the reader, keeps what it
 * leaves for the next time, and tells of the peer's end behind the last byte. Loop thread.
 */
public final class ReceivingPart {

  private static final int PAUSED = 1;
  private static final int AGAIN = 1 << 1;
  private static final int ENDED = 1 << 2;
  private static final int END_DUE = 1 << 3;
  private static final int DISCARDING = 1 << 4;

  private final Reader reader;
  private int flags;

  /** What the reader left, or has not seen, or {@code null}. */
  private @Nullable ByteBuffer kept;

  /** The receiving part of a stream that is read by {@code reader}. */
  public ReceivingPart(Reader reader) {
    this.reader = reader;
  }

  /** Who reads. May call every method of this part from inside of each of its own. */
  public interface Reader {

    /** Takes what it can use of the bytes, and leaves the rest behind the position. */
    void lend(ByteBuffer bytes);

    /** The peer has ended its direction, and everything before the end has been lent or dropped. */
    void inputEnded();

    /** More was left than {@link StreamHandler#MAX_LEFT} without a pause: no progress is made. */
    void leftTooMuch(int count);

    /** Has {@link ReceivingPart#redeliver()} called soon, but not from inside this call. */
    void settleLater();
  }

  // ---- what the stream's user calls

  /** As {@link ByteStream#pause()}. */
  public void pause() {
    flags |= PAUSED;
  }

  /** As {@link ByteStream#resume()}. */
  public void resume() {
    if (has(PAUSED)) {
      flags &= ~PAUSED;
      again();
    }
  }

  /** Another reads from here on: it is given what was left, and told of the end if it has come. */
  public void readerChanged() {
    if (has(ENDED)) {
      flags |= END_DUE;
    }
    again();
  }

  // ---- what the carrier calls

  /** Whether the reader wants nothing now. */
  public boolean isPaused() {
    return has(PAUSED);
  }

  /** Whether the peer has ended its direction; there may be bytes before the end. */
  public boolean isEnded() {
    return has(ENDED);
  }

  /** Whether the reader knows that the peer has ended its direction. */
  public boolean isOver() {
    return has(ENDED) && !has(END_DUE);
  }

  /** Whether what is kept is lent by {@link #redeliver()} soon: nothing is to be read before. */
  public boolean isRedeliveryDue() {
    return has(AGAIN) && kept != null;
  }

  /**
   * Moves what is kept into {@code scratch}, whoever reads behind it: what was left and what is new
   * are then lent as one. Follow it by {@link #receive}, or by {@link #putBack} if nothing came.
   */
  public void moveTo(ByteBuffer scratch) {
    ByteBuffer left = kept;
    if (left != null) {
      kept = null;
      scratch.put(left);
    }
  }

  /** Keeps a copy of {@code bytes}, which have not been lent; there is nothing kept now. */
  public void putBack(ByteBuffer bytes) {
    if (bytes.hasRemaining() && !has(DISCARDING)) {
      kept = ByteBuffer.allocate(bytes.remaining()).put(bytes).flip();
    }
  }

  /**
   * Takes {@code bytes} that have come: lends them behind what was kept, and keeps what is left.
   * All are kept while the reader has paused; how much may come then is the carrier's to limit.
   */
  public void receive(ByteBuffer bytes) {
    if (has(DISCARDING)) {
      return;
    }
    ByteBuffer left = kept;
    if (left != null) {
      int count = left.remaining() + bytes.remaining();
      kept = ByteBuffer.allocate(count).put(left).put(bytes).flip();
      lendKept();
    } else if (has(PAUSED)) {
      putBack(bytes);
    } else {
      lend(bytes);
    }
  }

  /** The peer has ended its direction. Told behind what waits to be lent. */
  public void end() {
    flags |= ENDED | END_DUE;
    tellEnd();
  }

  /** Lends what was kept, and tells of the end, if either is due. */
  public void redeliver() {
    if (has(AGAIN)) {
      lendKept();
    }
    tellEnd();
  }

  /** Drops what has come and whatever comes; only the end is told. */
  public void discard() {
    flags |= DISCARDING;
    flags &= ~(PAUSED | AGAIN | END_DUE);
    kept = null;
  }

  // ----

  private void again() {
    if (!has(DISCARDING)) {
      flags |= AGAIN;
      reader.settleLater();
    }
  }

  private void lendKept() {
    if (has(PAUSED)) {
      return;
    }
    flags &= ~AGAIN;
    ByteBuffer left = kept;
    if (left != null) {
      kept = null;
      lend(left);
    }
  }

  private void lend(ByteBuffer bytes) {
    flags &= ~AGAIN;
    reader.lend(bytes);
    if (bytes.remaining() > StreamHandler.MAX_LEFT && !has(PAUSED | DISCARDING)) {
      reader.leftTooMuch(bytes.remaining());
    } else {
      putBack(bytes);
    }
  }

  private void tellEnd() {
    if (has(END_DUE) && !has(AGAIN | PAUSED)) {
      flags &= ~END_DUE;
      reader.inputEnded();
    }
  }

  private boolean has(int any) {
    return (flags & any) != 0;
  }
}
