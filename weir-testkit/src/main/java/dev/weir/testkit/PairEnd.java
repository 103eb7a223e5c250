package dev.weir.testkit;

import dev.weir.loop.Loop;
import dev.weir.loop.Timer;
import dev.weir.stream.Carrier;
import dev.weir.stream.StreamException;
import dev.weir.stream.StreamHandler;
import dev.weir.stream.WeirException;
import dev.weir.stream.spi.AbstractByteStream;
import dev.weir.tls.TlsSession;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** One end of a {@link StreamPair}. What was sent to it waits here until it is read. */
final class PairEnd extends AbstractByteStream implements Carrier {

  private static final AtomicLong IDS = new AtomicLong();

  private final int capacity;
  private final @Nullable RandomGenerator cuts;
  private final Timer linger;
  private final long id = IDS.incrementAndGet();
  private final long openedAt;

  /** What the other end has sent, and this one has not read. */
  private final ByteQueue arrived = new ByteQueue();

  /** Whether the other end's end stands behind it. */
  private boolean endArrived;

  private PairEnd other = this;
  private long bytesIn;
  private long bytesOut;

  PairEnd(Loop loop, int capacity, @Nullable RandomGenerator cuts) {
    super(loop);
    this.capacity = capacity;
    this.cuts = cuts;
    this.linger = loop.timer(this::lingered);
    this.openedAt = loop.now();
  }

  void connect(PairEnd to) {
    other = to;
  }

  void start(StreamHandler first) {
    open(first);
    settleLater();
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
    return loop().now() - openedAt;
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
  protected void readOn() {
    if (!arrived.isEmpty()) {
      ByteBuffer bytes = loop().buffers().take();
      in.moveTo(bytes);
      int most = Math.min(arrived.size(), bytes.remaining());
      int count = cuts == null ? most : cuts.nextInt(1, most + 1);
      arrived.remove(bytes, count);
      bytesIn += count;
      in.receive(bytes.flip());
      loop().buffers().give(bytes);
      other.out.unblocked();
      settleLater();
    } else if (endArrived && !in.isEnded()) {
      in.end();
    }
  }

  // ---- out

  @Override
  public void send(ByteBuffer bytes) {
    int count = Math.min(bytes.remaining(), capacity - other.arrived.size());
    if (count > 0) {
      bytesOut += count;
      other.arrived.add(bytes, count);
      other.settleLater();
    }
  }

  @Override
  public boolean sendEnd() {
    other.endArrived = true;
    other.settleLater();
    finishIfEnded();
    return true;
  }

  @Override
  public boolean hasUnsent() {
    return super.hasUnsent() || !other.arrived.isEmpty();
  }

  // ---- ends

  @Override
  protected void closing() {
    linger.after(LINGER_NANOS);
    settleLater();
  }

  private void lingered() {
    if (hasUnsent()) {
      fail(new StreamException.TimedOut("close", "the peer did not take the last bytes"));
    } else {
      finish(null);
      other.cutByPeer(-1);
    }
  }

  @Override
  protected void cut(WeirException why) {
    finish(why);
    other.cutByPeer(why.code());
  }

  /** The other end is gone before its time. */
  private void cutByPeer(long code) {
    if (!isClosed()) {
      finish(new StreamException.Reset("pair", code, "the other end was reset", null));
    }
  }

  @Override
  protected void bothEnded() {
    finish(null);
  }

  private void finish(@Nullable WeirException why) {
    gone(why);
    arrived.clear();
    linger.cancel();
    settleLater();
  }
}
