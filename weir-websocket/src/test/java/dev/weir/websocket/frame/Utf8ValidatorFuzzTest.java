package dev.weir.websocket.frame;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.weir.websocket.session.Utf8Sequences;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever the bytes: the JDK's decoder agrees, and it does not matter where they are cut. */
final class Utf8ValidatorFuzzTest {

  static Stream<byte[]> seeds() {
    return Utf8Sequences.bySection().values().stream()
        .flatMap(List::stream)
        .map(Utf8Sequences.Sequence::bytes);
  }

  @MethodSource("seeds")
  @FuzzTest
  void agreesWithTheDecoder(byte[] text) {
    byte[] again = new String(text, StandardCharsets.UTF_8).getBytes(StandardCharsets.UTF_8);
    var validator = new Utf8Validator();
    int wrongAt = validator.wrongAt(ByteBuffer.wrap(text));
    boolean valid = wrongAt < 0 && validator.isComplete();
    if (valid != Arrays.equals(text, again)) {
      throw new AssertionError("valid: " + valid);
    }
    validator.reset();
    for (int i = 0; i < text.length; i++) {
      boolean wrong = validator.wrongAt(ByteBuffer.wrap(text, i, 1)) >= 0;
      if (wrong != (i == wrongAt)) {
        throw new AssertionError("wrong at " + wrongAt + " when whole, byte by byte at " + i);
      }
      if (wrong) {
        break;
      }
    }
  }
}
