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
import dev.weir.stream.spi.AbstractByteStream;
import dev.weir.tls.TlsSession;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The byte stream on a socket, TCP or unix. Idle, it is this object with its two parts, the socket
 * and its registration: bytes pass through buffers that the loop lends.
 */
final class SocketStream extends AbstractByteStream
    implements Carrier, Poller.Ready, Socket.Stream.Written {

  /** One connection's share of a turn: then the others have theirs. */
  private static final int READS_PER_TURN = 4;

  /** The system takes no more bytes now. */
  private static final int FULL = 1;

  /** A worker has the socket, for a file. */
  private static final int TRANSFERRING = 1 << 1;

  /** Writing has failed; reading goes on until it does too. */
  private static final int BROKEN = 1 << 2;

  /** Bytes came while the reader had paused. */
  private static final int UNREAD = 1 << 3;

  /** They were told of once more: until the reader goes on, the system need not tell of any. */
  private static final int UNWATCHED = 1 << 4;

  private final Socket.Stream socket;
  private final Connections connections;
  private final Poller.Watch watch;
  private final long id;
  private final long openedAt;

  /** Where {@link Connections} has this stream. */
  int index;

  private int flags;
  private long bytesIn;
  private long bytesOut;
  private @Nullable SocketAddress local;
  private @Nullable SocketAddress remote;
  private @Nullable FileTransfer transfer;
  private @Nullable Timer linger;

  /** Takes over a connected socket and its watch, or makes one. */
  SocketStream(
      Loop loop, Socket.Stream socket, Poller.@Nullable Watch watch, Connections connections)
      throws IOException {
    super(loop);
    this.socket = socket;
    this.connections = connections;
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
    if (alreadyRead != null) {
      in.putBack(alreadyRead);
    }
    open(first);
    in.readerChanged();
  }

  // ---- what it is

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
    SocketAddress known = local;
    if (known == null) {
      known = socket.local();
      local = known;
    }
    return known;
  }

  @Override
  public @Nullable SocketAddress remote() {
    SocketAddress known = remote;
    if (known == null) {
      known = socket.remote();
      remote = known;
    }
    return known;
  }

  @Override
  public @Nullable TlsSession tls() {
    return null;
  }

  @Override
  public long ageNanos() {
    return loop().now() - openedAt;
  }

  /** What is known of the connection with all its layers. */
  Carrier top() {
    return handler() instanceof ByteStream above ? above.carrier() : this;
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
    return "#" + id + " " + local() + " <-> " + remote();
  }

  // ---- in

  @Override
  public void pause() {
    in.pause();
    if (has(BROKEN) && !isClosed()) {
      // Neither direction goes on: this is the end.
      finish(null, true);
    }
  }

  @Override
  public void ready(int ops) {
    if ((ops & Poller.RESET) != 0) {
      fail(new StreamException.Reset("tcp", -1, "the connection was cut", null));
      return;
    }
    if ((ops & Poller.WRITE) != 0 && !isClosed() && !has(TRANSFERRING)) {
      roomAgain();
    }
    if ((ops & Poller.READ) != 0 && !isClosed() && !in.isEnded()) {
      if (in.isPaused()) {
        // The interest is dropped only the second time: a short pause costs no system call, even
        // if it ends with what is done in this turn, as that of a request answered by a worker.
        flags |= has(UNREAD) ? UNWATCHED : UNREAD;
        watchFor();
      } else if (!in.isRedeliveryDue()) {
        read();
      }
    }
  }

  private void read() {
    Buffers buffers = loop().buffers();
    ByteBuffer bytes = buffers.take();
    try {
      for (int n = 0; n < READS_PER_TURN; n++) {
        in.moveTo(bytes);
        int count = socket.read(bytes);
        boolean full = !bytes.hasRemaining();
        bytes.flip();
        if (count > 0) {
          bytesIn += count;
          connections.countIn(count);
          in.receive(bytes);
        } else {
          // Nothing new: what was left stays left.
          in.putBack(bytes);
        }
        if (count < 0) {
          peerEnded();
          return;
        }
        if (count == 0 || !full || in.isPaused() || isClosed()) {
          return;
        }
        bytes.clear();
      }
    } catch (IOException e) {
      fail(new StreamException.Reset("tcp", -1, "the connection was cut: " + e.getMessage(), e));
    } finally {
      buffers.give(bytes);
    }
  }

  private void peerEnded() {
    if (has(BROKEN)) {
      finish(null, true);
      return;
    }
    in.end();
    watchFor();
  }

  @Override
  protected void readOn() {
    flags &= ~(UNREAD | UNWATCHED);
    watchFor();
  }

  // ---- out

  @Override
  public void send(ByteBuffer bytes) {
    try {
      sent(socket.write(bytes));
    } catch (IOException e) {
      writeFailed(e);
      return;
    }
    if (bytes.hasRemaining()) {
      full();
    }
  }

  @Override
  public boolean sendSoon(ByteBuffer bytes) {
    socket.writeSoon(bytes, this);
    return false;
  }

  @Override
  public void written(int count, @Nullable IOException failure) {
    sent(count);
    out.left();
    if (failure != null) {
      writeFailed(failure);
    } else if (out.hasUnsent()) {
      full();
    }
  }

  @Override
  public void send(ByteBuffer first, ByteBuffer second) {
    try {
      sent(socket.write(first, second));
    } catch (IOException e) {
      writeFailed(e);
      return;
    }
    if (second.hasRemaining()) {
      full();
    }
  }

  @Override
  public boolean sendEnd() {
    try {
      socket.shutdownOutput();
    } catch (IOException e) {
      // The peer has cut already; reading tells whether that matters.
    }
    finishIfEnded();
    return true;
  }

  private void full() {
    flags |= FULL;
    watchFor();
  }

  private void roomAgain() {
    flags &= ~FULL;
    out.unblocked();
    watchFor();
  }

  private void sent(long count) {
    bytesOut += count;
    connections.countOut(count);
    Timer timer = linger;
    if (timer != null && count > 0 && !isClosed()) {
      timer.after(LINGER_NANOS);
    }
  }

  /**
   * What the peer said before it cut has arrived already and can be read: a refusal of what we are
   * sending, for one (RFC 9112 9.5). So the end comes when reading has come to its own.
   */
  private void writeFailed(IOException e) {
    StreamException why =
        new StreamException.Reset("tcp", -1, "the peer takes no more: " + e.getMessage(), e);
    if (in.isPaused() || in.isEnded() || isClosing() || transfer != null) {
      fail(why);
      return;
    }
    because(why);
    flags = (flags & ~FULL) | BROKEN;
    out.stop();
    startLingering();
    watchFor();
  }

  // ---- files

  @Override
  public boolean transfer(FileRegion region, FileRegion.Done done) {
    if (!out.takesBytes()) {
      return false;
    }
    transfer = new FileTransfer(region, done);
    out.hold();
    return true;
  }

  @Override
  public boolean hasUnsent() {
    return transfer != null || super.hasUnsent();
  }

  /** What was written before the file has left: its turn. */
  @Override
  public void drained() {
    FileTransfer file = transfer;
    if (file != null && !has(TRANSFERRING)) {
      flags |= TRANSFERRING;
      watchFor();
      file.next(this);
    }
  }

  Socket.Stream socket() {
    return socket;
  }

  /** A worker has moved a piece of the file, and this is how it goes on. */
  void transferred(long count, FileTransfer.Next next, @Nullable StreamException failure) {
    if (failure != null) {
      fail(failure);
    }
    flags &= ~TRANSFERRING;
    sent(count);
    if (isClosed()) {
      endTransfer();
      return;
    }
    switch (next) {
      case AT_ONCE -> drained();
      case WHEN_WRITABLE -> {
        out.block();
        full();
      }
      case END -> endTransfer();
    }
    watchFor();
  }

  private void endTransfer() {
    FileTransfer file = transfer;
    transfer = null;
    if (file != null) {
      out.release();
      file.end(problem());
    }
  }

  // ---- ends

  @Override
  protected void closing() {
    startLingering();
    watchFor();
    finishIfEnded();
  }

  private void startLingering() {
    Timer timer = linger;
    if (timer == null) {
      timer = loop().timer(this::lingered);
      linger = timer;
    }
    timer.after(LINGER_NANOS);
  }

  private void lingered() {
    if (hasUnsent()) {
      fail(new StreamException.TimedOut("close", "the peer did not take the last bytes"));
    } else {
      // Not a reset: what the system still has to send, it sends.
      finish(null, has(BROKEN));
    }
  }

  /** The context is shutting down: the handler brings the stream to an end. */
  void drain() {
    if (!isClosing()) {
      tell(Event.DRAIN);
    }
  }

  @Override
  protected void bothEnded() {
    finish(null, false);
  }

  @Override
  protected void cut(WeirException why) {
    finish(why, true);
  }

  private void finish(@Nullable WeirException why, boolean abort) {
    gone(why);
    watch.cancel();
    // Whoever is told of the end may ask where it was.
    local();
    remote();
    if (abort) {
      socket.abort();
    } else {
      socket.close();
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

  // ----

  private void watchFor() {
    if (isClosed()) {
      return;
    }
    int ops = has(UNWATCHED) || in.isEnded() ? 0 : Poller.READ;
    if (has(FULL) && !has(TRANSFERRING)) {
      ops |= Poller.WRITE;
    } else if (in.isOver() && !has(TRANSFERRING)) {
      // Neither reading nor writing would tell.
      ops = Poller.RESET;
    }
    watch.interest(ops);
  }

  private boolean has(int any) {
    return (flags & any) != 0;
  }
}
