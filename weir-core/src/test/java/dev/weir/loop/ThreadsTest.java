package dev.weir.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.net.Context;
import dev.weir.net.Endpoint;
import dev.weir.net.Listener;
import dev.weir.stream.ByteStream;
import dev.weir.stream.StreamHandler;
import dev.weir.stream.WeirException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What may be called from any thread, called from many, on the loop that real sockets have. */
class ThreadsTest {

  private static final int THREADS = 4;
  private static final int CALLS = 5_000;
  private static final InetSocketAddress ANY =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

  private static void onThreads(IntConsumer what) throws InterruptedException {
    List<Thread> threads = new ArrayList<>();
    for (int n = 0; n < THREADS; n++) {
      int number = n;
      threads.add(Thread.ofPlatform().start(() -> what.accept(number)));
    }
    for (Thread thread : threads) {
      thread.join();
    }
  }

  @Test
  void everyTaskRunsOnceInTheOrderOfItsThread() throws Exception {
    try (Context context = Context.start()) {
      Loop loop = context.loop();
      int[] last = new int[THREADS];
      AtomicInteger wrong = new AtomicInteger();
      CountDownLatch done = new CountDownLatch(THREADS * CALLS);
      onThreads(number -> {
        for (int n = 1; n <= CALLS; n++) {
          int call = n;
          loop.execute(() -> {
            if (last[number] != call - 1 || !loop.inLoop()) {
              wrong.incrementAndGet();
            }
            last[number] = call;
            done.countDown();
          });
        }
      });
      assertTrue(done.await(20, TimeUnit.SECONDS), "a task was lost: " + done.getCount());
      assertEquals(0, wrong.get());
    }
  }

  @Test
  void everyScheduledTaskRunsUnlessCancelledAndNoneEarly() throws Exception {
    try (Context context = Context.start()) {
      Loop loop = context.loop();
      AtomicInteger early = new AtomicInteger();
      AtomicInteger cancelled = new AtomicInteger();
      CountDownLatch done = new CountDownLatch(THREADS * CALLS);
      onThreads(number -> {
        for (int n = 0; n < CALLS; n++) {
          long due = System.nanoTime() + n % 20 * 1_000_000L;
          loop.schedule(
              Duration.ofMillis(n % 20),
              () -> {
                if (System.nanoTime() < due) {
                  early.incrementAndGet();
                }
                done.countDown();
              });
          loop.schedule(Duration.ofHours(1), cancelled::incrementAndGet).run();
        }
      });
      assertTrue(done.await(20, TimeUnit.SECONDS), "a timer was lost: " + done.getCount());
      CountDownLatch looked = new CountDownLatch(1);
      loop.execute(() -> {
        assertEquals(0, loop.timers());
        looked.countDown();
      });
      assertTrue(looked.await(20, TimeUnit.SECONDS), "timers are left");
      assertEquals(0, early.get());
      assertEquals(0, cancelled.get());
    }
  }

  @Test
  void closingAndResettingFromManyThreadsTellsEachStreamOnce() throws Exception {
    try (Context context = Context.start()) {
      int count = 200;
      CountDownLatch closed = new CountDownLatch(count);
      AtomicInteger twice = new AtomicInteger();
      class Ending implements StreamHandler {
        private boolean told;

        @Override
        public void opened(ByteStream stream) {
          for (int n = 0; n < 2; n++) {
            Thread.ofVirtual().start(stream::close);
            Thread.ofVirtual().start(() -> stream.reset(0));
          }
        }

        @Override
        public void received(ByteStream stream, ByteBuffer bytes) {}

        @Override
        public void closed(ByteStream stream, @Nullable WeirException problem) {
          if (told) {
            twice.incrementAndGet();
          }
          told = true;
          closed.countDown();
        }
      }
      Listener listener =
          context.listen(ANY, stream -> (from, bytes) -> bytes.position(bytes.limit()));
      for (int n = 0; n < count; n++) {
        context.connect(Endpoint.of(listener.address()), new Ending());
      }
      assertTrue(closed.await(20, TimeUnit.SECONDS), closed.getCount() + " were never told");
      context.shutdown(Duration.ZERO).get(20, TimeUnit.SECONDS);
      assertEquals(0, twice.get());
      assertEquals(0, context.connections());
    }
  }
}
