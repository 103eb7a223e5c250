package dev.weir.websocket.deflate;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class MessageDeflaterTest {

  private final CompressorPool pool = new CompressorPool();

  @AfterEach
  void close() {
    pool.close();
  }

  /** Compresses one message, its payload and its output in pieces of random sizes up to these. */
  private static byte[] compress(
      MessageDeflater deflater, byte[] message, int mostIn, int mostOut, Random random) {
    var all = new ByteArrayOutputStream();
    int at = 0;
    do {
      int length = Math.min(message.length - at, 1 + random.nextInt(mostIn));
      ByteBuffer payload =
          random.nextBoolean()
              ? ByteBuffer.wrap(message, at, length)
              : ByteBuffer.allocateDirect(length).put(message, at, length).flip();
      at += length;
      boolean done;
      do {
        ByteBuffer out = ByteBuffer.allocate(16 + random.nextInt(mostOut));
        done = deflater.deflate(payload, at == message.length, out);
        all.write(out.array(), 0, out.position());
      } while (!done);
      assertEquals(0, payload.remaining());
    } while (at < message.length);
    return all.toByteArray();
  }

  @ParameterizedTest
  @ValueSource(ints = {8, 9, 10, 11, 12, 13, 14, 15})
  void neverReachesFurtherBackThanTheWindow(int bits) {
    for (Corpus corpus : Corpus.values()) {
      for (int level : new int[] {1, 6, 9}) {
        var random = new Random(bits);
        var deflater = new MessageDeflater(pool, level, true, bits);
        var reader = new DeflateReader();
        for (int i = 0; i < 12; i++) {
          byte[] message = corpus.bytes(1 + random.nextInt(i % 3 == 0 ? 300 : 90_000), i);
          byte[] compressed = compress(deflater, message, 50_000, 70_000, random);
          assertArrayEquals(message, reader.message(compressed));
        }
        deflater.release();
        int window = 1 << bits;
        assertTrue(
            reader.largestDistance() <= window,
            () -> corpus + " level " + level + ": " + reader.largestDistance() + " > " + window);
      }
    }
  }

  /** The proof above would be void if there were no references of nearly that size at all. */
  @ParameterizedTest
  @ValueSource(ints = {8, 9, 10, 11, 12, 13, 14, 15})
  void usesMostOfTheWindow(int bits) {
    var deflater = new MessageDeflater(pool, 9, true, bits);
    var reader = new DeflateReader();
    byte[] message = Corpus.JSON.bytes(1 << 20, bits);
    assertArrayEquals(
        message, reader.message(compress(deflater, message, 1 << 20, 1 << 20, new Random(1))));
    deflater.release();
    assertTrue(reader.largestDistance() > (1 << bits) * 3 / 4);
  }

  private static byte[] whole(MessageDeflater deflater, byte[] message) {
    ByteBuffer out = ByteBuffer.allocate(2 * message.length + 100);
    assertTrue(deflater.deflate(ByteBuffer.wrap(message), true, out));
    return Arrays.copyOf(out.array(), out.position());
  }

  @Test
  void keepsHistoryFromMessageToMessageIfItMay() {
    byte[] message = Corpus.PROSE.bytes(2000, 1);
    var keeping = new MessageDeflater(pool, 6, true, 15);
    int first = whole(keeping, message).length;
    int second = whole(keeping, message).length;
    assertTrue(second < first / 10, first + " then " + second);
    var forgetting = new MessageDeflater(pool, 6, false, 15);
    assertArrayEquals(whole(forgetting, message), whole(forgetting, message));
    assertEquals(1, pool.lent());
    keeping.release();
    assertEquals(0, pool.lent());
  }

  @Test
  void forgetsWhenReleased() {
    byte[] message = Corpus.PROSE.bytes(2000, 1);
    var deflater = new MessageDeflater(pool, 6, true, 12);
    byte[] first = whole(deflater, message);
    deflater.release();
    byte[] second = whole(deflater, message);
    assertArrayEquals(first, second);
    var reader = new DeflateReader();
    assertArrayEquals(message, reader.message(first));
    assertArrayEquals(message, reader.message(second));
    deflater.release();
  }

  @ParameterizedTest
  @EnumSource(Corpus.class)
  void isReadByTheInflaterHoweverItIsCut(Corpus corpus) {
    for (int seed = 0; seed < 200; seed++) {
      var random = new Random(seed);
      boolean takeover = random.nextBoolean();
      int bits = 8 + random.nextInt(8);
      var deflater = new MessageDeflater(pool, random.nextInt(10), takeover, bits);
      var inflater = new MessageInflater(pool, takeover);
      for (int i = 0; i < 5; i++) {
        byte[] message = corpus.bytes(1 + random.nextInt(3000), seed + i);
        int mostIn = 1 + random.nextInt(2000);
        byte[] compressed = compress(deflater, message, mostIn, 1 + random.nextInt(500), random);
        assertArrayEquals(message, MessageInflaterTest.inflate(inflater, compressed, random));
      }
      deflater.release();
      inflater.release();
      assertEquals(0, pool.lent());
    }
  }

  /** The peer reads what was taken, even if the message goes on much later. */
  @Test
  void flushesEveryPiece() {
    byte[] piece = Corpus.JSON.bytes(500, 7);
    var deflater = new MessageDeflater(pool, 6, true, 15);
    var inflater = new MessageInflater(pool, true);
    inflater.begin();
    for (int i = 0; i < 10; i++) {
      ByteBuffer out = ByteBuffer.allocate(2000);
      assertTrue(deflater.deflate(ByteBuffer.wrap(piece), false, out));
      ByteBuffer plain = ByteBuffer.allocate(2000);
      assertTrue(inflater.inflate(out.flip(), false, plain));
      assertArrayEquals(piece, Arrays.copyOf(plain.array(), plain.position()));
    }
    ByteBuffer out = ByteBuffer.allocate(16);
    assertTrue(deflater.deflate(ByteBuffer.allocate(0), true, out));
    ByteBuffer plain = ByteBuffer.allocate(1);
    assertTrue(inflater.inflate(out.flip(), true, plain));
    assertEquals(0, plain.position());
    deflater.release();
    inflater.release();
  }
}
