package dev.weir.websocket.deflate;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.weir.websocket.WebSocketException;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MessageInflaterTest {

  private final CompressorPool pool = new CompressorPool();

  @AfterEach
  void close() {
    pool.close();
  }

  /** Inflates one message, in and out in pieces of random sizes. */
  static byte[] inflate(MessageInflater inflater, byte[] compressed, Random random) {
    var all = new ByteArrayOutputStream();
    inflater.begin();
    int at = 0;
    do {
      int length = Math.min(compressed.length - at, 1 + random.nextInt(1 + compressed.length));
      ByteBuffer in = ByteBuffer.wrap(compressed, at, length);
      at += length;
      boolean done;
      do {
        ByteBuffer out = ByteBuffer.allocate(1 + random.nextInt(300));
        done = inflater.inflate(in, at == compressed.length, out);
        all.write(out.array(), 0, out.position());
      } while (!done);
      assertEquals(0, in.remaining());
    } while (at < compressed.length);
    return all.toByteArray();
  }

  private static byte[] hex(String octets) {
    return HexFormat.of().parseHex(octets.replace(" ", ""));
  }

  private static String text(byte[] utf8) {
    return new String(utf8, StandardCharsets.UTF_8);
  }

  /** RFC 7692 7.2.3, and what other senders are known to make. */
  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "compressed block, f2 48 cd c9 c9 07 00, Hello",
    "block without compression, 00 05 00 fa ff 48 65 6c 6c 6f 00, Hello",
    "last block of its stream, f3 48 cd c9 c9 07 00 00, Hello",
    "last block without the octet after it, f3 48 cd c9 c9 07 00, Hello",
    "two blocks, f2 48 05 00 00 00 ff ff ca c9 c9 07 00, Hello",
    "two streams, f3 48 cd c9 c9 07 00 f3 48 cd c9 c9 07 00 00, HelloHello",
    "empty message, 00, ''",
    "empty message with a fixed block, 02 00, ''",
    "empty message without any octet, '', ''",
    "empty last block, 03 00, ''",
  })
  void inflates(String what, String compressed, String expected) {
    for (int seed = 0; seed < 50; seed++) {
      var inflater = new MessageInflater(pool, seed % 2 == 0);
      for (int i = 0; i < 3; i++) {
        var random = new Random(seed + i);
        assertEquals(expected, text(inflate(inflater, hex(compressed), random)), what);
      }
      inflater.release();
    }
  }

  @Test
  void keepsHistoryFromMessageToMessage() {
    var inflater = new MessageInflater(pool, true);
    var random = new Random(1);
    assertEquals("Hello", text(inflate(inflater, hex("f2 48 cd c9 c9 07 00"), random)));
    assertEquals("Hello", text(inflate(inflater, hex("f2 00 11 00 00"), random)));
    assertEquals("", text(inflate(inflater, hex(""), random)));
    assertEquals("Hello", text(inflate(inflater, hex("f2 00 11 00 00"), random)));
    inflater.release();
  }

  @Test
  void hasNoHistoryWithoutTakeover() {
    var inflater = new MessageInflater(pool, false);
    var random = new Random(1);
    assertEquals("Hello", text(inflate(inflater, hex("f2 48 cd c9 c9 07 00"), random)));
    assertEquals(0, pool.lent());
    assertThrows(
        WebSocketException.Violation.class, () -> inflate(inflater, hex("f2 00 11 00 00"), random));
    inflater.release();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "07", // block of type 3
        "00 05 00 fa fe 48", // stored block whose lengths differ
        "f2 00 11 00 00", // reaches before the start
        "05 ff ff ff ff ff ff", // impossible code lengths
        "ff ff ff ff",
      })
  void refusesWhatDeflateNeverMakes(String compressed) {
    var inflater = new MessageInflater(pool, true);
    var e =
        assertThrows(
            WebSocketException.Violation.class,
            () -> inflate(inflater, hex(compressed), new Random(3)));
    assertEquals(1007, e.code());
    inflater.release();
    assertEquals(0, pool.lent());
  }

  @Test
  void makesNoMoreThanThereIsRoomFor() {
    var deflater = new MessageDeflater(pool, 9, true, 15);
    ByteBuffer bomb = ByteBuffer.allocate(20_000);
    deflater.deflate(ByteBuffer.allocate(10_000_000), true, bomb);
    deflater.release();
    var inflater = new MessageInflater(pool, true);
    inflater.begin();
    ByteBuffer out = ByteBuffer.allocate(1000);
    assertFalse(inflater.inflate(bomb.flip(), true, out));
    assertEquals(1000, out.position());
    inflater.release();
  }

  @Test
  void poolKeepsFewAndEndsAll() {
    var inflaters = new MessageInflater[CompressorPool.KEPT + 3];
    for (int i = 0; i < inflaters.length; i++) {
      inflaters[i] = new MessageInflater(pool, true);
      inflaters[i].begin();
    }
    assertEquals(inflaters.length, pool.lent());
    for (MessageInflater inflater : inflaters) {
      inflater.release();
      inflater.release();
    }
    assertEquals(0, pool.lent());
    pool.close();
    var late = new MessageInflater(pool, false);
    assertArrayEquals(
        new byte[0], inflate(late, hex("00"), new Random(1)), "works after close, kept by nobody");
    assertEquals(0, pool.lent());
  }
}
