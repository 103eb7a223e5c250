package dev.weir.http.h2;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.weir.http.Http2Limits;
import dev.weir.http.Method;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StreamTableTest {
  static Http2Stream stream(int id) {
    var session = ScriptedPeer.client(Http2Limits.DEFAULTS).session;
    return new Http2Stream(session, id, Method.GET, 0, 0);
  }

  /** As a map does, whatever comes and goes. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6})
  void holdsWhatAMapHolds(int seed) {
    var random = new Random(seed);
    var table = new StreamTable();
    var map = new HashMap<Integer, Http2Stream>();
    int range = 4 << seed;
    for (int step = 0; step < 3000; step++) {
      int id = 1 + 2 * random.nextInt(range);
      if (map.containsKey(id)) {
        table.remove(id);
        map.remove(id);
      } else if (random.nextInt(3) > 0) {
        var stream = stream(id);
        table.add(stream);
        map.put(id, stream);
      } else {
        table.remove(id);
      }
      assertEquals(map.size(), table.size());
      int other = 1 + 2 * random.nextInt(range);
      assertSame(map.get(other), table.get(other));
    }
    var all = new HashSet<Http2Stream>();
    table.forEach(all::add);
    assertEquals(new HashSet<>(map.values()), all);
  }

  @Test
  void anEmptyOneHasNothing() {
    var table = new StreamTable();
    assertNull(table.get(1));
    table.remove(1);
    table.forEach(stream -> {
      throw new AssertionError();
    });
    assertEquals(0, table.size());
  }

  @Test
  void mayChangeWhileItIsGoneThrough() {
    var table = new StreamTable();
    for (int id = 1; id < 40; id += 2) {
      table.add(stream(id));
    }
    var seen = new HashSet<Integer>();
    table.forEach(stream -> {
      seen.add(stream.id());
      table.remove(stream.id());
      table.add(stream(stream.id() + 100));
    });
    assertEquals(20, seen.size());
    assertEquals(20, table.size());
  }
}
