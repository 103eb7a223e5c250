package dev.weir.http.hpack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HuffmanTest {
  private static String decode(ByteBuffer in) {
    var out = new byte[Huffman.mostDecoded(in.remaining())];
    int length = Huffman.decode(in, in.position(), in.limit(), out);
    return new String(out, 0, length, StandardCharsets.ISO_8859_1);
  }

  private static ByteBuffer encode(String text) {
    var out = ByteBuffer.allocateDirect(Huffman.encodedLength(text));
    Huffman.encode(text, out);
    assertThat(out.hasRemaining()).isFalse();
    return out.flip();
  }

  /** The strings of RFC 7541 C.4 and C.6. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'' | ''",
        "www.example.com | f1e3c2e5f23a6ba0ab90f4ff",
        "no-cache | a8eb10649cbf",
        "custom-key | 25a849e95ba97d7f",
        "custom-value | 25a849e95bb8e8b4bf",
        "302 | 6402",
        "private | aec3771a4b",
        "Mon, 21 Oct 2013 20:13:21 GMT | d07abe941054d444a8200595040b8166e082a62d1bff",
        "https://www.example.com | 9d29ad171863c78f0b97c8e9ae82ae43d3",
        "307 | 640eff",
        "gzip | 9bd9ab",
        "foo=ASDJKHQKBZXOQWEOPIUAXQWEOIU; max-age=3600; version=1|"
            + " 94e7821dd7f2e6c7b335dfdfcd5b3960d5af27087f3672c1ab270fb5291f9587316065c003ed4ee5b106"
            + "3d5007",
      })
  void isThatOfTheRfc(String text, String hex) {
    assertThat(Line.hex(encode(text))).isEqualTo(hex);
    assertThat(decode(Line.block(hex))).isEqualTo(text);
  }

  /** One symbol of each length, with its code in RFC 7541 Appendix B, padded. */
  @ParameterizedTest
  @CsvSource({
    "0x30, 07", // 00000
    "0x20, 53", // 010100
    "0x3a, b9", // 1011100
    "0x58, fc", // 11111100
    "0x21, fe3f", // 1111111000
    "0x3f, ff3f", // 1111111100
    "0x27, ff5f", // 11111111010
    "0x23, ffaf", // 111111111010
    "0x00, ffc7", // 1111111111000
    "0x5e, fff3", // 11111111111100
    "0x3c, fff9", // 111111111111100
    "0x5c, fffe1f", // 1111111111111110000
    "0x80, fffe6f", // 11111111111111100110
    "0x99, fffee7", // 111111111111111011100
    "0x81, ffff4b", // 1111111111111111010010
    "0x01, ffffb1", // 11111111111111111011000
    "0x09, ffffea", // 111111111111111111101010
    "0xc7, fffff67f", // 1111111111111111111101100
    "0xc0, fffff83f", // 11111111111111111111100000
    "0xcb, fffffbdf", // 111111111111111111111011110
    "0x02, fffffe2f", // 1111111111111111111111100010
    "0xf9, ffffffef", // 1111111111111111111111111110
    "0x0a, fffffff3", // 111111111111111111111111111100
    "0x16, fffffffb", // 111111111111111111111111111110
  })
  void hasCodesOfEveryLength(int symbol, String hex) {
    var text = String.valueOf((char) symbol);
    assertThat(Line.hex(encode(text))).isEqualTo(hex);
    assertThat(decode(Line.block(hex))).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({
    "ff, 8 bits",
    "f8ff, 8 bits",
    "1fff, 11 bits",
    "ffff, 16 bits",
    "00, not the start of EOS",
    "18, not the start of EOS",
    "fe, 8 bits",
    "f1e3c2e5f23a6ba0ab90f4fe, not the start of EOS",
    "f1e3c2e5f23a6ba0ab90f4ffff, 15 bits",
    "ffffff, 24 bits",
    "fffffffc, EOS",
    "ffffffff, EOS",
    "1fffffffffff, EOS",
    "ffffffffffffffffffffff, EOS",
    "fffffe, 24 bits",
  })
  void isRefused(String hex, String why) {
    assertThatThrownBy(() -> decode(Line.block(hex)))
        .hasMessageContaining(why)
        .isInstanceOfSatisfying(
            CompressionException.class, e -> assertThat(e.section()).isEqualTo("RFC 7541 5.2"));
  }

  @Test
  void isTheSameAfterTheWayThereAndBack() {
    var random = new Random(2);
    for (int i = 0; i < 20_000; i++) {
      int range = random.nextBoolean() ? 0x80 : 0x100;
      var text = new StringBuilder();
      for (int n = random.nextInt(40); n > 0; n--) {
        text.append((char) random.nextInt(range));
      }
      assertThat(decode(encode(text.toString()))).isEqualTo(text.toString());
    }
  }

  /** What is decoded encodes to what it was decoded from: no two encodings of one string. */
  @Test
  void isNotAmbiguous() {
    var random = new Random(3);
    int sound = 0;
    for (int i = 0; i < 100_000; i++) {
      var bytes = new byte[random.nextInt(4)];
      random.nextBytes(bytes);
      String text;
      try {
        text = decode(ByteBuffer.wrap(bytes));
      } catch (CompressionException e) {
        continue;
      }
      sound++;
      assertThat(encode(text)).isEqualTo(ByteBuffer.wrap(bytes));
    }
    assertThat(sound).isGreaterThan(1000);
  }
}
