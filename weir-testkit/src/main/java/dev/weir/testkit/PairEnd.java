package dev.weir.testkit;

import dev.weir.loop.Loop;
import dev.weir.loop.Timer;
import dev.weir.stream.ByteStream;
import dev.weir.stream.Carrier;
import dev.weir.stream.StreamException;
import dev.weir.stream.StreamHandler;
import dev.weir.stream.WeirException;
import dev.weir.tls.TlsSession;
import java.lang.System.Logger.Level;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** One end of a {@link StreamPair}. What was written to it waits at the other end. */
final class PairEnd implements ByteStream, Carrier, Loop.Flushable, Runnable {

  private static final System.Logger LOG = System.getLogger("dev.weir.testkit");
  private static final AtomicLong IDS = new AtomicLong();

  private final Loop loop;
  private final int capacity;
  private final @Nullable RandomGenerator cuts;
  private final Timer linger;
  private final long id = IDS.incrementAndGet();
  private final long openedAt;
  private final ByteQueue arrived = new ByteQueue();
  private PairEnd other = this;
  private StreamHandler handler = (stream, bytes) -> bytes.position(bytes.limit());
  private @Nullable ByteBuffer reserved;
  private @Nullable WeirException problem;
  private long bytesIn;
  private long bytesOut;

  /** How many of the bytes that have arrived the handler has seen and left. */
  private int left;

  private boolean again;
  private boolean paused;
  private boolean wantWritable;
  private boolean ending;
  private boolean ended;
  private boolean closing;
  private boolean closed;
  private boolean told;
  private boolean settling;

  PairEnd(Loop loop, int capacity, @Nullable RandomGenerator cuts) {
    this.loop = loop;
    this.capacity = capacity;
    this.cuts = cuts;
    this.linger = loop.timer(this::lingered);
    this.openedAt = loop.now();
  }

  void connect(PairEnd to) {
    other = to;
  }

  void open(StreamHandler first) {
    handler = first;
    call(() -> handler.opened(this));
    settleLater();
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
    return null;
  }

  @Override
  public @Nullable SocketAddress remote() {
    return null;
  }

  @Override
  public @Nullable TlsSession tls() {
    return null;
  }

  @Override
  public long ageNanos() {
    return loop.now() - openedAt;
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
    return "pair end #" + id;
  }

  // ---- in

  @Override
  public void handler(StreamHandler next) {
    handler = next;
    again = true;
    settleLater();
  }

  @Override
  public void pause() {
    paused = true;
  }

  @Override
  public void resume() {
    if (paused) {
      paused = false;
      again = true;
      settleLater();
    }
  }

  private void deliver() {
    int size = arrived.size();
    boolean fresh = size > left;
    if (!fresh && (!again || size == 0)) {
      again = false;
      return;
    }
    again = false;
    int shown = fresh && cuts != null ? cuts.nextInt(left + 1, size + 1) : size;
    ByteBuffer view = ByteBuffer.wrap(arrived.peek(shown));
    bytesIn += shown - left;
    left = 0;
    call(() -> handler.received(this, view));
    if (closed || closing) {
      return;
    }
    arrived.drop(view.position());
    left = view.remaining();
    if (left > StreamHandler.MAX_LEFT && !paused) {
      fail(aborted("the handler left " + left + " bytes without pausing"), -1);
    }
    other.settleLater();
    if (arrived.size() > left) {
      settleLater();
    }
  }

  /** Nobody reads it any more, but whoever wrote it has room again. */
  private void drop() {
    if (!arrived.isEmpty()) {
      arrived.clear();
      left = 0;
      other.settleLater();
    }
  }

  // ---- out

  @Override
  public int write(ByteBuffer src) {
    flush();
    int count = takesBytes() ? Math.min(src.remaining(), room()) : 0;
    if (count > 0) {
      other.arrived.add(src, count);
      bytesOut += count;
      other.settleLater();
    }
    return count;
  }

  @Override
  public @Nullable ByteBuffer reserve(int min) {
    if (min > MAX_RESERVE) {
      throw new IllegalArgumentException("at most " + MAX_RESERVE + " bytes: " + min);
    }
    flush();
    if (!takesBytes() || room() == 0) {
      return null;
    }
    // May exceed the capacity, once: whoever asks within the limit is served some day.
    ByteBuffer room = ByteBuffer.allocate(Math.max(min, 1));
    reserved = room;
    loop.flushLater(this);
    return room;
  }

  @Override
  public void flush() {
    ByteBuffer room = reserved;
    if (room != null) {
      reserved = null;
      room.flip();
      if (room.hasRemaining() && !closed && !other.closed) {
        bytesOut += room.remaining();
        other.arrived.add(room, room.remaining());
        other.settleLater();
      }
    }
  }

  @Override
  public void wantWritable() {
    wantWritable = true;
    settleLater();
  }

  @Override
  public boolean hasUnsent() {
    return !other.arrived.isEmpty();
  }

  /** What a handler has left while it waits for more does not count: the more must have room. */
  private int room() {
    int waiting = other.arrived.size() - Math.min(other.left, StreamHandler.MAX_LEFT);
    return Math.max(0, capacity - waiting);
  }

  private boolean takesBytes() {
    return !ending && !closing && !closed && !other.closed;
  }

  // ---- ends

  @Override
  public void end() {
    if (!ending && !closed) {
      flush();
      ending = true;
      other.settleLater();
      settleLater();
    }
  }

  @Override
  public void close() {
    if (!loop.inLoop()) {
      loop.execute(this::close);
    } else if (!closing && !closed) {
      end();
      closing = true;
      linger.after(LINGER_NANOS);
      settleLater();
    }
  }

  private void lingered() {
    if (hasUnsent()) {
      fail(new StreamException.TimedOut("close", "the peer did not take the last bytes"), -1);
    } else {
      finish(null);
      other.cut(-1);
    }
  }

  @Override
  public void reset(long code) {
    if (!loop.inLoop()) {
      loop.execute(() -> reset(code));
    } else {
      fail(new StreamException.Aborted("stream", code, "reset by this side", null), code);
    }
  }

  private void fail(WeirException why, long code) {
    if (!closed) {
      finish(why);
      other.cut(code);
    }
  }

  /** The other end is gone before its time. */
  private void cut(long code) {
    if (!closed) {
      finish(new StreamException.Reset("pair", code, "the other end was reset", null));
    }
  }

  private void finish(@Nullable WeirException why) {
    closed = true;
    problem = why;
    reserved = null;
    arrived.clear();
    linger.cancel();
    settleLater();
  }

  // ---- what a call sets off is delivered here, later

  private void settleLater() {
    if (!settling) {
      settling = true;
      loop.execute(this);
    }
  }

  @Override
  public void run() {
    settling = false;
    if (closing) {
      drop();
    } else if (!paused && !closed) {
      deliver();
    }
    if (!closed && !ended && !paused && !again && other.ending && arrived.size() == left) {
      ended = true;
      if (!closing) {
        call(() -> handler.ended(this));
      }
    }
    if (wantWritable && takesBytes() && room() > 0) {
      wantWritable = false;
      call(() -> handler.writable(this));
    }
    if (ended && ending && !closed) {
      finish(null);
    }
    if (closed && !told && !settling) {
      tellClosed();
    }
  }

  private void tellClosed() {
    told = true;
    try {
      handler.closed(this, problem);
    } catch (RuntimeException | Error e) {
      LOG.log(Level.ERROR, "the handler of " + this + " failed in closed", e);
    }
  }

  private void call(Runnable callback) {
    try {
      callback.run();
    } catch (RuntimeException | Error e) {
      LOG.log(Level.ERROR, "the handler of " + this + " failed; the stream is reset", e);
      fail(new StreamException.Aborted("handler", -1, "the handler failed: " + e, e), -1);
    }
  }

  private static WeirException aborted(String why) {
    return new StreamException.Aborted("stream", -1, why, null);
  }
}
