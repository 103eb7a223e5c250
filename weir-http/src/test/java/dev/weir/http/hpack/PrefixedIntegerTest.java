package dev.weir.http.hpack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PrefixedIntegerTest {
  /** RFC 7541 C.1, and the edges. */
  @ParameterizedTest
  @CsvSource({
    "5, 10, 0a",
    "5, 1337, 1f9a0a",
    "8, 42, 2a",
    "5, 0, 00",
    "5, 30, 1e",
    "5, 31, 1f00",
    "5, 158, 1f7f",
    "5, 159, 1f8001",
    "7, 126, 7e",
    "7, 127, 7f00",
    "1, 0, 00",
    "1, 1, 0100",
    "7, 2147483647, 7f80ffffff07",
    "3, 4611686018427387903, 07f8ffffffffffffff3f",
  })
  void isWrittenAndRead(int prefixBits, long value, String hex) {
    var out = ByteBuffer.allocate(10);
    PrefixedInteger.encode(out, 0, prefixBits, value);
    assertThat(Line.hex(out.flip())).isEqualTo(hex);
    assertThat(PrefixedInteger.length(prefixBits, value)).isEqualTo(out.remaining());
    assertThat(PrefixedInteger.decode(out, prefixBits)).isEqualTo(value);
    assertThat(out.hasRemaining()).isFalse();
  }

  @Test
  void leavesTheOtherBitsAlone() {
    var out = ByteBuffer.allocate(10);
    PrefixedInteger.encode(out, 0xa0, 5, 10);
    PrefixedInteger.encode(out, 0xe0, 5, 1337);
    assertThat(Line.hex(out.flip())).isEqualTo("aaff9a0a");
    assertThat(PrefixedInteger.decode(out, 5)).isEqualTo(10);
    assertThat(PrefixedInteger.decode(out, 5)).isEqualTo(1337);
  }

  @Test
  void mayBePaddedWithZeros() {
    assertThat(PrefixedInteger.decode(Line.block("1f8000"), 5)).isEqualTo(31);
    assertThat(PrefixedInteger.decode(Line.block("1f808080808080808000"), 5)).isEqualTo(31);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1f", "1f80", "1fffffffff", "ff80808080808080"})
  void isIncompleteUntilItsLastOctet(String hex) {
    var in = Line.block(hex);
    int start = in.position();
    assertThat(PrefixedInteger.decode(in, 5)).isEqualTo(PrefixedInteger.INCOMPLETE);
    assertThat(in.position()).isEqualTo(start);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1fffffffffffffffffff",
        "1fffffffffffffffff7f",
        "1fe1ffffffffffffff3f",
        "1f80808080808080808000",
        "1fffffffffffffffffffffffffff01",
      })
  void isRefusedBeyond62Bits(String hex) {
    assertThatThrownBy(() -> PrefixedInteger.decode(Line.block(hex), 5))
        .isInstanceOfSatisfying(
            CompressionException.class,
            e -> {
              assertThat(e).hasMessage("an integer of more than 62 bits").hasNoCause();
              assertThat(e.section()).isEqualTo("RFC 7541 5.1");
              assertThat(e.getStackTrace()).isEmpty();
            });
  }

  @Test
  void isTheSameAfterTheWayThereAndBack() {
    var random = new Random(1);
    var buffer = ByteBuffer.allocateDirect(10);
    for (int i = 0; i < 100_000; i++) {
      int prefixBits = 1 + random.nextInt(8);
      long value = (random.nextLong() & PrefixedInteger.GREATEST) >>> random.nextInt(62);
      PrefixedInteger.encode(buffer.clear(), 0, prefixBits, value);
      assertThat(PrefixedInteger.length(prefixBits, value)).isEqualTo(buffer.position());
      assertThat(PrefixedInteger.decode(buffer.flip(), prefixBits)).isEqualTo(value);
    }
  }
}
