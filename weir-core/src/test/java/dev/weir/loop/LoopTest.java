package dev.weir.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.loop.nio.NioProvider;
import dev.weir.loop.spi.Poller;
import dev.weir.loop.spi.Socket;
import dev.weir.loop.spi.Sockets;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A loop on real threads and a selector; what needs no thread is tested on virtual time. */
@Timeout(30)
class LoopTest {

  private final CountingPoller poller = new CountingPoller();
  private final Loop loop = new Loop(poller, Runnable::run);

  @AfterEach
  void stop() {
    loop.stop();
  }

  @Test
  void wakingBetweenTurnsKeepsTheNextFromWaiting() {
    loop.turn(0);
    loop.wake();
    assertEquals(Loop.FOREVER, loop.turn(Loop.FOREVER), "comes back at once, with nothing to do");
    loop.stop();
    loop.finish();
  }

  @Test
  void whatIsCancelledOnTheLoopDoesNotRun() throws Exception {
    CompletableFuture<Void> over = new CompletableFuture<>();
    List<Integer> ran = new ArrayList<>();
    List<Runnable> cancels = new ArrayList<>();
    run();
    loop.execute(() -> {
      for (int n = 0; n < 5; n++) {
        int number = n;
        cancels.add(
            loop.schedule(
                Duration.ofMillis(20),
                () -> {
                  ran.add(number);
                  cancels.forEach(Runnable::run);
                }));
      }
      loop.schedule(Duration.ofMillis(60), () -> over.complete(null));
    });
    over.get(20, TimeUnit.SECONDS);
    assertEquals(1, ran.size(), () -> "all ran: " + ran);
  }

  @Test
  void whatIsCancelledBeforeItReachedTheLoopDoesNotRun() {
    List<String> ran = new ArrayList<>();
    loop.schedule(Duration.ZERO, () -> ran.add("cancelled")).run();
    loop.schedule(Duration.ZERO, () -> ran.add("kept"));
    while (ran.isEmpty()) {
      loop.turn(Duration.ofSeconds(1).toNanos());
    }
    loop.turn(0);
    assertEquals(List.of("kept"), ran);
    assertEquals(0, loop.timers());
    loop.finish();
  }

  @Test
  void workThatEndsInAnErrorIsToldSo() throws Exception {
    CompletableFuture<Exception> problem = new CompletableFuture<>();
    Loop offloading = new Loop(new CountingPoller(), task -> Thread.ofVirtual().start(task));
    Thread thread = Thread.ofPlatform().daemon().start(offloading::run);
    offloading.execute(() ->
        offloading.offload(
            () -> {
              throw new StackOverflowError();
            },
            (result, why) -> problem.complete(why)));
    Exception told = problem.get(20, TimeUnit.SECONDS);
    assertInstanceOf(ExecutionException.class, told);
    assertInstanceOf(StackOverflowError.class, told.getCause());
    offloading.stop();
    thread.join();
  }

  @Test
  void anInterruptDoesNotMakeItSpin() throws Exception {
    CompletableFuture<Integer> turns = new CompletableFuture<>();
    run();
    loop.execute(() -> {
      Thread.currentThread().interrupt();
      int before = poller.polls;
      loop.schedule(Duration.ofMillis(100), () -> turns.complete(poller.polls - before));
    });
    int made = turns.get(20, TimeUnit.SECONDS);
    assertTrue(made < 20, made + " turns in 100 ms");
  }

  @Test
  void aTaskThatFailsHarmsNoOther() throws Exception {
    CompletableFuture<Boolean> next = new CompletableFuture<>();
    run();
    loop.execute(() -> {
      throw new IllegalStateException("on purpose");
    });
    loop.execute(() -> {
      throw new AssertionError("on purpose");
    });
    loop.execute(() -> next.complete(loop.inLoop()));
    assertTrue(next.get(20, TimeUnit.SECONDS));
    assertFalse(loop.inLoop());
  }

  private void run() {
    Thread.ofPlatform().daemon().start(loop::run);
  }

  /** A selector that counts how often it is asked. */
  private static final class CountingPoller implements Poller {
    private final Poller real;
    int polls;

    CountingPoller() {
      try {
        real = new NioProvider().open();
      } catch (IOException e) {
        throw new AssertionError(e);
      }
    }

    @Override
    public Sockets sockets() {
      return real.sockets();
    }

    @Override
    public Watch watch(Socket socket, int interest, Ready ready) throws IOException {
      return real.watch(socket, interest, ready);
    }

    @Override
    public void poll(long timeoutNanos, Runnable waited) throws IOException {
      polls++;
      real.poll(timeoutNanos, waited);
    }

    @Override
    public void writeNow() {
      real.writeNow();
    }

    @Override
    public void wake() {
      real.wake();
    }

    @Override
    public long nanoTime() {
      return real.nanoTime();
    }

    @Override
    public void close() {
      real.close();
    }
  }
}
