package dev.weir.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** When what gathers in a turn leaves. */
class GatheringTest {

  /** How many may gather. */
  private static final int MOST = 16;

  private final List<String> done = new ArrayList<>();
  private final ManualPoller poller = new ManualPoller(0);
  private final Loop loop = new Loop(poller, Runnable::run);

  @BeforeEach
  void writeDown() {
    poller.writing = () -> done.add("written");
  }

  private Loop.Flushable named(String name) {
    return () -> done.add(name);
  }

  private void turn(Runnable work) {
    loop.execute(work);
    loop.turn(0);
  }

  private void expect(String... lines) {
    assertEquals(List.of(lines), done);
    done.clear();
  }

  @Test
  void allAreFlushedAtTheEndOfTheTurnAndThenWrittenAsOne() {
    turn(() -> {
      loop.flushLater(named("one"));
      loop.flushLater(named("two"));
      expect();
    });
    expect("one", "two", "written");
  }

  @Test
  void whenOneMoreComesThanMayThoseThatAreThereLeaveAtOnce() {
    turn(() -> {
      for (int n = 0; n < MOST; n++) {
        loop.flushLater(named("one of many"));
      }
      expect();
      loop.flushLater(named("one more"));
      assertEquals("written", done.removeLast());
      assertEquals(MOST, done.size());
      done.clear();
    });
    expect("one more", "written");
  }

  @Test
  void whatGathersInAFlushIsWrittenWithTheRest() {
    turn(() -> {
      loop.flushLater(() -> {
        done.add("above");
        loop.flushLater(named("below"));
      });
      loop.flushLater(named("other"));
    });
    expect("above", "other", "below", "written");
  }

  @Test
  void whatGathersInAWriteLeavesInTheSameTurn() {
    poller.writing =
        () -> {
          done.add("written");
          poller.writing = () -> done.add("written again");
          loop.flushLater(named("late"));
        };
    turn(() -> loop.flushLater(named("one")));
    expect("one", "written", "late", "written again");
  }

  @Test
  void whoFailsHarmsNoOther() {
    turn(() -> {
      loop.flushLater(() -> {
        throw new IllegalStateException("a flush, on purpose");
      });
      loop.flushLater(named("next"));
    });
    expect("next", "written");
    poller.writing =
        () -> {
          throw new IllegalStateException("a write, on purpose");
        };
    turn(() -> loop.flushLater(named("one")));
    poller.writing = () -> done.add("written");
    turn(() -> loop.flushLater(named("two")));
    expect("one", "two", "written");
  }

  @Test
  void whatStillGathersWhenTheLoopEndsLeaves() {
    turn(() -> {});
    done.clear();
    loop.stop();
    loop.execute(() -> loop.flushLater(named("last")));
    loop.finish();
    expect("last", "written");
  }
}
