package dev.weir.examples;

import dev.weir.Weir;
import dev.weir.loop.Loop;
import dev.weir.loop.spi.LoopProvider;
import dev.weir.net.Context;
import dev.weir.net.Resolver;
import dev.weir.tls.TlsProvider;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Weir on a thread that belongs to somebody else's scheduler, as that of a game or a user interface
 * does: no turn waits, and between turns the scheduler does what it likes.
 */
public final class ForeignScheduler {

  /** A scheduler does not watch sockets, so they are looked at this often. */
  private static final long LOOK_NANOS = 1_000_000;

  private final ScheduledExecutorService scheduler;
  private final Loop loop;
  private final AtomicBoolean wanted = new AtomicBoolean();

  /** Of the scheduler's thread. */
  private boolean over;

  private ForeignScheduler(ScheduledExecutorService scheduler, Loop loop) {
    this.scheduler = scheduler;
    this.loop = loop;
  }

  /** Has a scheduler of one thread run Weir, until that is shut down. */
  public static Weir start(ScheduledExecutorService scheduler) throws IOException {
    Loop loop = new Loop(LoopProvider.named("nio").open(), ForkJoinPool.commonPool());
    Context context = Context.on(List.of(loop), ForkJoinPool.commonPool(), Resolver.SYSTEM);
    ForeignScheduler driver = new ForeignScheduler(scheduler, loop);
    loop.onWake(driver::soon);
    scheduler.execute(() -> driver.look(context));
    return Weir.on(context, TlsProvider.named(TlsProvider.JSSE));
  }

  private void look(Context context) {
    long next = loop.turn(0);
    if (context.ended().isDone()) {
      loop.onWake(null);
      over = true;
      loop.finish();
    } else {
      Future<?> _ =
          scheduler.schedule(() -> look(context), Math.min(next, LOOK_NANOS), TimeUnit.NANOSECONDS);
    }
  }

  /** Something was given to the loop, by any thread: a turn of its own, and one is enough. */
  private void soon() {
    if (wanted.compareAndSet(false, true)) {
      scheduler.execute(() -> {
        wanted.set(false);
        if (!over) {
          loop.turn(0);
        }
      });
    }
  }
}
