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
  private static final int HANDED_OVER = 1 << 12;

  private final Loop loop;
  private final Socket.Stream socket;
  private final Connections connections;
  private final Poller.Watch watch;
  private final long id;
  private final long openedAt;

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
      settleLater();
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
    return socket.local();
  }

  @Override
  public @Nullable SocketAddress remote() {
    return socket.remote();
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
    return "#" + id + " " + socket.local() + " <-> " + socket.remote();
  }

  // ---- in

  @Override
  public void handler(StreamHandler next) {
    handler = next;
    flags |= HANDED_OVER;
    if (kept != null) {
      settleLater();
    }
  }

  @Override
  public void pause() {
    flags |= PAUSED;
  }

  @Override
  public void resume() {
    if (has(PAUSED)) {
      flags &= ~PAUSED;
      if (!has(CLOSED)) {
        settleLater();
      }
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
      } else {
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
        int before = in.position();
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
        if (before + count == before || !full || has(PAUSED | CLOSED)) {
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
    flags &= ~HANDED_OVER;
    try {
      handler.received(this, bytes);
    } catch (RuntimeException | Error e) {
      handlerFailed(e);
      return;
    }
    keep(bytes);
    if (has(HANDED_OVER) && kept != null) {
      settleLater();
    }
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
    watchFor();
    if (has(CLOSING)) {
      finishIfEnded();
      return;
    }
    try {
      handler.ended(this);
    } catch (RuntimeException | Error e) {
      handlerFailed(e);
      return;
    }
    finishIfEnded();
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
    return !has(BLOCKED | ENDING | CLOSING | CLOSED) && transfer == null;
  }

  private ByteBuffer gather() {
    ByteBuffer out = gathered;
    if (out == null) {
      out = loop.buffers().take();
      gathered = out;
      flushLaterOnce();
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
    if (src.hasRemaining() && !has(CLOSED)) {
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
        Timer timer = linger;
        if (timer != null) {
          timer.after(LINGER_NANOS);
        }
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
  }

  private void block() {
    flags |= BLOCKED;
    watchFor();
  }

  private void writeFailed(IOException e) {
    fail(new StreamException.Reset("tcp", -1, "the peer takes no more: " + e.getMessage(), e));
  }

  private void afterSending() {
    if (has(BLOCKED | CLOSED) || gathered != null) {
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

  /**
   * A worker has moved a piece of the file; {@code more} if the system had no room for the rest.
   */
  void transferred(long count, boolean more) {
    flags &= ~TRANSFERRING;
    if (has(CLOSED)) {
      endTransfer();
      return;
    }
    sent(count);
    if (more) {
      block();
      return;
    }
    endTransfer();
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
    Timer timer = loop.timer(this::lingered);
    linger = timer;
    timer.after(LINGER_NANOS);
    watchFor();
    finishIfEnded();
  }

  private void lingered() {
    if (unsent != null || transfer != null) {
      fail(new StreamException.TimedOut("close", "the peer did not take the last bytes"));
    } else {
      finish(null, true);
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
    problem = why;
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
    if (!has(TRANSFERRING)) {
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
    ByteBuffer left = kept;
    if (left != null && !has(PAUSED | CLOSING)) {
      kept = null;
      deliver(left);
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
