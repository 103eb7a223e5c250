package dev.weir.websocket.frame;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.websocket.session.Utf8Sequences;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Utf8ValidatorTest {

  private final Utf8Validator validator = new Utf8Validator();

  private static boolean isValid(byte[] text) {
    var decoded = new String(text, StandardCharsets.UTF_8);
    return Arrays.equals(text, decoded.getBytes(StandardCharsets.UTF_8));
  }

  private boolean accepts(byte[] text) {
    validator.reset();
    return validator.wrongAt(ByteBuffer.wrap(text)) < 0 && validator.isComplete();
  }

  @Test
  void knowsTheSequencesOfTheCaseList() {
    Utf8Sequences.bySection()
        .values()
        .forEach(sequences -> sequences.forEach(s -> assertEquals(s.valid(), accepts(s.bytes()))));
  }

  /** All of one, two and three bytes; of four, those whose first two can be right, and more. */
  @Test
  void agreesWithTheDecoderOnShortSequences() {
    for (int i = 0; i < 1 << 24; i += i < 1 << 16 ? 1 : 7) {
      byte[] text =
          i < 1 << 8
              ? new byte[] {(byte) i}
              : i < 1 << 16
                  ? new byte[] {(byte) (i >> 8), (byte) i}
                  : new byte[] {(byte) (i >> 16), (byte) (i >> 8), (byte) i};
      assertEquals(isValid(text), accepts(text), () -> HexFormat.of().formatHex(text));
    }
    for (int lead = 0xF0; lead <= 0xFF; lead++) {
      for (int second = 0x70; second <= 0xC1; second++) {
        for (int third : new int[] {0x7F, 0x80, 0xA5, 0xBF, 0xC0}) {
          for (int fourth : new int[] {0x7F, 0x80, 0x93, 0xBF, 0xC0}) {
            byte[] text = {(byte) lead, (byte) second, (byte) third, (byte) fourth};
            assertEquals(isValid(text), accepts(text));
          }
        }
      }
    }
  }

  @Test
  void acceptsEveryCharacterAtEveryAlignment() {
    for (int c = 0; c <= Character.MAX_CODE_POINT; c += c < 0x3000 ? 1 : 97) {
      if (c < Character.MIN_SURROGATE || c > Character.MAX_SURROGATE) {
        String text = "x".repeat(c % 17) + Character.toString(c) + "y".repeat(c % 13);
        assertTrue(accepts(text.getBytes(StandardCharsets.UTF_8)));
      }
    }
  }

  @Test
  void doesNotCareHowTextIsCut() {
    byte[] text =
        "aé€𝄞 plain text that is longer µ@ßöäüàá €€ 漢字 🙂🙂".getBytes(StandardCharsets.UTF_8);
    for (int seed = 0; seed < 500; seed++) {
      var random = new Random(seed);
      byte[] damaged = text.clone();
      if (seed % 2 == 0) {
        damaged[random.nextInt(text.length)] ^= (byte) (1 + random.nextInt(255));
      }
      validator.reset();
      int whole = validator.wrongAt(ByteBuffer.wrap(damaged));
      boolean complete = validator.isComplete();
      validator.reset();
      int cut = -1;
      for (int at = 0; at < text.length && cut < 0; ) {
        int length = Math.min(text.length - at, random.nextInt(12));
        cut = validator.wrongAt(ByteBuffer.wrap(damaged, at, length));
        at += length;
      }
      assertEquals(whole, cut);
      assertEquals(whole >= 0 || complete, cut >= 0 || validator.isComplete());
      assertEquals(isValid(damaged), whole < 0 && complete);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "61, -1, true, 0",
    "c3, -1, false, 1",
    "c3a9, -1, true, 0",
    "e282, -1, false, 2",
    "f09d84, -1, false, 3",
    "6162c0, 2, true, 0",
    "e0, -1, false, 1",
    "e09f, 1, false, 1",
    "eda0, 1, false, 1",
    "f08f, 1, false, 1",
    "f490, 1, false, 1",
    "6161616161616161e28261, 10, false, 2",
  })
  void tellsWhereItIsWrongAndWhatIsPending(String hex, int wrongAt, boolean complete, int pending) {
    byte[] text = HexFormat.of().parseHex(hex);
    ByteBuffer direct = ByteBuffer.allocateDirect(text.length).put(text).flip();
    assertEquals(wrongAt, validator.wrongAt(direct));
    assertEquals(complete, validator.isComplete());
    assertEquals(pending, validator.pending());
    assertEquals(text.length, direct.remaining());
    validator.reset();
    assertTrue(validator.isComplete());
    assertFalse(validator.pending() != 0);
  }
}
