package dev.weir.testkit;

import dev.weir.loop.Loop;
import dev.weir.stream.ByteStream;
import dev.weir.stream.StreamHandler;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Two byte streams on one loop, each the other's peer: what is written to one comes to the handler
 * of the other. No sockets and no network, so that a role is tested by itself, on any kind of loop.
 *
 * <p>Both ends keep the promises of {@link ByteStream}: callbacks come on the loop and never from
 * inside a call, a full end takes nothing, what is left comes again. Any thread may make a pair and
 * open it.
 */
public final class StreamPair {

  private static final int CAPACITY = 64 * 1024;

  private final Loop loop;
  private final PairEnd near;
  private final PairEnd far;

  /** A pair that holds 64 KiB in each direction and delivers what is there at once. */
  public StreamPair(Loop loop) {
    this(loop, CAPACITY, null);
  }

  /**
   * A pair of a chosen size.
   *
   * @param capacity how many bytes each direction holds before it is full, at least 1
   * @param cuts where what is there is cut into deliveries, or {@code null} for nowhere
   */
  public StreamPair(Loop loop, int capacity, @Nullable RandomGenerator cuts) {
    if (capacity < 1) {
      throw new IllegalArgumentException("a pair holds at least one byte, not " + capacity);
    }
    this.loop = loop;
    this.near = new PairEnd(loop, capacity, cuts);
    this.far = new PairEnd(loop, capacity, cuts);
    near.connect(far);
    far.connect(near);
  }

  /** Gives each end its handler and tells both, the far one first, that they are open. */
  public void open(StreamHandler ofNear, StreamHandler ofFar) {
    loop.execute(() -> {
      far.start(ofFar);
      near.start(ofNear);
    });
  }

  /** One end: by custom that of what is tested. */
  public ByteStream near() {
    return near;
  }

  /** The other end. */
  public ByteStream far() {
    return far;
  }
}
