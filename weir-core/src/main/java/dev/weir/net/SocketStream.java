package dev.weir.net;

import dev.weir.loop.Buffers;
import dev.weir.loop.Loop;
import dev.weir.loop.Timer;
import dev.weir.loop.spi.Poller;
import dev.weir.loop.spi.Socket;
import dev.weir.stream.ByteStream;
import dev.weir.stream.Carrier;
import dev.weir.stream.FileRegion;
import dev.weir.stream.StreamException;
import dev.weir.stream.StreamHandler;
import dev.weir.stream.WeirException;
import dev.weir.tls.TlsSession;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The byte stream on a socket, TCP or unix. Idle, it is this object, the socket and its
 * registration: bytes pass through buffers that the loop lends.
 */
final class SocketStream implements ByteStream, Carrier, Poller.Ready, Loop.Flushable, Runnable {

  private static final System.Logger LOG = System.getLogger("dev.weir.net");

  /** One connection's share of a turn: then the others have theirs. */
  private static final int READS_PER_TURN = 4;

  /** What is at least this long is handed to the system from where it is, not gathered. */
  private static final int DIRECT_WRITE = 16 * 1024;

  private static final StreamHandler DROPPING = (stream, bytes) -> bytes.position(bytes.limit());

  private static final int PAUSED = 1;
  private static final int WANT_WRITABLE = 1 << 1;
  private static final int BLOCKED = 1 << 2;
  private static final int ENDING = 1 << 3;
  private static final int OUT_ENDED = 1 << 4;
  private static final int IN_ENDED = 1 << 5;
  private static final int CLOSING = 1 << 6;
  private static final int CLOSED = 1 << 7;
  private static final int SETTLING = 1 << 8;
  private static final int FLUSHING = 1 << 9;
  private static final int TRANSFERRING = 1 << 10;
  private static final int TOLD_CLOSED = 1 << 11;

  /** What is kept goes to the handler again, before anything is read. */
  private static final int REDELIVER = 1 << 12;

  /** The handler came after the peer's end and is to be told of it. */
  private static final int TELL_ENDED = 1 << 13;

  /** Writing has failed; reading goes on until it does too. */
  private static final int OUT_BROKEN = 1 << 14;

  private final Loop loop;
  private final Socket.Stream socket;
  private final Connections connections;
  private final Poller.Watch watch;
  private final long id;
  private final long openedAt;
  private final @Nullable SocketAddress local;
  private final @Nullable SocketAddress remote;

  /** Where {@link Connections} has this stream. */
  int index;

  private StreamHandler handler;
  private int flags;
  private long bytesIn;
  private long bytesOut;

  /** What the handler left, or {@code null}. */
  private @Nullable ByteBuffer kept;

  /** What has gathered in this turn, in a lent buffer, or {@code null}. */
  private @Nullable ByteBuffer gathered;

  /** What the system did not take, or {@code null}. */
  private @Nullable ByteBuffer unsent;

  private @Nullable FileTransfer transfer;
  private @Nullable Timer linger;
  private @Nullable WeirException problem;

  /** Takes over a connected socket and its watch, or makes one. */
  SocketStream(
      Loop loop, Socket.Stream socket, Poller.@Nullable Watch watch, Connections connections)
      throws IOException {
    this.loop = loop;
    this.socket = socket;
    this.connections = connections;
    this.handler = DROPPING;
    this.id = connections.nextId();
    this.openedAt = loop.now();
    this.local = socket.local();
    this.remote = socket.remote();
    if (watch == null) {
      this.watch = loop.poller().watch(socket, Poller.READ, this);
    } else {
      this.watch = watch;
      watch.ready(this);
      watch.interest(Poller.READ);
    }
    connections.add(this);
  }

  /** Tells its first handler that the stream is open, and gives it what somebody else has read. */
  void open(StreamHandler first, @Nullable ByteBuffer alreadyRead) {
    handler = first;
    if (alreadyRead != null && alreadyRead.hasRemaining()) {
      kept = copyOf(alreadyRead);
    }
    try {
      handler.opened(this);
    } catch (RuntimeException | Error e) {
      handlerFailed(e);
    }
    if (kept != null) {
      redeliverLater();
    }
  }

  // ---- what it is

  @Override
  public Loop loop() {
    return loop;
  }

  @Override
  public Carrier carrier() {
    return this;
  }

  @Override
  public long id() {
    return id;
  }

  @Override
  public @Nullable SocketAddress local() {
    return local;
  }

  @Override
  public @Nullable SocketAddress remote() {
    return remote;
  }

  @Override
  public @Nullable TlsSession tls() {
    return null;
  }

  @Override
  public long ageNanos() {
    return loop.now() - openedAt;
  }

  /** What is known of the connection with all its layers. */
  Carrier top() {
    return handler instanceof Carrier above ? above : this;
  }

  @Override
  public long bytesIn() {
    return bytesIn;
  }

  @Override
  public long bytesOut() {
    return bytesOut;
  }

  @Override
  public String toString() {
    return "#" + id + " " + local + " <-> " + remote;
  }

  // ---- in

  @Override
  public void handler(StreamHandler next) {
    handler = next;
    if (has(IN_ENDED)) {
      flags |= TELL_ENDED;
    }
    redeliverLater();
  }

  @Override
  public void pause() {
    flags |= PAUSED;
    if (has(OUT_BROKEN)) {
      // Neither direction goes on: this is the end.
      finish(null, true);
    }
  }

  @Override
  public void resume() {
    if (has(PAUSED)) {
      flags &= ~PAUSED;
      redeliverLater();
    }
  }

  private void redeliverLater() {
    if (!has(CLOSED)) {
      flags |= REDELIVER;
      settleLater();
    }
  }

  @Override
  public void ready(int ops) {
    if ((ops & Poller.WRITE) != 0 && !has(CLOSED | TRANSFERRING)) {
      sendUnsent();
    }
    if ((ops & Poller.READ) != 0 && !has(CLOSED | IN_ENDED)) {
      if (has(PAUSED)) {
        // The interest is dropped only now: a short pause costs no system call.
        watchFor();
      } else if (kept == null || !has(REDELIVER)) {
        read();
      }
    }
  }

  private void read() {
    Buffers buffers = loop.buffers();
    ByteBuffer in = buffers.take();
    try {
      for (int n = 0; n < READS_PER_TURN; n++) {
        ByteBuffer left = kept;
        if (left != null) {
          kept = null;
          in.put(left);
        }
        int count = socket.read(in);
        boolean full = !in.hasRemaining();
        if (count > 0) {
          bytesIn += count;
          connections.countIn(count);
          in.flip();
          deliver(in);
        } else {
          // Nothing new: what was left stays left.
          keep(in.flip());
        }
        if (count < 0) {
          peerEnded();
          return;
        }
        if (count == 0 || !full || has(PAUSED | CLOSED)) {
          return;
        }
        in.clear();
      }
    } catch (IOException e) {
      fail(new StreamException.Reset("tcp", -1, "the connection was cut: " + e.getMessage(), e));
    } finally {
      buffers.give(in);
    }
  }

  private void deliver(ByteBuffer bytes) {
    if (has(CLOSING)) {
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
    if (left.remaining() > StreamHandler.MAX_LEFT && !has(PAUSED)) {
      fail(
          new StreamException.Aborted(
              "stream",
              -1,
              handler.getClass().getName()
                  + " left "
                  + left.remaining()
                  + " bytes without pausing; at most "
                  + StreamHandler.MAX_LEFT
                  + " may be left",
              null));
      return;
    }
    kept = copyOf(left);
  }

  private void peerEnded() {
    flags |= IN_ENDED;
    if (has(OUT_BROKEN)) {
      finish(null, true);
      return;
    }
    watchFor();
    if (!has(CLOSING)) {
      tellEnded();
    }
    finishIfEnded();
  }

  private void tellEnded() {
    try {
      handler.ended(this);
    } catch (RuntimeException | Error e) {
      handlerFailed(e);
    }
  }

  // ---- out

  @Override
  public int write(ByteBuffer src) {
    if (!takesBytes()) {
      return 0;
    }
    int start = src.remaining();
    while (src.hasRemaining() && takesBytes()) {
      if (src.remaining() >= DIRECT_WRITE) {
        sendDirect(src);
        continue;
      }
      ByteBuffer out = gather();
      copy(src, out);
      if (!out.hasRemaining()) {
        sendGathered();
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
      sendGathered();
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
    if (takesBytes() || has(CLOSED)) {
      settleLater();
    }
  }

  @Override
  public boolean hasUnsent() {
    ByteBuffer out = gathered;
    return unsent != null || transfer != null || (out != null && out.position() > 0);
  }

  @Override
  public boolean transfer(FileRegion region, FileRegion.Done done) {
    if (!takesBytes()) {
      return false;
    }
    transfer = new FileTransfer(region, done);
    flushLaterOnce();
    return true;
  }

  private boolean takesBytes() {
    return !has(BLOCKED | OUT_BROKEN | ENDING | CLOSING | CLOSED) && transfer == null;
  }

  private ByteBuffer gather() {
    ByteBuffer out = gathered;
    if (out == null) {
      // First of all this: it may flush another that gathers, or this very stream.
      flushLaterOnce();
      out = loop.buffers().take();
      gathered = out;
    }
    return out;
  }

  private void flushLaterOnce() {
    if (!has(FLUSHING)) {
      flags |= FLUSHING;
      loop.flushLater(this);
    }
  }

  /** End of the turn: what has gathered leaves in one call, and what waited for that happens. */
  @Override
  public void flush() {
    flags &= ~FLUSHING;
    if (has(CLOSED)) {
      return;
    }
    sendGathered();
    afterSending();
  }

  private void sendGathered() {
    ByteBuffer out = gathered;
    if (out == null) {
      return;
    }
    gathered = null;
    out.flip();
    try {
      if (out.hasRemaining() && !has(CLOSED)) {
        sent(socket.write(out));
        if (out.hasRemaining()) {
          unsent = copyOf(out);
          block();
        }
      }
    } catch (IOException e) {
      writeFailed(e);
    } finally {
      loop.buffers().give(out);
    }
  }

  /** Hands the system what has gathered and {@code src} behind it, uncopied, in one call. */
  private void sendDirect(ByteBuffer src) {
    ByteBuffer out = gathered;
    if (out == null) {
      try {
        sent(socket.write(src));
      } catch (IOException e) {
        writeFailed(e);
      }
    } else {
      gathered = null;
      out.flip();
      try {
        sent(socket.write(out, src));
        if (out.hasRemaining()) {
          unsent = copyOf(out);
        }
      } catch (IOException e) {
        writeFailed(e);
      } finally {
        loop.buffers().give(out);
      }
    }
    if (src.hasRemaining() && !has(OUT_BROKEN | CLOSED)) {
      block();
    }
  }

  private void sendUnsent() {
    ByteBuffer out = unsent;
    if (out != null) {
      try {
        sent(socket.write(out));
      } catch (IOException e) {
        writeFailed(e);
        return;
      }
      if (out.hasRemaining()) {
        return;
      }
      unsent = null;
    }
    flags &= ~BLOCKED;
    watchFor();
    afterSending();
    if (has(WANT_WRITABLE) && takesBytes()) {
      settleLater();
    }
  }

  private void sent(long count) {
    bytesOut += count;
    connections.countOut(count);
    Timer timer = linger;
    if (timer != null && count > 0) {
      timer.after(LINGER_NANOS);
    }
  }

  private void block() {
    flags |= BLOCKED;
    watchFor();
  }

  /**
   * What the peer said before it cut has arrived already and can be read: a refusal of what we are
   * sending, for one (RFC 9112 9.5). So the end comes when reading has come to its own.
   */
  private void writeFailed(IOException e) {
    StreamException why =
        new StreamException.Reset("tcp", -1, "the peer takes no more: " + e.getMessage(), e);
    if (has(PAUSED | IN_ENDED | CLOSING) || transfer != null) {
      fail(why);
      return;
    }
    problem = why;
    flags |= OUT_BROKEN;
    flags &= ~BLOCKED;
    unsent = null;
    startLingering();
    watchFor();
  }

  private void startLingering() {
    Timer timer = linger;
    if (timer == null) {
      timer = loop.timer(this::lingered);
      linger = timer;
    }
    timer.after(LINGER_NANOS);
  }

  private void afterSending() {
    if (has(BLOCKED | OUT_BROKEN | CLOSED) || gathered != null) {
      return;
    }
    FileTransfer file = transfer;
    if (file != null) {
      if (!has(TRANSFERRING)) {
        flags |= TRANSFERRING;
        watchFor();
        file.next(this);
      }
      return;
    }
    if (has(ENDING) && !has(OUT_ENDED)) {
      flags |= OUT_ENDED;
      try {
        socket.shutdownOutput();
      } catch (IOException e) {
        // The peer has cut already; reading tells whether that matters.
      }
      finishIfEnded();
    }
  }

  Socket.Stream socket() {
    return socket;
  }

  /** A worker has moved a piece of the file, and this is how it goes on. */
  void transferred(long count, FileTransfer.Next next) {
    flags &= ~TRANSFERRING;
    sent(count);
    if (has(CLOSED)) {
      endTransfer();
      return;
    }
    switch (next) {
      case AT_ONCE -> {}
      case WHEN_WRITABLE -> block();
      case END -> endTransfer();
    }
    afterSending();
    watchFor();
    if (has(WANT_WRITABLE)) {
      settleLater();
    }
  }

  private void endTransfer() {
    FileTransfer file = transfer;
    transfer = null;
    if (file != null) {
      file.end(problem);
    }
  }

  // ---- ends

  @Override
  public void end() {
    if (!has(ENDING | CLOSED)) {
      flags |= ENDING;
      flushLaterOnce();
    }
  }

  @Override
  public void close() {
    if (!loop.inLoop()) {
      loop.execute(this::close);
      return;
    }
    if (has(CLOSING | CLOSED)) {
      return;
    }
    flags |= CLOSING;
    flags &= ~PAUSED;
    kept = null;
    if (!has(ENDING)) {
      flags |= ENDING;
      flushLaterOnce();
    }
    startLingering();
    watchFor();
    finishIfEnded();
  }

  private void lingered() {
    if (unsent != null || transfer != null) {
      fail(new StreamException.TimedOut("close", "the peer did not take the last bytes"));
    } else {
      // Not a reset: what the system still has to send, it sends.
      finish(null, has(OUT_BROKEN));
    }
  }

  @Override
  public void reset(long code) {
    if (!loop.inLoop()) {
      loop.execute(() -> reset(code));
      return;
    }
    fail(new StreamException.Aborted("stream", code, "reset by this side", null));
  }

  private void finishIfEnded() {
    if ((flags & (IN_ENDED | OUT_ENDED)) == (IN_ENDED | OUT_ENDED) && !has(CLOSED)) {
      finish(null, false);
    }
  }

  /** The context is shutting down: the handler brings the stream to an end. */
  void drain() {
    if (has(CLOSING | CLOSED)) {
      return;
    }
    try {
      handler.drain(this);
    } catch (RuntimeException | Error e) {
      handlerFailed(e);
    }
  }

  private void handlerFailed(Throwable e) {
    LOG.log(Level.ERROR, "the handler of " + this + " failed; the connection is reset", e);
    fail(new StreamException.Aborted("handler", -1, "the handler failed: " + e, e));
  }

  void fail(WeirException why) {
    if (!has(CLOSED)) {
      finish(why, true);
    }
  }

  private void finish(@Nullable WeirException why, boolean abort) {
    flags |= CLOSED;
    if (problem == null) {
      problem = why;
    }
    watch.cancel();
    if (abort) {
      socket.abort();
    } else {
      socket.close();
    }
    kept = null;
    unsent = null;
    ByteBuffer out = gathered;
    if (out != null) {
      gathered = null;
      loop.buffers().give(out);
    }
    Timer timer = linger;
    if (timer != null) {
      timer.cancel();
    }
    FileTransfer file = transfer;
    if (file != null && has(TRANSFERRING)) {
      file.stop();
    } else {
      endTransfer();
    }
    connections.remove(this);
    settleLater();
  }

  // ---- what a call sets off is delivered here, later in the turn

  private void settleLater() {
    if (!has(SETTLING)) {
      flags |= SETTLING;
      loop.execute(this);
    }
  }

  @Override
  public void run() {
    flags &= ~SETTLING;
    if (has(CLOSED)) {
      tellClosed();
      return;
    }
    watchFor();
    redeliver();
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
    if (has(TELL_ENDED) && !has(REDELIVER | PAUSED | CLOSING | CLOSED)) {
      flags &= ~TELL_ENDED;
      tellEnded();
    }
  }

  private void tellClosed() {
    if (has(TOLD_CLOSED)) {
      return;
    }
    flags |= TOLD_CLOSED;
    try {
      handler.closed(this, problem);
    } catch (RuntimeException | Error e) {
      LOG.log(Level.ERROR, "the handler of " + this + " failed in closed", e);
    }
  }

  private void watchFor() {
    if (has(CLOSED)) {
      return;
    }
    int ops = has(PAUSED | IN_ENDED) ? 0 : Poller.READ;
    if (has(BLOCKED) && !has(TRANSFERRING)) {
      ops |= Poller.WRITE;
    }
    watch.interest(ops);
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

  private static ByteBuffer copyOf(ByteBuffer src) {
    return ByteBuffer.allocate(src.remaining()).put(src).flip();
  }
}
