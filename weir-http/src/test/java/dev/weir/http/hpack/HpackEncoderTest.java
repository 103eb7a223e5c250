package dev.weir.http.hpack;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HpackEncoderTest {
  private final HpackEncoder encoder = new HpackEncoder();

  private String encode(Line... lines) {
    return Line.hex(Line.encode(encoder, List.of(lines)));
  }

  private String encode(String name, String value) {
    return encode(Line.of(name, value));
  }

  @ParameterizedTest
  @CsvSource({
    ":method, GET, 82",
    ":method, POST, 83",
    ":path, /, 84",
    ":scheme, https, 87",
    ":status, 200, 88",
    ":status, 500, 8e",
    "accept-encoding, 'gzip, deflate', 90",
    "accept, '', 93",
  })
  void namesWhatIsInTheStaticTable(String name, String value, String hex) {
    assertThat(encode(name, value)).isEqualTo(hex);
  }

  /** Once without indexing, once into the table, then by its index. */
  @ParameterizedTest
  @CsvSource({
    ":status, 302, 08826402, 48826402",
    ":path, /aa, 04826063, 44826063",
    "content-length, 13, 0f0d023133, 5c023133",
    "a, b, 0001610162, 4001610162",
    ":protocol, x, 0087b95d8749c87a3f0178, 4087b95d8749c87a3f0178",
  })
  void indexesWhatRepeats(String name, String value, String first, String second) {
    assertThat(encode(name, value)).isEqualTo(first);
    assertThat(encode(name, value)).isEqualTo(second);
    assertThat(encode(name, value)).isEqualTo("be");
    assertThat(encode(name, value)).isEqualTo("be");
  }

  @Test
  void namesTheNamesOfTheDynamicTable() {
    encode("a", "b");
    encode("a", "b");
    assertThat(encode("a", "c")).isEqualTo("0f2f0163");
    assertThat(encode("a", "c")).isEqualTo("7e0163");
    assertThat(encode(Line.of("a", "b"), Line.of("a", "c"))).isEqualTo("bfbe");
  }

  @Test
  void usesHuffmanWhereThatIsShorter() {
    assertThat(encode("a", "!!")).isEqualTo("0001610221" + "21");
    assertThat(encode("x-own", "0123")).isEqualTo("0084f2b1fc55830044cf");
  }

  /** RFC 7541 7.1.3. */
  @ParameterizedTest
  @CsvSource({
    "authorization, Basic Zm9vOmJhcg==, true",
    "proxy-authorization, Basic Zm9vOmJhcg==, true",
    "cookie, id=0123456789abcdef, true",
    "cookie, id=0123456789abcdef0, false",
    "set-cookie, id=0123456789abcdef, true",
    "set-cookie, id=0123456789abcdef0, false",
    "x-own, y, false",
  })
  void neverIndexesWhatIsSecret(String name, String value, boolean secret) {
    var decoder = Line.decoder();
    for (int i = 0; i < 3; i++) {
      var block = Line.encode(encoder, Line.list(name, value));
      assertThat(block.remaining() == 1).isEqualTo(!secret && i == 2);
      assertThat(Line.decode(decoder, block)).containsExactly(new Line(name, value, true, secret));
    }
  }

  /** Even when an equal line that was none is in a table. */
  @Test
  void neverIndexesWhatIsMarked() {
    assertThat(encode(Line.secret("x-own", "y"))).isEqualTo("1084f2b1fc550179");
    encode("x-own", "y");
    encode("x-own", "y");
    assertThat(encode("x-own", "y")).isEqualTo("be");
    assertThat(encode(Line.secret("x-own", "y"))).isEqualTo("1f2f0179");
    assertThat(encode(Line.secret("accept", ""))).isEqualTo("1f0400");
  }

  @Test
  void keepsTheTableForWhatIsSmall() {
    var fits = "x".repeat(4096 / 4 - 33);
    for (int i = 0; i < 3; i++) {
      encode("a", fits + "x");
    }
    assertThat(encode("a", fits + "x")).hasSizeGreaterThan(100);
    encode("a", fits);
    encode("a", fits);
    assertThat(encode("a", fits)).isEqualTo("be");
  }

  @Test
  void goesOnWhenEntriesAreEvicted() {
    var decoder = Line.decoder();
    for (int i = 0; i < 2000; i++) {
      var lines = Line.list("x-own", "value-" + i / 5, "x-" + i / 7 % 40, "y");
      assertThat(Line.decode(decoder, Line.encode(encoder, lines))).isEqualTo(lines);
    }
  }

  /** RFC 7541 4.2. */
  @Test
  void saysThatItsTableHasChanged() {
    encode("a", "b");
    encode("a", "b");
    encoder.maxTableSize(4096);
    assertThat(encode("a", "b")).isEqualTo("be");
    encoder.maxTableSize(1 << 20);
    assertThat(encode("a", "b")).isEqualTo("be");
    encoder.maxTableSize(100);
    assertThat(encode("a", "b")).isEqualTo("3f45be");
    assertThat(encode("a", "b")).isEqualTo("be");
    encoder.maxTableSize(0);
    assertThat(encode("a", "b")).isEqualTo("200001610162");
    assertThat(encode("a", "b")).isEqualTo("0001610162");
    encoder.maxTableSize(0xffff_ffffL);
    assertThat(encode("a", "b")).isEqualTo("3fe11f4001610162");
  }

  /** RFC 7541 4.2: of many changes the least and the last. */
  @Test
  void saysTheLeastAndTheLastSize() {
    encode("a", "b");
    encode("a", "b");
    for (int size : new int[] {3000, 10, 20, 4000, 200}) {
      encoder.maxTableSize(size);
    }
    assertThat(encode("a", "b")).isEqualTo("2a3fa901" + "4001610162");
    encoder.maxTableSize(20);
    encoder.maxTableSize(10);
    assertThat(encode()).isEqualTo("2a");
    encoder.maxTableSize(20);
    encoder.maxTableSize(10);
    assertThat(encode()).isIn("", "2a");
  }

  @Test
  void mayHaveASmallerTableThanThePeerAllows() {
    var small = new HpackEncoder(64);
    assertThat(Line.hex(Line.encode(small, Line.list(":method", "GET")))).isEqualTo("3f2182");
    small.maxTableSize(65_536);
    assertThat(Line.hex(Line.encode(small, Line.list(":method", "GET")))).isEqualTo("82");
  }

  @Test
  void mayHaveALargerOneIfThePeerAllows() {
    var large = new HpackEncoder(16_384);
    assertThat(Line.hex(Line.encode(large, List.of()))).isEmpty();
    large.maxTableSize(65_536);
    assertThat(Line.hex(Line.encode(large, List.of()))).isEqualTo("3fe17f");
  }

  /** The same blocks come out wherever the room ends, and whoever goes on elsewhere. */
  @Test
  void writesALineAsAWholeOrNotAtAll() {
    var random = new RandomLines(5);
    var other = new HpackEncoder();
    for (int i = 0; i < 200; i++) {
      if (i % 10 == 0) {
        int size = i * 37 % 4096;
        encoder.maxTableSize(size / 2);
        encoder.maxTableSize(size);
        other.maxTableSize(size / 2);
        other.maxTableSize(size);
      }
      var lines = random.list();
      assertThat(Line.hex(inPieces(lines))).isEqualTo(Line.hex(Line.encode(other, lines)));
    }
  }

  /**
   * Offers ever more room from none on for each line, so that each is refused as often as can be.
   */
  private ByteBuffer inPieces(List<Line> lines) {
    var whole = ByteBuffer.allocate(1 << 17);
    var steps = new ArrayList<Step>();
    steps.add(encoder::begin);
    lines.forEach(line -> steps.add(out -> line.encode(encoder, out)));
    for (var step : steps) {
      int start = whole.position();
      for (int room = 0; ; room += 1 + room / 8) {
        whole.limit(Math.min(whole.capacity(), start + room));
        if (step.write(whole)) {
          break;
        }
        assertThat(whole.position()).isEqualTo(start);
      }
    }
    return whole.flip();
  }

  private interface Step {
    boolean write(ByteBuffer out);
  }
}
