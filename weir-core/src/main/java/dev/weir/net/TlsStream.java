package dev.weir.net;

import dev.weir.loop.Loop;
import dev.weir.loop.Timer;
import dev.weir.stream.ByteStream;
import dev.weir.stream.Carrier;
import dev.weir.stream.StreamException;
import dev.weir.stream.StreamHandler;
import dev.weir.stream.WeirException;
import dev.weir.tls.TlsEngine;
import dev.weir.tls.TlsError;
import dev.weir.tls.TlsSession;
import dev.weir.tls.TlsStatus;
import java.lang.System.Logger.Level;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * TLS over a byte stream: to the stream below a handler, to the handler above a stream. Records are
 * opened from the buffer that the stream below lends and made in the buffer that leaves, so that
 * bytes are touched once each way. What is written during a turn becomes one run of records.
 */
final class TlsStream implements ByteStream, Carrier, StreamHandler, Loop.Flushable, Runnable {

  private static final System.Logger LOG = System.getLogger("dev.weir.net");

  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);
  private static final StreamHandler DROPPING = (stream, bytes) -> bytes.position(bytes.limit());

  /** What is at least this long is encrypted from where it is, not gathered. */
  private static final int DIRECT_WRITE = 16 * 1024;

  private static final int OPEN = 1;
  private static final int PAUSED = 1 << 1;
  private static final int WANT_WRITABLE = 1 << 2;
  private static final int BLOCKED = 1 << 3;
  private static final int ENDING = 1 << 4;
  private static final int OUT_ENDED = 1 << 5;
  private static final int IN_ENDED = 1 << 6;
  private static final int CLOSING = 1 << 7;
  private static final int CLOSED = 1 << 8;
  private static final int SETTLING = 1 << 9;
  private static final int FLUSHING = 1 << 10;
  private static final int TASKING = 1 << 11;
  private static final int FAILED = 1 << 12;

  /** What is kept goes to the handler again. */
  private static final int REDELIVER = 1 << 13;

  /** The peer's end is still to be told: the handler was paused, or came after it. */
  private static final int TELL_ENDED = 1 << 14;

  private final ByteStream inner;
  private final TlsEngine engine;
  private final Duration handshakeTimeout;
  private StreamHandler handler = DROPPING;
  private int flags;

  /** Decrypted bytes that the handler left, or {@code null}. */
  private @Nullable ByteBuffer kept;

  /** Bytes to encrypt that have gathered in this turn, in a lent buffer, or {@code null}. */
  private @Nullable ByteBuffer gathered;

  /** Bytes to encrypt that the stream below has no room for, or {@code null}. */
  private @Nullable ByteBuffer unsent;

  /** Runs until the handshake is done. */
  private @Nullable Timer handshakeTimer;

  private @Nullable WeirException problem;

  TlsStream(ByteStream inner, TlsEngine engine, Duration handshakeTimeout) {
    this.inner = inner;
    this.engine = engine;
    this.handshakeTimeout = handshakeTimeout;
  }

  // ---- what it is

  @Override
  public Loop loop() {
    return inner.loop();
  }

  @Override
  public Carrier carrier() {
    return this;
  }

  @Override
  public long id() {
    return inner.carrier().id();
  }

  @Override
  public @Nullable SocketAddress local() {
    return inner.carrier().local();
  }

  @Override
  public @Nullable SocketAddress remote() {
    return inner.carrier().remote();
  }

  @Override
  public @Nullable TlsSession tls() {
    return has(OPEN) ? engine.session() : null;
  }

  @Override
  public long ageNanos() {
    return inner.carrier().ageNanos();
  }

  @Override
  public long bytesIn() {
    return inner.carrier().bytesIn();
  }

  @Override
  public long bytesOut() {
    return inner.carrier().bytesOut();
  }

  @Override
  public String toString() {
    return inner + " (tls)";
  }

  // ---- the stream below speaks

  @Override
  public void opened(ByteStream stream) {
    Timer timer = loop().timer(this::handshakeTimedOut);
    handshakeTimer = timer;
    timer.after(handshakeTimeout);
    // A client speaks first; a server's engine has nothing to say yet.
    wrapOwn();
    afterEngine();
  }

  @Override
  public void received(ByteStream stream, ByteBuffer net) {
    if (has(TASKING | FAILED)) {
      if (has(FAILED)) {
        net.position(net.limit());
      }
      return;
    }
    ByteBuffer app = loop().buffers().take();
    try {
      open(net, app);
    } finally {
      loop().buffers().give(app);
    }
    afterEngine();
  }

  /** Opens records until the engine wants more, the handler pauses or there is something to do. */
  private void open(ByteBuffer net, ByteBuffer app) {
    while (!has(CLOSED | FAILED | IN_ENDED)) {
      ByteBuffer left = kept;
      if (left != null) {
        kept = null;
        app.put(left);
      }
      TlsStatus status;
      try {
        int start = app.position();
        status = engine.unwrap(net, app);
        completeHandshake();
        app.flip();
        if (app.limit() > start) {
          deliver(app);
        } else {
          keep(app);
        }
        app.clear();
      } catch (TlsError e) {
        app.clear();
        refuse(e);
        return;
      }
      switch (status) {
        case NEED_INPUT, OK -> {
          return;
        }
        case NEED_OUTPUT_ROOM -> {
          if (has(PAUSED)) {
            return;
          }
        }
        case WANT_WRAP -> {
          if (!wrapOwn()) {
            return;
          }
        }
        case TASK -> {
          offload();
          return;
        }
        case CLOSED -> {
          peerEnded();
          return;
        }
      }
    }
    if (has(IN_ENDED)) {
      // After close_notify nothing counts (RFC 8446 6.1).
      net.position(net.limit());
    }
  }

  private void completeHandshake() {
    if (has(OPEN) || !engine.handshakeComplete()) {
      return;
    }
    flags |= OPEN;
    Timer timer = handshakeTimer;
    if (timer != null) {
      timer.cancel();
      handshakeTimer = null;
    }
    try {
      handler.opened(this);
    } catch (RuntimeException | Error e) {
      handlerFailed(e);
    }
  }

  /** The engine's long computations are made by a worker; until then the stream below waits. */
  private void offload() {
    flags |= TASKING;
    inner.pause();
    Runnable task = engine.task();
    loop()
        .<Boolean>offload(
            () -> {
              task.run();
              return true;
            },
            (done, failure) -> {
              flags &= ~TASKING;
              if (has(CLOSED)) {
                engine.close();
                return;
              }
              wrapOwn();
              completeHandshake();
              afterEngine();
              if (!has(PAUSED | TASKING)) {
                inner.resume();
              }
            });
  }

  private void deliver(ByteBuffer bytes) {
    if (has(CLOSING | CLOSED)) {
      return;
    }
    try {
      handler.received(this, bytes);
    } catch (RuntimeException | Error e) {
      handlerFailed(e);
      return;
    }
    keep(bytes);
  }

  private void keep(ByteBuffer left) {
    if (!left.hasRemaining() || has(CLOSED | CLOSING)) {
      return;
    }
    if (left.remaining() > MAX_LEFT && !has(PAUSED)) {
      fail(
          new StreamException.Aborted(
              "stream", -1, handler.getClass().getName() + " left too much without pausing", null));
      return;
    }
    kept = ByteBuffer.allocate(left.remaining()).put(left).flip();
  }

  private void peerEnded() {
    flags |= IN_ENDED;
    // TLS 1.2 answers with a close_notify of its own; TLS 1.3 leaves our direction open.
    wrapOwn();
    if (has(CLOSING)) {
      return;
    }
    if (!has(OPEN)) {
      inner.close();
      return;
    }
    if (has(PAUSED | REDELIVER)) {
      flags |= TELL_ENDED;
    } else {
      tellEnded();
    }
  }

  private void tellEnded() {
    try {
      handler.ended(this);
    } catch (RuntimeException | Error e) {
      handlerFailed(e);
    }
  }

  @Override
  public void ended(ByteStream stream) {
    if (has(IN_ENDED | FAILED)) {
      if (has(OUT_ENDED | FAILED)) {
        inner.close();
      }
      return;
    }
    try {
      engine.endOfInput();
      flags |= IN_ENDED;
    } catch (TlsError e) {
      problem = failed(e);
    }
    flags |= CLOSING;
    inner.close();
  }

  @Override
  public void writable(ByteStream stream) {
    flags &= ~BLOCKED;
    ByteBuffer left = unsent;
    if (left != null && !has(TASKING)) {
      seal(left);
      if (!left.hasRemaining()) {
        unsent = null;
      }
    }
    wrapOwn();
    afterEngine();
    if (has(WANT_WRITABLE) && takesBytes()) {
      settleLater();
    }
  }

  @Override
  public void drain(ByteStream stream) {
    if (!has(OPEN)) {
      close();
      return;
    }
    try {
      handler.drain(this);
    } catch (RuntimeException | Error e) {
      handlerFailed(e);
    }
  }

  @Override
  public void closed(ByteStream stream, @Nullable WeirException why) {
    flags |= CLOSED;
    Timer timer = handshakeTimer;
    if (timer != null) {
      timer.cancel();
    }
    ByteBuffer out = gathered;
    if (out != null) {
      gathered = null;
      loop().buffers().give(out);
    }
    kept = null;
    unsent = null;
    if (!has(TASKING)) {
      engine.close();
    }
    if (problem == null) {
      problem = why;
    }
    try {
      handler.closed(this, problem);
    } catch (RuntimeException | Error e) {
      LOG.log(Level.ERROR, "the handler of " + this + " failed in closed", e);
    }
  }

  // ---- the handler above speaks

  @Override
  public void handler(StreamHandler next) {
    handler = next;
    if (has(IN_ENDED)) {
      flags |= TELL_ENDED;
    }
    redeliverLater();
  }

  private void redeliverLater() {
    if (!has(CLOSED)) {
      flags |= REDELIVER;
      settleLater();
    }
  }

  @Override
  public int write(ByteBuffer src) {
    int start = src.remaining();
    while (src.hasRemaining() && takesBytes()) {
      if (src.remaining() >= DIRECT_WRITE && gathered == null) {
        seal(src);
        continue;
      }
      ByteBuffer out = gather();
      int count = Math.min(src.remaining(), out.remaining());
      out.put(out.position(), src, src.position(), count);
      out.position(out.position() + count);
      src.position(src.position() + count);
      if (!out.hasRemaining()) {
        sealGathered();
      }
    }
    return start - src.remaining();
  }

  @Override
  public @Nullable ByteBuffer reserve(int min) {
    if (min > MAX_RESERVE) {
      throw new IllegalArgumentException(
          "at most " + MAX_RESERVE + " bytes can be reserved: " + min);
    }
    if (!takesBytes()) {
      return null;
    }
    ByteBuffer out = gather();
    if (out.remaining() < min) {
      sealGathered();
      if (!takesBytes()) {
        return null;
      }
      out = gather();
    }
    return out;
  }

  @Override
  public void wantWritable() {
    flags |= WANT_WRITABLE;
    if (takesBytes()) {
      settleLater();
    }
  }

  @Override
  public boolean hasUnsent() {
    ByteBuffer out = gathered;
    return unsent != null || (out != null && out.position() > 0) || inner.hasUnsent();
  }

  @Override
  public void pause() {
    flags |= PAUSED;
    inner.pause();
  }

  @Override
  public void resume() {
    if (has(PAUSED)) {
      flags &= ~PAUSED;
      redeliverLater();
    }
  }

  @Override
  public void end() {
    if (!has(ENDING | CLOSED)) {
      flags |= ENDING;
      flushLaterOnce();
    }
  }

  @Override
  public void close() {
    if (!loop().inLoop()) {
      loop().execute(this::close);
      return;
    }
    if (has(CLOSING | CLOSED)) {
      return;
    }
    flags |= CLOSING;
    kept = null;
    if (!has(OPEN)) {
      inner.close();
    } else if (has(OUT_ENDED)) {
      inner.close();
    } else {
      flags |= ENDING;
      flushLaterOnce();
      Timer timer = loop().timer(inner::close);
      handshakeTimer = timer;
      timer.after(LINGER_NANOS);
    }
  }

  @Override
  public void reset(long code) {
    inner.reset(code);
  }

  // ---- records out

  private boolean takesBytes() {
    int needed = OPEN | BLOCKED | ENDING | CLOSING | CLOSED | FAILED | TASKING;
    return (flags & needed) == OPEN && unsent == null;
  }

  private ByteBuffer gather() {
    ByteBuffer out = gathered;
    if (out == null) {
      // First of all this: it may flush another that gathers, or this very stream.
      flushLaterOnce();
      out = loop().buffers().take();
      gathered = out;
    }
    return out;
  }

  private void flushLaterOnce() {
    if (!has(FLUSHING)) {
      flags |= FLUSHING;
      loop().flushLater(this);
    }
  }

  @Override
  public void flush() {
    flags &= ~FLUSHING;
    if (!has(CLOSED)) {
      sealGathered();
      afterEngine();
    }
  }

  private void sealGathered() {
    ByteBuffer plain = gathered;
    if (plain == null) {
      return;
    }
    gathered = null;
    plain.flip();
    seal(plain);
    if (plain.hasRemaining() && !has(CLOSED | FAILED)) {
      unsent = ByteBuffer.allocate(plain.remaining()).put(plain).flip();
    }
    loop().buffers().give(plain);
  }

  /**
   * Makes records of {@code plain} in the buffer that leaves, until there is no more room in it.
   */
  private void seal(ByteBuffer plain) {
    while (plain.hasRemaining() && !has(BLOCKED | CLOSED | FAILED | TASKING)) {
      ByteBuffer out = inner.reserve(engine.maxRecord());
      if (out == null) {
        blocked();
        return;
      }
      if (!wrap(plain, out)) {
        return;
      }
    }
  }

  /** Sends what the engine itself has to say. False if it cannot now. */
  private boolean wrapOwn() {
    while (!has(BLOCKED | CLOSED | TASKING)) {
      ByteBuffer out = inner.reserve(engine.maxRecord());
      if (out == null) {
        blocked();
        return false;
      }
      int before = out.position();
      if (!wrap(NOTHING, out) || out.position() == before) {
        return !has(BLOCKED | TASKING | FAILED);
      }
    }
    return false;
  }

  /** One call of the engine; false if it is of no use to call it again now. */
  private boolean wrap(ByteBuffer plain, ByteBuffer out) {
    TlsStatus status;
    try {
      status = engine.wrap(plain, out);
    } catch (TlsError e) {
      refuse(e);
      return false;
    }
    return switch (status) {
      case OK, NEED_OUTPUT_ROOM -> true;
      case TASK -> {
        offload();
        yield false;
      }
      case NEED_INPUT, WANT_WRAP, CLOSED -> false;
    };
  }

  private void blocked() {
    flags |= BLOCKED;
    inner.wantWritable();
  }

  /** After any call of the engine: the handshake may be over, and so may our direction. */
  private void afterEngine() {
    if (has(CLOSED)) {
      return;
    }
    if (!has(FAILED)) {
      completeHandshake();
    }
    if (has(ENDING)
        && !has(OUT_ENDED | BLOCKED | TASKING | FAILED)
        && unsent == null
        && gathered == null) {
      engine.closeOutbound();
      wrapOwn();
      if (!has(BLOCKED)) {
        flags |= OUT_ENDED;
        if (has(CLOSING)) {
          inner.close();
        } else {
          inner.end();
        }
      }
    }
  }

  // ---- failures

  /**
   * The engine gave up: its alert is sent, then the connection closed in order, so that it arrives.
   */
  private void refuse(TlsError e) {
    if (has(FAILED)) {
      return;
    }
    flags |= FAILED;
    problem = failed(e);
    LOG.log(Level.DEBUG, "{0}: {1}", inner, e.getMessage());
    ByteBuffer out = inner.reserve(engine.maxRecord());
    if (out != null) {
      try {
        engine.wrap(NOTHING, out);
      } catch (TlsError again) {
        LOG.log(Level.DEBUG, "no alert could be made for {0}: {1}", inner, again.getMessage());
      }
    }
    flags |= CLOSING;
    inner.close();
  }

  private static StreamException failed(TlsError e) {
    var alert = e.alert();
    return new StreamException.TlsFailed(
        alert == null ? -1 : alert.code(), String.valueOf(e.getMessage()), e);
  }

  private void handshakeTimedOut() {
    fail(
        new StreamException.TimedOut(
            "tls", "no TLS handshake within " + handshakeTimeout.toMillis() + " ms"));
  }

  private void handlerFailed(Throwable e) {
    LOG.log(Level.ERROR, "the handler of " + this + " failed; the connection is reset", e);
    fail(new StreamException.Aborted("handler", -1, "the handler failed: " + e, e));
  }

  private void fail(WeirException why) {
    if (problem == null) {
      problem = why;
    }
    flags |= FAILED;
    inner.reset(-1);
  }

  // ---- what a call sets off is delivered here, later in the turn

  private void settleLater() {
    if (!has(SETTLING)) {
      flags |= SETTLING;
      loop().execute(this);
    }
  }

  @Override
  public void run() {
    flags &= ~SETTLING;
    if (has(CLOSED)) {
      return;
    }
    redeliver();
    if (!has(PAUSED | TASKING)) {
      inner.resume();
    }
    if (has(WANT_WRITABLE) && takesBytes()) {
      flags &= ~WANT_WRITABLE;
      try {
        handler.writable(this);
      } catch (RuntimeException | Error e) {
        handlerFailed(e);
      }
    }
  }

  private void redeliver() {
    if (has(REDELIVER) && !has(PAUSED | CLOSING)) {
      flags &= ~REDELIVER;
      ByteBuffer left = kept;
      if (left != null) {
        kept = null;
        deliver(left);
      }
    }
    if (has(TELL_ENDED) && !has(REDELIVER | PAUSED | CLOSING | CLOSED | FAILED)) {
      flags &= ~TELL_ENDED;
      tellEnded();
    }
  }

  private boolean has(int any) {
    return (flags & any) != 0;
  }
}
