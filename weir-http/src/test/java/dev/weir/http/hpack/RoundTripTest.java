package dev.weir.http.hpack;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the encoder writes, the decoder reads, whatever the lines and the sizes of the tables. */
class RoundTripTest {
  @ParameterizedTest
  @ValueSource(ints = {0, 31, 100, 500, 4096, 65_536})
  void isTheSame(int tableSize) {
    var random = new Random(tableSize);
    var lines = new RandomLines(tableSize);
    var encoder = new HpackEncoder(tableSize);
    var decoder = Line.decoder();
    for (int i = 0; i < 2000; i++) {
      if (random.nextInt(50) == 0) {
        for (int changes = random.nextInt(4); changes > 0; changes--) {
          int size = random.nextInt(2 * tableSize + 1);
          encoder.maxTableSize(size);
          decoder.maxTableSize(size);
        }
      }
      var list = lines.list();
      assertThat(Line.decode(decoder, Line.encode(encoder, list))).isEqualTo(list);
    }
  }
}
