package dev.weir.http.h2;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SendSchedulerTest {
  private final SendScheduler scheduler = new SendScheduler();

  private Http2Stream add(int id, String priority) {
    var stream = StreamTableTest.stream(id);
    stream.priority(Priority.parse(priority));
    scheduler.add(stream);
    return stream;
  }

  private List<Integer> drain() {
    var order = new ArrayList<Integer>();
    for (var next = scheduler.poll(); next != null; next = scheduler.poll()) {
      order.add(next.id());
    }
    assertTrue(scheduler.isEmpty());
    return order;
  }

  @Test
  void givesTheMoreUrgentFirst() {
    add(1, "u=7, i");
    add(3, "u=0, i");
    add(5, "i");
    add(7, "u=2, i");
    assertEquals(List.of(3, 7, 5, 1), drain());
  }

  @Test
  void givesSequentialOnesByIdentifier() {
    add(5, "");
    add(1, "");
    add(9, "");
    add(3, "");
    assertEquals(List.of(1, 3, 5, 9), drain());
  }

  @Test
  void givesIncrementalOnesInTurn() {
    add(5, "i");
    add(1, "i");
    add(9, "i");
    assertEquals(List.of(5, 1, 9), drain());
  }

  @Test
  void givesOneOfEachKind() {
    add(1, "");
    add(3, "");
    add(5, "i");
    add(7, "i");
    assertEquals(List.of(1, 5, 3, 7), drain());
  }

  @Test
  void takesAStreamOnce() {
    var stream = add(1, "");
    scheduler.add(stream);
    assertEquals(List.of(1), drain());
    scheduler.remove(stream);
    assertNull(scheduler.poll());
    scheduler.add(stream);
    assertFalse(scheduler.isEmpty());
  }

  @Test
  void takesAStreamOutFromAnywhere() {
    for (int removed = 0; removed < 4; removed++) {
      var streams = new ArrayList<Http2Stream>();
      for (int id = 1; id < 9; id += 2) {
        streams.add(add(id, "i"));
      }
      scheduler.remove(streams.get(removed));
      scheduler.add(streams.get(removed));
      var expected = new ArrayList<>(List.of(1, 3, 5, 7));
      int moved = expected.get(removed);
      expected.remove(Integer.valueOf(moved));
      expected.add(moved);
      assertEquals(expected, drain());
    }
  }

  /** Whatever is added and removed, all that is there comes out, the most urgent first. */
  @Test
  void losesNone() {
    for (int seed = 0; seed < 100; seed++) {
      var random = new Random(seed);
      var there = new ArrayList<Http2Stream>();
      for (int id = 1; id < 100; id += 2) {
        there.add(add(id, "u=" + random.nextInt(8) + (random.nextBoolean() ? ", i" : "")));
        if (random.nextInt(3) == 0) {
          scheduler.remove(there.remove(random.nextInt(there.size())));
        }
      }
      int least = 0;
      int count = 0;
      for (var next = scheduler.poll(); next != null; next = scheduler.poll()) {
        assertTrue(next.priority().urgency() >= least);
        least = next.priority().urgency();
        assertTrue(there.remove(next));
        count++;
      }
      assertTrue(count > 0);
      assertEquals(List.of(), there);
    }
  }
}
