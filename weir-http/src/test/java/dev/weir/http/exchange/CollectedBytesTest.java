package dev.weir.http.exchange;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class CollectedBytesTest {

  private static ByteBuffer bytes(int... values) {
    ByteBuffer buffer = ByteBuffer.allocateDirect(values.length);
    for (int value : values) {
      buffer.put((byte) value);
    }
    return buffer.flip();
  }

  @Test
  void areAllThatWasAdded() {
    CollectedBytes collected = new CollectedBytes(5);

    assertTrue(collected.add(bytes(1, 2)));
    assertTrue(collected.add(bytes()));
    assertTrue(collected.add(bytes(3, 4, 5)));
    assertArrayEquals(new byte[] {1, 2, 3, 4, 5}, collected.toArray());
  }

  @Test
  void areNoMoreThanTheLimit() {
    CollectedBytes collected = new CollectedBytes(2);
    ByteBuffer three = bytes(1, 2, 3);

    assertFalse(collected.add(three));
    assertEquals(3, three.remaining(), "nothing was taken");
    assertTrue(collected.add(bytes(1, 2)));
    assertFalse(collected.add(bytes(3)));
    assertEquals(2, collected.toArray().length);
  }

  @Test
  void growWithWhatComes() {
    CollectedBytes collected = new CollectedBytes(Integer.MAX_VALUE);
    int total = 0;
    for (int size = 1; size < 100_000; size *= 3) {
      assertTrue(collected.add(ByteBuffer.allocate(size)));
      total += size;
    }
    assertEquals(total, collected.toArray().length);
  }

  @Test
  void canBeForgotten() {
    CollectedBytes collected = new CollectedBytes(3);
    assertTrue(collected.add(bytes(1, 2, 3)));
    collected.clear();
    assertTrue(collected.add(bytes(4)));
    assertArrayEquals(new byte[] {4}, collected.toArray());
  }
}
