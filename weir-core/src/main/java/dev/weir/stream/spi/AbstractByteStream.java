package dev.weir.stream.spi;

import dev.weir.loop.Loop;
import dev.weir.stream.ByteStream;
import dev.weir.stream.StreamException;
import dev.weir.stream.StreamHandler;
import dev.weir.stream.WeirException;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The life of a byte stream, whatever carries it: joins its two parts to a handler, delivers what a
 * call sets off later in the turn, guards the handler's callbacks, and tells of the close once.
 *
 * <p>A carrier says where bytes go ({@link #send}, {@link #sendEnd}), gives what comes to {@link
 * #in}, and brings the stream to its close: it answers {@link #closing()} and {@link #cut}, and
 * says {@link #gone} when it is over. Loop thread, save {@link #close()} and {@link #reset}.
 */
public abstract class AbstractByteStream
    implements ByteStream, SendingPart.Sink, ReceivingPart.Reader, Runnable {

  private static final System.Logger LOG = System.getLogger("dev.weir.stream");

  private static final StreamHandler DROPPING = (stream, bytes) -> bytes.position(bytes.limit());

  private static final int SETTLING = 1;
  private static final int CLOSING = 1 << 1;
  private static final int CLOSED = 1 << 2;
  private static final int TOLD_CLOSED = 1 << 3;

  /** What is sent. */
  protected final SendingPart out;

  /** What has come. */
  protected final ReceivingPart in;

  private final Loop loop;
  private StreamHandler handler = DROPPING;
  private int flags;
  private @Nullable WeirException problem;

  /** A stream on {@code loop} whose handler, so far, drops what comes. */
  @SuppressWarnings("this-escape") // the parts only remember it
  protected AbstractByteStream(Loop loop) {
    this.loop = loop;
    this.out = new SendingPart(this);
    this.in = new ReceivingPart(this);
  }

  // ---- what the carrier does

  /** The stream is to close in order; both parts know already. Calls no handler. */
  protected abstract void closing();

  /** The stream is to end at once in both directions. Calls no handler. */
  protected abstract void cut(WeirException why);

  /** Both directions have ended in order. Calls no handler. */
  protected void bothEnded() {}

  /** The handler takes bytes, and those that waited have been lent: more may be read. */
  protected abstract void readOn();

  // ---- what the carrier calls

  /** Who consumes the stream. */
  protected final StreamHandler handler() {
    return handler;
  }

  /** Gives the stream its first handler and tells it that the stream is open. */
  protected final void open(StreamHandler first) {
    handler = first;
    tell(Event.OPENED);
  }

  /** Tells the handler of a stream that is not closing. */
  protected final void tell(Event event) {
    try {
      switch (event) {
        case OPENED -> handler.opened(this);
        case WRITABLE -> handler.writable(this);
        case ENDED -> handler.ended(this);
        case DRAIN -> handler.drain(this);
      }
    } catch (RuntimeException | Error e) {
      handlerFailed(e);
    }
  }

  /** What the handler of a stream can be told, save bytes and the close. */
  protected enum Event {
    /** {@link StreamHandler#opened}. */
    OPENED,
    /** {@link StreamHandler#writable}. */
    WRITABLE,
    /** {@link StreamHandler#ended}. */
    ENDED,
    /** {@link StreamHandler#drain}. */
    DRAIN
  }

  /** Whether {@link #close()} has been called, or the stream {@linkplain #giveUp given up}. */
  protected final boolean isClosing() {
    return (flags & CLOSING) != 0;
  }

  /** Whether the stream is gone. */
  protected final boolean isClosed() {
    return (flags & CLOSED) != 0;
  }

  /** Why the stream comes to its end; the first reason stays. */
  protected final void because(@Nullable WeirException why) {
    if (problem == null) {
      problem = why;
    }
  }

  /** Why the stream came to its end, or {@code null} if in order or not yet. */
  protected final @Nullable WeirException problem() {
    return problem;
  }

  /** Calls {@link #bothEnded()} if it is so. */
  protected final void finishIfEnded() {
    if (in.isOver() && out.isEnded() && !isClosed()) {
      bothEnded();
    }
  }

  /** Cuts the stream, unless it is gone. */
  protected final void fail(WeirException why) {
    if (!isClosed()) {
      cut(why);
    }
  }

  /** Nothing is taken nor delivered any more; what is left is the carrier's to close. */
  protected final void giveUp(@Nullable WeirException why) {
    because(why);
    flags |= CLOSING;
    in.discard();
    out.stop();
  }

  /** The stream is gone: {@link #tellClosed()} or {@link #settleLater()} is to follow. */
  protected final void gone(@Nullable WeirException why) {
    giveUp(why);
    flags |= CLOSED;
  }

  /** Tells the handler that the stream is gone, once. */
  protected final void tellClosed() {
    if ((flags & TOLD_CLOSED) != 0) {
      return;
    }
    flags |= TOLD_CLOSED;
    try {
      handler.closed(this, problem);
    } catch (RuntimeException | Error e) {
      LOG.log(Level.ERROR, "the handler of " + this + " failed in closed", e);
    }
  }

  // ---- what the stream's user calls

  @Override
  public final Loop loop() {
    return loop;
  }

  @Override
  public final void handler(StreamHandler next) {
    handler = next;
    in.readerChanged();
  }

  @Override
  public final int write(ByteBuffer src) {
    return out.write(src);
  }

  @Override
  public final @Nullable ByteBuffer reserve(int min) {
    return out.reserve(min);
  }

  @Override
  public final void flush() {
    out.flushNow();
  }

  @Override
  public final void wantWritable() {
    out.wantWritable();
  }

  @Override
  public boolean hasUnsent() {
    return out.hasUnsent();
  }

  @Override
  public void pause() {
    in.pause();
  }

  @Override
  public final void resume() {
    in.resume();
  }

  @Override
  public final void end() {
    out.end();
  }

  @Override
  public final void close() {
    if (!loop.inLoop()) {
      loop.execute(this::close);
    } else if (!isClosing()) {
      flags |= CLOSING;
      in.discard();
      out.end();
      closing();
    }
  }

  @Override
  public final void reset(long code) {
    if (loop.inLoop()) {
      fail(new StreamException.Aborted("stream", code, "reset by this side", null));
    } else {
      loop.execute(() -> reset(code));
    }
  }

  // ---- the receiving part's reader

  @Override
  public final void lend(ByteBuffer bytes) {
    try {
      handler.received(this, bytes);
    } catch (RuntimeException | Error e) {
      handlerFailed(e);
    }
  }

  @Override
  public final void inputEnded() {
    if (!isClosing()) {
      tell(Event.ENDED);
    }
    finishIfEnded();
  }

  @Override
  public final void leftTooMuch(int count) {
    fail(
        new StreamException.Aborted(
            "stream",
            -1,
            handler.getClass().getName()
                + " left "
                + count
                + " bytes without pausing; at most "
                + StreamHandler.MAX_LEFT
                + " may be left",
            null));
  }

  private void handlerFailed(Throwable e) {
    LOG.log(Level.ERROR, "the handler of " + this + " failed; the connection is reset", e);
    fail(new StreamException.Aborted("handler", -1, "the handler failed: " + e, e));
  }

  // ---- what a call sets off is delivered here, later in the turn

  @Override
  public final void settleLater() {
    if ((flags & SETTLING) == 0) {
      flags |= SETTLING;
      loop.execute(this);
    }
  }

  @Override
  public final void run() {
    flags &= ~SETTLING;
    if (isClosed()) {
      tellClosed();
      return;
    }
    in.redeliver();
    if (!in.isPaused() && !isClosed()) {
      readOn();
    }
    if (out.becameWritable()) {
      tell(Event.WRITABLE);
    }
  }
}
