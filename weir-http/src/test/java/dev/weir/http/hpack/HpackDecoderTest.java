package dev.weir.http.hpack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.http.HeaderName;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HpackDecoderTest {
  /** Enters a: b into the table. */
  private static final String ENTER = "40016101 62";

  private final HpackDecoder decoder = Line.decoder();

  private List<Line> decode(String hex) {
    return Line.decode(decoder, hex);
  }

  private void refuses(String hex, String section) {
    assertThatThrownBy(() -> decode(hex))
        .isInstanceOfSatisfying(
            CompressionException.class,
            e -> {
              assertThat(e.section()).isEqualTo(section);
              assertThat(e.getStackTrace()).isEmpty();
            });
  }

  @ParameterizedTest
  @CsvSource({
    // Indices
    "80, RFC 7541 6.1",
    "be, RFC 7541 2.3.3",
    "ff00, RFC 7541 2.3.3",
    "82bf, RFC 7541 2.3.3",
    "7e0161, RFC 7541 2.3.3",
    "0f2f0161, RFC 7541 2.3.3",
    "1f2f0161, RFC 7541 2.3.3",
    "ffffffffff0f, RFC 7541 2.3.3",
    "ff80808080808040, RFC 7541 2.3.3",
    // Integers
    "ff, RFC 7541 5.1",
    "ff80, RFC 7541 5.1",
    "7f, RFC 7541 5.1",
    "0f, RFC 7541 5.1",
    "1f, RFC 7541 5.1",
    "3f, RFC 7541 5.1",
    "3fe1, RFC 7541 5.1",
    "ffffffffffffffffffff, RFC 7541 5.1",
    "ff80808080808080808000, RFC 7541 5.1",
    "3fffffffffffffffffff7f, RFC 7541 5.1",
    "40ffffffffffffffffff7f, RFC 7541 5.1",
    // Strings
    "40, RFC 7541 5.2",
    "4001, RFC 7541 5.2",
    "400161, RFC 7541 5.2",
    "4001610162 00016102 62, RFC 7541 5.2",
    "00, RFC 7541 5.2",
    "10, RFC 7541 5.2",
    "41, RFC 7541 5.2",
    "01, RFC 7541 5.2",
    "11, RFC 7541 5.2",
    "007f, RFC 7541 5.2",
    "00017f, RFC 7541 5.2",
    "0001617fffffffff0762, RFC 7541 5.2",
    "000161ff, RFC 7541 5.2",
    "00016181ff, RFC 7541 5.2",
    "00016182ffff, RFC 7541 5.2",
    "0001618100, RFC 7541 5.2",
    "00016184fffffffc, RFC 7541 5.2",
    "0081ff0161, RFC 7541 5.2",
    // Size updates
    "8220, RFC 7541 4.2",
    "823fe11f, RFC 7541 4.2",
    "208220, RFC 7541 4.2",
    "3fe21f, RFC 7541 6.3",
    "3fffffffff0f, RFC 7541 6.3",
    "3fe0ffffffffffffff3f, RFC 7541 6.3",
    "203fe21f, RFC 7541 6.3",
  })
  void refusesAMalformedBlock(String hex, String section) {
    refuses(hex, section);
  }

  @Test
  void readsNothingFromNothing() {
    assertThat(decode("")).isEmpty();
  }

  @Test
  void readsLinesInTheirOrder() {
    assertThat(decode("82 00 03 782d61 0131 86 10 03 782d61 0132 84"))
        .containsExactly(
            Line.of(":method", "GET"),
            Line.of("x-a", "1"),
            Line.of(":scheme", "http"),
            Line.secret("x-a", "2"),
            Line.of(":path", "/"));
  }

  @Test
  void readsToTheLimitOfTheBuffer() {
    var block = ByteBuffer.wrap(new byte[] {0, (byte) 0x82, (byte) 0x86, 0}, 1, 2);
    assertThat(Line.decode(decoder, block)).hasSize(2);
    assertThat(block.remaining()).isZero();
  }

  /** RFC 9113 8.2.1: malformed is the message, not the block. */
  @Test
  void saysWhatIsMalformed() {
    assertThat(decode("40 01 41 01 62  40 00 00  40 01 61 02 62 20  00 01 61 01 00"))
        .containsExactly(
            new Line("A", "b", true, false),
            new Line("", "", true, false),
            new Line("a", "b ", false, false),
            new Line("a", "\0", false, false));
    assertThat(decode("be c0"))
        .containsExactly(new Line("a", "b ", false, false), new Line("A", "b", true, false));
    decoder.decode(
        Line.block("c0 bf be"),
        100,
        (name, value, wellFormed, neverIndexed) ->
            assertThat(name.isMalformed()).isEqualTo(!name.text().equals("a")));
  }

  /** RFC 7541 4.4: the name may be that of the entry which is evicted. */
  @Test
  void readsANameThatIsEvictedByItsLine() {
    decode("3f05"); // 36 octets
    decode("40 01 61 01 62");
    assertThat(decode("7e 02 6263")).isEqualTo(Line.list("a", "bc"));
    assertThat(decode("be")).isEqualTo(Line.list("a", "bc"));
    refuses("bf", "RFC 7541 2.3.3");
  }

  /** RFC 7541 4.4. */
  @Test
  void forgetsAllForALineThatIsTooLarge() {
    decode("3f05");
    decode(ENTER);
    assertThat(decode("40 01 61 04 62636465")).isEqualTo(Line.list("a", "bcde"));
    refuses("be", "RFC 7541 2.3.3");
  }

  @Test
  void forgetsWhatASizeUpdateEvicts() {
    decode(ENTER);
    assertThat(decode("be")).isEqualTo(Line.list("a", "b"));
    decode("20 3fe11f");
    refuses("be", "RFC 7541 2.3.3");
  }

  /** python-hpack sends as many. */
  @Test
  void takesMoreSizeUpdatesThanHaveAMeaning() {
    assertThat(decode("20 3fe11f 3fe101 3f21 82")).isEqualTo(Line.list(":method", "GET"));
  }

  /** RFC 9113 4.3.1. */
  @ParameterizedTest
  @ValueSource(strings = {"", "82", "3fe11f", "3f46", "3f4682"})
  void refusesABlockWithoutTheRequiredUpdate(String hex) {
    decoder.maxTableSize(100);
    refuses(
        hex, hex.equals("3fe11f") || hex.startsWith("3f46") ? "RFC 7541 6.3" : "RFC 9113 4.3.1");
  }

  @Test
  void takesTheRequiredUpdate() {
    decoder.maxTableSize(100);
    assertThat(decode("3f45 82")).isEqualTo(Line.list(":method", "GET"));
    assertThat(decode("82")).isEqualTo(Line.list(":method", "GET"));
    decoder.maxTableSize(200);
    assertThat(decode("82")).isEqualTo(Line.list(":method", "GET"));
    assertThat(decode("3fa901 82")).isEqualTo(Line.list(":method", "GET"));
    decoder.maxTableSize(200);
    assertThat(decode("82")).isEqualTo(Line.list(":method", "GET"));
  }

  /** RFC 7541 4.2: the least of all in between must be said, and then the last may be. */
  @Test
  void requiresTheLeastSize() {
    decoder.maxTableSize(0);
    decoder.maxTableSize(4096);
    refuses("82", "RFC 9113 4.3.1");
    refuses("3fe11f82", "RFC 9113 4.3.1");
    assertThat(decode("20 3fe11f 82")).isEqualTo(Line.list(":method", "GET"));
  }

  @Test
  void requiresNothingWhereTheTableIsSmallAlready() {
    decode("3f45");
    decoder.maxTableSize(100);
    assertThat(decode("82")).isEqualTo(Line.list(":method", "GET"));
  }

  @Test
  void allowsALargerTable() {
    decoder.maxTableSize(16_384);
    assertThat(decode("3fe17f 82")).isEqualTo(Line.list(":method", "GET"));
    refuses("3fe27f 82", "RFC 7541 6.3");
  }

  private boolean decode(String hex, int maxListSize, List<String> names) {
    return decoder.decode(
        Line.block(hex),
        maxListSize,
        (name, value, wellFormed, neverIndexed) -> names.add(name.text()));
  }

  /** RFC 9113 6.5.2: :method GET is 42, a: b is 34. */
  @ParameterizedTest
  @CsvSource({
    "82, 42, true, 1",
    "82, 41, false, 0",
    "0001610162, 34, true, 1",
    "0001610162, 33, false, 0",
    "4001610162, 34, true, 1",
    "4001610162, 33, false, 0",
    "1001610162, 33, false, 0",
    "4001610162be, 68, true, 2",
    "4001610162be, 67, false, 1",
    "82, 0, false, 0",
    "'', 0, true, 0",
    "8200 0161 0162, 75, false, 1",
    // What would have room again does not come.
    "82 0001610162 82, 80, false, 2",
    "0001617f01"
        + "6262626262626262626262626262626262626262626262626262626262626262"
        + "6262626262626262626262626262626262626262626262626262626262626262"
        + "6262626262626262626262626262626262626262626262626262626262626262"
        + "6262626262626262626262626262626262626262626262626262626262626262"
        + " 82 84, 100, false, 0",
  })
  void handsOverNoMoreThanTheListMayHave(String hex, int max, boolean all, int lines) {
    var names = new ArrayList<String>();
    assertThat(decode(hex, max, names)).isEqualTo(all);
    assertThat(names).hasSize(lines);
  }

  @Test
  void goesOnWithTheTableWhenTheListIsTooLarge() {
    var names = new ArrayList<String>();
    assertThat(decode("82 4001610162 0001637f00" + "64".repeat(127) + "40016501 66", 50, names))
        .isFalse();
    assertThat(names).containsExactly(":method");
    assertThat(decode("be bf")).isEqualTo(Line.list("e", "f", "a", "b"));
  }

  @ParameterizedTest
  @CsvSource({
    "80, RFC 7541 6.1",
    "be, RFC 7541 2.3.3",
    "0f2f0161, RFC 7541 2.3.3",
    "0001, RFC 7541 5.2",
    "000161, RFC 7541 5.2",
    "00016181ff, RFC 7541 5.2",
    "20, RFC 7541 4.2",
  })
  void refusesAMalformedBlockWhenTheListIsTooLarge(String hex, String section) {
    assertThatThrownBy(() -> decode("82" + hex, 10, new ArrayList<>()))
        .isInstanceOfSatisfying(
            CompressionException.class, e -> assertThat(e.section()).isEqualTo(section));
  }

  /** One entry named a thousand times over costs what its octets cost. */
  @Test
  void standsABomb() {
    decode("40 01 61 7f c01e" + "62".repeat(4031));
    var names = new ArrayList<String>();
    assertThat(decode("be".repeat(16_384), 8192, names)).isFalse();
    assertThat(names).hasSize(2);
    assertThat(decode("be")).hasSize(1);
  }

  @Test
  void sharesWhatComesAgain() {
    var seen = new ArrayList<Object>();
    Lines lines = (name, value, wellFormed, neverIndexed) -> seen.add(value);
    decoder.decode(Line.block("0001610162"), 100, lines);
    decoder.decode(Line.block("0001610162"), 100, lines);
    assertThat(seen.get(1)).isSameAs(seen.get(0));
  }

  @Test
  void resolvesNames() {
    var seen = new ArrayList<LineName>();
    decoder.decode(
        Line.block("88 5c0131 00 0a 75736572 2d6167656e74 0162".replace(" ", "")),
        1000,
        (name, value, wellFormed, neverIndexed) -> seen.add(name));
    assertThat(seen)
        .containsExactly(
            LineName.STATUS,
            LineName.of(HeaderName.CONTENT_LENGTH),
            LineName.of(HeaderName.USER_AGENT));
  }
}
