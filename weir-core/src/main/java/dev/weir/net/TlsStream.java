package dev.weir.net;

import dev.weir.loop.Timer;
import dev.weir.stream.ByteStream;
import dev.weir.stream.Carrier;
import dev.weir.stream.StreamException;
import dev.weir.stream.StreamHandler;
import dev.weir.stream.WeirException;
import dev.weir.stream.spi.AbstractByteStream;
import dev.weir.tls.TlsEngine;
import dev.weir.tls.TlsError;
import dev.weir.tls.TlsStatus;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * TLS over a byte stream: to the stream below a handler, to the handler above a stream. Records are
 * opened from the buffer that the stream below lends and made in the buffer that leaves, so that
 * bytes are touched once each way. What is written during a turn becomes one run of records.
 */
final class TlsStream extends AbstractByteStream implements StreamHandler {

  private static final System.Logger LOG = System.getLogger("dev.weir.net");

  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

  /** The handshake is done. */
  private static final int OPEN = 1;

  /** The stream below has no room for a record. */
  private static final int FULL = 1 << 1;

  /** A worker has the engine. */
  private static final int TASKING = 1 << 2;

  /** The engine is of no more use. */
  private static final int FAILED = 1 << 3;

  private final ByteStream inner;
  private final TlsEngine engine;
  private final Carrier carrier;
  private final Duration handshakeTimeout;
  private int flags;

  /** Runs until the handshake is done, and again while closing; otherwise {@code null}. */
  private @Nullable Timer timer;

  TlsStream(ByteStream inner, TlsEngine engine, Duration handshakeTimeout) {
    super(inner.loop());
    this.inner = inner;
    this.engine = engine;
    this.carrier = new TlsCarrier(inner.carrier(), engine);
    this.handshakeTimeout = handshakeTimeout;
    out.block();
  }

  // ---- what it is

  @Override
  public Carrier carrier() {
    return carrier;
  }

  @Override
  public String toString() {
    return inner + " (tls)";
  }

  // ---- the stream below speaks

  @Override
  public void opened(ByteStream stream) {
    startTimer(handshakeTimeout.toNanos(), this::handshakeTimedOut);
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
      unwrap(net, app);
    } finally {
      loop().buffers().give(app);
    }
    afterEngine();
  }

  @Override
  public void ended(ByteStream stream) {
    if (in.isEnded() || has(FAILED)) {
      if (out.isEnded() || has(FAILED)) {
        inner.close();
      }
      return;
    }
    StreamException problem = null;
    try {
      engine.endOfInput();
    } catch (TlsError e) {
      problem = failed(e);
    }
    giveUp(problem);
    inner.close();
  }

  @Override
  public void writable(ByteStream stream) {
    flags &= ~FULL;
    wrapOwn();
    afterEngine();
  }

  @Override
  public void drain(ByteStream stream) {
    if (has(OPEN)) {
      tell(Event.DRAIN);
    } else {
      close();
    }
  }

  @Override
  public void closed(ByteStream stream, @Nullable WeirException why) {
    gone(why);
    stopTimer();
    if (!has(TASKING)) {
      engine.close();
    }
    tellClosed();
  }

  // ---- records in

  /** Opens records until the engine wants more, the handler pauses or there is something to do. */
  private void unwrap(ByteBuffer net, ByteBuffer app) {
    while (!isClosed() && !has(FAILED) && !in.isEnded()) {
      in.moveTo(app);
      TlsStatus status;
      try {
        int start = app.position();
        status = engine.unwrap(net, app);
        completeHandshake();
        app.flip();
        if (app.limit() > start) {
          in.receive(app);
        } else {
          in.putBack(app);
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
          if (in.isPaused()) {
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
    if (in.isEnded()) {
      // After close_notify nothing counts (RFC 8446 6.1).
      net.position(net.limit());
    }
  }

  private void peerEnded() {
    // TLS 1.2 answers with a close_notify of its own; TLS 1.3 leaves our direction open.
    wrapOwn();
    if (has(OPEN)) {
      in.end();
    } else {
      inner.close();
    }
  }

  @Override
  public void pause() {
    in.pause();
    inner.pause();
  }

  @Override
  protected void readOn() {
    if (!has(TASKING)) {
      inner.resume();
    }
  }

  // ---- records out

  /** Makes records of {@code plain} in the buffer that leaves, until there is no room in it. */
  @Override
  public void send(ByteBuffer plain) {
    while (plain.hasRemaining() && canWrap()) {
      ByteBuffer record = room();
      if (record == null || !wrap(plain, record)) {
        return;
      }
    }
  }

  /** Sends what the engine itself has to say. False if it cannot now. */
  private boolean wrapOwn() {
    while (!isClosed() && !has(FULL | TASKING)) {
      ByteBuffer record = room();
      if (record == null) {
        return false;
      }
      int before = record.position();
      if (!wrap(NOTHING, record) || record.position() == before) {
        return canWrap();
      }
    }
    return false;
  }

  /** Sends close_notify (RFC 8446 6.1), and has the stream below end behind it. */
  @Override
  public boolean sendEnd() {
    engine.closeOutbound();
    wrapOwn();
    if (has(FULL | TASKING)) {
      return false;
    }
    if (isClosing()) {
      inner.close();
    } else {
      inner.end();
    }
    return true;
  }

  private boolean canWrap() {
    return !isClosed() && !has(FULL | TASKING | FAILED);
  }

  private @Nullable ByteBuffer room() {
    ByteBuffer room = inner.reserve(engine.maxRecord());
    if (room == null) {
      flags |= FULL;
      out.block();
      inner.wantWritable();
    }
    return room;
  }

  /** One call of the engine; false if it is of no use to call it again now. */
  private boolean wrap(ByteBuffer plain, ByteBuffer record) {
    TlsStatus status;
    try {
      status = engine.wrap(plain, record);
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

  @Override
  public boolean hasUnsent() {
    return super.hasUnsent() || inner.hasUnsent();
  }

  // ---- the handshake

  /** After any call of the engine: the handshake may be over, and there may be room. */
  private void afterEngine() {
    if (!isClosed() && !has(FAILED)) {
      completeHandshake();
      sendOn();
    }
  }

  private void sendOn() {
    if (has(OPEN) && canWrap()) {
      out.unblocked();
    }
  }

  private void completeHandshake() {
    if (has(OPEN) || !engine.handshakeComplete()) {
      return;
    }
    flags |= OPEN;
    stopTimer();
    sendOn();
    tell(Event.OPENED);
  }

  /** The engine's long computations are made by a worker; until then the stream below waits. */
  private void offload() {
    flags |= TASKING;
    out.block();
    inner.pause();
    Runnable task = engine.task();
    loop()
        .<Boolean>offload(
            () -> {
              task.run();
              return true;
            },
            (done, failure) -> computed());
  }

  private void computed() {
    flags &= ~TASKING;
    if (isClosed()) {
      engine.close();
      return;
    }
    wrapOwn();
    afterEngine();
    if (!in.isPaused() && !has(TASKING)) {
      inner.resume();
    }
  }

  private void handshakeTimedOut() {
    fail(
        new StreamException.TimedOut(
            "tls", "no TLS handshake within " + handshakeTimeout.toMillis() + " ms"));
  }

  // ---- ends

  @Override
  protected void closing() {
    if (!has(OPEN) || out.isEnded()) {
      inner.close();
    } else {
      startTimer(Carrier.LINGER_NANOS, inner::close);
    }
  }

  @Override
  protected void cut(WeirException why) {
    flags |= FAILED;
    because(why);
    inner.reset(why.code());
  }

  /**
   * The engine gave up: its alert is sent, then the connection closed in order, so that it arrives.
   */
  private void refuse(TlsError e) {
    if (has(FAILED)) {
      return;
    }
    flags |= FAILED;
    giveUp(failed(e));
    LOG.log(Level.DEBUG, "{0}: {1}", inner, e.getMessage());
    ByteBuffer record = inner.reserve(engine.maxRecord());
    if (record != null) {
      try {
        engine.wrap(NOTHING, record);
      } catch (TlsError again) {
        LOG.log(Level.DEBUG, "no alert could be made for {0}: {1}", inner, again.getMessage());
      }
    }
    inner.close();
  }

  private static StreamException failed(TlsError e) {
    var alert = e.alert();
    return new StreamException.TlsFailed(
        alert == null ? -1 : alert.code(), String.valueOf(e.getMessage()), e);
  }

  private void startTimer(long nanos, Runnable task) {
    Timer started = loop().timer(task);
    timer = started;
    started.after(nanos);
  }

  private void stopTimer() {
    Timer running = timer;
    if (running != null) {
      running.cancel();
      timer = null;
    }
  }

  private boolean has(int any) {
    return (flags & any) != 0;
  }
}
