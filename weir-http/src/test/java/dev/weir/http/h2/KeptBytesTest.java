package dev.weir.http.h2;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeptBytesTest {

  /** First in, first out, in room of the order of what is kept. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5})
  void keepsBytesInTheirOrder(int seed) {
    var random = new Random(seed);
    var expected = new ArrayDeque<Byte>();
    var kept = new KeptBytes(ByteBuffer.allocate(0));
    for (int step = 0; step < 2000; step++) {
      var piece = new byte[random.nextInt(200 * seed)];
      random.nextBytes(piece);
      var more = ByteBuffer.wrap(piece);
      kept.append(more);
      assertEquals(0, more.remaining());
      for (byte b : piece) {
        expected.add(b);
      }
      for (int n = random.nextInt(expected.size() + 1); n > 0; n--) {
        assertEquals(expected.remove(), kept.view().get());
      }
      assertEquals(expected.size(), kept.view().remaining());
      assertTrue(kept.view().capacity() <= 8000 * seed, kept.view().toString());
    }
  }
}
