package dev.weir.http.hpack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.http.fields.RecentStrings;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StringLiteralsTest {
  private final StringLiterals literals = new StringLiterals(new RecentStrings());

  private StringLiterals read(String text) {
    var in = ByteBuffer.allocate(text.length() + 10);
    PrefixedInteger.encode(in, 0, 7, text.length());
    in.put(text.getBytes(StandardCharsets.ISO_8859_1));
    literals.read(in.flip());
    assertThat(in.hasRemaining()).isFalse();
    return literals;
  }

  @Test
  void readsPlainAndHuffman() {
    var in = Line.block("03 303132 83 9bd9ab 00 80 ff");
    literals.read(in);
    assertThat(literals.text()).isEqualTo("012");
    literals.read(in);
    assertThat(literals.text()).isEqualTo("gzip");
    assertThat(literals.length()).isEqualTo(4);
    literals.read(in);
    assertThat(literals.text()).isEmpty();
    literals.read(in);
    assertThat(literals.text()).isEmpty();
    assertThat(in.remaining()).isEqualTo(1);
  }

  @Test
  void readsLongOnes() {
    var text = "0123456789".repeat(2000);
    assertThat(read(text).text()).isEqualTo(text);
    assertThat(read("short").text()).isEqualTo("short");
    var in = ByteBuffer.allocate(20_000);
    PrefixedInteger.encode(in, 0x80, 7, Huffman.encodedLength(text));
    Huffman.encode(text, in);
    literals.read(in.flip());
    assertThat(literals.text()).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({
    "'', ends in the length",
    "7f, ends in the length",
    "ff80, ends in the length",
    "01, 1 octets where the block has 0",
    "81, 1 octets where the block has 0",
    "036162, 3 octets where the block has 2",
    "7fffffffff0f61, 4294967422 octets",
    "7fffffffffffffff3f61, octets where the block has 1",
    "7fffffffffffffffffff61, 62 bits",
  })
  void areRefused(String hex, String why) {
    assertThatThrownBy(() -> literals.read(Line.block(hex)))
        .isInstanceOf(CompressionException.class)
        .hasMessageContaining(why);
  }

  @Test
  void haveNamesOnce() {
    assertThat(read("accept").name()).isSameAs(LineName.of("accept"));
    assertThat(read(":path").name()).isSameAs(LineName.PATH);
    var own = read("x-own").name();
    assertThat(read("x-own").name()).isSameAs(own);
    assertThat(read("X-Own").name().isMalformed()).isTrue();
    assertThat(read("").name().isMalformed()).isTrue();
  }

  @Test
  void areNeverWrongWhateverCollides() {
    for (int i = 0; i < 1000; i++) {
      var text = "x-" + i % 300;
      assertThat(read(text).name().text()).isEqualTo(text);
    }
  }

  /** RFC 9110 5.5 and RFC 9113 8.2.1. */
  @ParameterizedTest
  @ValueSource(strings = {"", "a", "a b", "a\tb", "\u00e9", "\u00ff", "!", "~", "a, b;c=\"d\""})
  void areFieldValues(String text) {
    assertThat(read(text).isFieldValue()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        " ",
        "\t",
        " a",
        "a ",
        "\ta",
        "a\t",
        "a\0",
        "\0",
        "a\rb",
        "a\nb",
        "\r\n",
        "a\u007f",
        "\u001b[1m",
      })
  void areNoFieldValues(String text) {
    assertThat(read(text).isFieldValue()).isFalse();
  }
}
