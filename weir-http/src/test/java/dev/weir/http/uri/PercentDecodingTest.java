package dev.weir.http.uri;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PercentDecodingTest {
  @ParameterizedTest
  @CsvSource({
    "'', ''",
    "abc, abc",
    "a%20b, 'a b'",
    "a+b, a+b",
    "%41%62, Ab",
    "%2F, /",
    "%2f, /",
    "%25, %",
    "%2541, %41",
    "caf%C3%A9, café",
    "%e2%82%ac, €",
    "%F0%9F%98%80, 😀",
  })
  void decodesOnce(String text, String decoded) {
    assertEquals(decoded, PercentDecoding.decode(text, 0, text.length()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "%",
        "%2",
        "a%2",
        "%g0",
        "%0g",
        "%-1",
        "% 1",
        "%+1",
        "%\uff11\uff11",
        "é",
        "%ff",
        "%c0%af",
        "%ed%a0%80",
        "%c3",
        "%f5%80%80%80"
      })
  void refusesWhatIsMalformed(String text) {
    assertNull(PercentDecoding.decode(text, 0, text.length()));
  }

  @Test
  void keepsToItsPart() {
    assertEquals("b c", PercentDecoding.decode("/a/b%20c/d", 3, 8));
    assertNull(PercentDecoding.decode("a%20", 0, 3));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a/b c", "100 %", "\u0000\u007f\u0080", "näher 中文 😀", "a+b&c=d?#"})
  void readsWhatAnEncoderWrote(String text) {
    String encoded = URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    assertEquals(text, PercentDecoding.decode(encoded, 0, encoded.length()));
  }
}
