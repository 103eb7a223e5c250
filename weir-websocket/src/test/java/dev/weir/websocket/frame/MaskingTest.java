package dev.weir.websocket.frame;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MaskingTest {

  private static final int KEY = 0x37FA213D;

  private static ByteBuffer buffer(boolean direct, int capacity) {
    return direct
        ? ByteBuffer.allocateDirect(capacity)
        : ByteBuffer.allocate(capacity + 3).slice(3, capacity);
  }

  private static byte[] expected(byte[] data, int from, int length, int key) {
    byte[] result = data.clone();
    for (int i = 0; i < length; i++) {
      result[from + i] ^= (byte) (key >>> (24 - 8 * (i % 4)));
    }
    return result;
  }

  private static byte[] content(ByteBuffer buffer) {
    var bytes = new byte[buffer.capacity()];
    buffer.get(0, bytes);
    return bytes;
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void masksInPlaceAtEveryAlignmentAndLength(boolean direct) {
    for (int key : new int[] {KEY, -1, 0, 0x80000001}) {
      for (int from = 0; from < 20; from++) {
        for (int length = 0; length < 50; length++) {
          var data = new byte[80];
          new Random(from * 100L + length).nextBytes(data);
          ByteBuffer buffer = buffer(direct, data.length).put(data).position(7).limit(75);
          buffer.order(length % 2 == 0 ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
          long seen = Masking.apply(buffer, from, from + length, key);
          byte[] result = content(buffer.clear());
          assertArrayEquals(expected(data, from, length, key), result);
          boolean topBit = false;
          for (int i = from; i < from + length; i++) {
            topBit |= result[i] < 0;
          }
          assertEquals(topBit, (seen & 0x8080_8080_8080_8080L) != 0);
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3})
  void masksWhileItCopies(int kinds) {
    for (int from = 0; from < 10; from++) {
      for (int to = 0; to < 10; to++) {
        for (int length = 0; length < 40; length++) {
          var data = new byte[60];
          new Random(length).nextBytes(data);
          ByteBuffer source = buffer((kinds & 1) != 0, 60).put(data);
          ByteBuffer target = buffer((kinds & 2) != 0, 60);
          Masking.copy(source, from, target, to, length, KEY);
          var expected = new byte[60];
          System.arraycopy(expected(data, from, length, KEY), from, expected, to, length);
          assertArrayEquals(expected, content(target));
          assertArrayEquals(data, content(source.clear()));
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 2, 3, 4, 5, 7, 1L << 40, (1L << 40) + 3, Long.MAX_VALUE})
  void keyTurnsWithTheOffset(long offset) {
    int turned = Masking.advance(KEY, offset);
    for (int i = 0; i < 4; i++) {
      int octet = (int) ((offset + i) & 3);
      assertEquals(KEY >>> (24 - 8 * octet) & 0xFF, turned >>> (24 - 8 * i) & 0xFF);
    }
  }
}
