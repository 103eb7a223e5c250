package dev.weir.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.logging.Filter;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;

/** Tasks, work that leaves the loop, and how whoever drives a loop is told. */
class TasksTest {

  private static final long SECOND = 1_000_000_000L;

  private final ManualPoller clock = new ManualPoller(5 * SECOND);
  private final Queue<Runnable> work = new ArrayDeque<>();
  private final Loop loop = new Loop(clock, work::add);
  private final List<String> ran = new ArrayList<>();

  @Test
  void tasksRunInTheirOrderAndWhatTheyAddRunsInTheNextTurn() {
    loop.execute(() -> {
      ran.add("first");
      loop.execute(() -> ran.add("third"));
    });
    loop.execute(() -> ran.add("second"));
    assertEquals(0, loop.turn(0));
    assertEquals(List.of("first", "second"), ran);
    assertEquals(Loop.FOREVER, loop.turn(0));
    assertEquals(List.of("first", "second", "third"), ran);
  }

  @Test
  void aTaskThatFailsHarmsNoOther() {
    loop.execute(() -> {
      throw new IllegalStateException("on purpose");
    });
    loop.execute(() -> ran.add("second"));
    loop.turn(0);
    assertEquals(List.of("second"), ran);
  }

  /** As one does that has no descriptor left to open its file by. */
  @Test
  void aLogThatFailsHarmsNobody() {
    Logger logger = Logger.getLogger("dev.weir.loop");
    Filter broken =
        record -> {
          throw new NoClassDefFoundError("on purpose");
        };
    logger.setFilter(broken);
    try {
      loop.execute(() -> {
        throw new IllegalStateException("on purpose");
      });
      loop.execute(() -> ran.add("second"));
      loop.turn(0);
    } finally {
      logger.setFilter(null);
    }
    assertEquals(List.of("second"), ran);
  }

  @Test
  void aCancelledScheduleDoesNotRun() {
    Runnable cancel = loop.schedule(Duration.ofSeconds(1), () -> ran.add("no"));
    loop.schedule(Duration.ofSeconds(1), () -> ran.add("yes"));
    loop.turn(0);
    cancel.run();
    loop.turn(0);
    clock.now += 2 * SECOND;
    loop.turn(0);
    assertEquals(List.of("yes"), ran);
    assertEquals(0, loop.timers());
  }

  @Test
  void aScheduleFromOutsideCountsFromTheCall() {
    loop.schedule(Duration.ofSeconds(1), () -> ran.add("due"));
    clock.now += SECOND;
    loop.turn(0);
    clock.now += TimerWheel.TICK_NANOS;
    loop.turn(0);
    assertEquals(List.of("due"), ran);
  }

  @Test
  void aTurnTellsHowLongTheNextMayWait() {
    assertEquals(Loop.FOREVER, loop.turn(0));
    loop.schedule(Duration.ofSeconds(1), () -> {});
    long wait = loop.turn(0);
    assertTrue(wait > 0 && wait <= SECOND + TimerWheel.TICK_NANOS, "" + wait);
    loop.execute(() -> loop.execute(() -> {}));
    assertEquals(0, loop.turn(0));
  }

  @Test
  void theDriverIsToldThatATurnIsWanted() {
    loop.onWake(() -> ran.add("wake"));
    loop.execute(() -> {});
    assertEquals(List.of("wake"), ran);
    loop.turn(0);
    // On the driver's thread too, between two turns.
    loop.execute(() -> {});
    assertEquals(List.of("wake", "wake"), ran);
  }

  // ---- work that may block

  private void offload(Callable<String> call) {
    loop.offload(
        call,
        (result, problem) -> {
          assertTrue(loop.inLoop());
          ran.add(result + " " + problem);
          last = problem;
        });
  }

  private Exception last;

  private void workAndTurn() {
    work.remove().run();
    assertEquals(List.of(), ran, "told on the loop, not by the worker");
    loop.turn(0);
  }

  @Test
  void workIsDoneElsewhereAndToldHere() {
    offload(() -> "result");
    workAndTurn();
    assertEquals(List.of("result null"), ran);
    assertNull(last);
  }

  @Test
  void workThatFailsIsToldToo() {
    offload(() -> {
      throw new IOException("on purpose");
    });
    workAndTurn();
    assertInstanceOf(IOException.class, last);
  }

  @Test
  void workThatFailsByAnErrorIsToldToo() {
    offload(() -> {
      throw new StackOverflowError("on purpose");
    });
    assertThrows(StackOverflowError.class, () -> work.remove().run());
    loop.turn(0);
    assertInstanceOf(ExecutionException.class, last);
    assertInstanceOf(StackOverflowError.class, last.getCause());
  }

  @Test
  void workThatNoWorkerTakesIsToldToo() {
    Loop refused =
        new Loop(
            clock,
            task -> {
              throw new RejectedExecutionException("on purpose");
            });
    List<Exception> problems = new ArrayList<>();
    refused.<String>offload(() -> "never", (result, problem) -> problems.add(problem));
    assertEquals(List.of(), problems, "not from inside the call");
    refused.turn(0);
    assertInstanceOf(RejectedExecutionException.class, problems.getFirst());
  }

  @Test
  void scratchIsLentAndCounted() {
    var first = loop.buffers().take();
    var second = loop.buffers().take();
    assertEquals(2, loop.buffers().lent());
    assertEquals(Buffers.SIZE, first.remaining());
    loop.buffers().give(first.position(7));
    loop.buffers().give(second);
    assertEquals(0, loop.buffers().lent());
    assertEquals(0, loop.buffers().take().position());
    assertFalse(loop.inLoop());
  }
}
