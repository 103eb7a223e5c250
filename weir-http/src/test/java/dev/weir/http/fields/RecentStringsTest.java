package dev.weir.http.fields;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RecentStringsTest {
  private final RecentStrings recent = new RecentStrings();

  private String get(String text) {
    var bytes = ("<" + text + ">").getBytes(StandardCharsets.ISO_8859_1);
    return recent.get(bytes, 1, bytes.length - 1);
  }

  @Test
  void givesTheSameStringForTheSameBytes() {
    assertThat(get("/path")).isEqualTo("/path").isSameAs(get("/path"));
    assertThat(get("")).isEmpty();
  }

  @Test
  void doesNotKeepLongStrings() {
    var text = "x".repeat(257);
    assertThat(get(text)).isEqualTo(text).isNotSameAs(get(text));
  }

  @Test
  void isNeverWrongWhateverCollides() {
    var random = new Random(3);
    for (int i = 0; i < 100_000; i++) {
      var text = new StringBuilder();
      for (int n = random.nextInt(12); n > 0; n--) {
        text.append((char) ('\u00fe' + random.nextInt(2)));
      }
      assertThat(get(text.toString())).isEqualTo(text.toString());
    }
  }
}
