package dev.weir.bench.client;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** What a client has got so far. Any thread. */
final class Tally {

  private static final int OK = 200;

  private final AtomicLong count = new AtomicLong();
  private final CountDownLatch failure = new CountDownLatch(1);
  private volatile @Nullable Throwable problem;

  /**
   * A response is complete.
   *
   * @return whether another request is to be sent
   */
  boolean done(int status) {
    if (status != OK) {
      failed(new IOException("answered with status " + status));
      return false;
    }
    count.incrementAndGet();
    return problem == null;
  }

  /** One request that fails makes every figure worthless. */
  void failed(Throwable what) {
    problem = what;
    failure.countDown();
  }

  long count() {
    return count.get();
  }

  /** Lets the client work for a while. */
  void await(long nanos) throws IOException, InterruptedException {
    if (failure.await(nanos, TimeUnit.NANOSECONDS)) {
      throw new IOException("a request failed", problem);
    }
  }
}
