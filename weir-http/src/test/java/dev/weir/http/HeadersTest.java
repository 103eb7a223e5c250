package dev.weir.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HeadersTest {
  @Test
  void keepsLinesInOrderAndFindsThemInAnyCase() {
    var headers =
        Headers.of("Content-Type", "text/plain", "X-Own", "1", "accept", "*/*", "x-own", "2");
    assertThat(headers.size()).isEqualTo(4);
    assertThat(headers.get("CONTENT-TYPE")).isEqualTo("text/plain");
    assertThat(headers.get(HeaderName.CONTENT_TYPE)).isEqualTo("text/plain");
    assertThat(headers.get("X-OWN")).isEqualTo("1");
    assertThat(headers.all("x-OWN")).containsExactly("1", "2");
    assertThat(headers.joined(HeaderName.of("x-own"))).isEqualTo("1, 2");
    assertThat(headers.get("missing")).isNull();
    assertThat(headers.joined(HeaderName.HOST)).isNull();
    assertThat(headers.all(HeaderName.HOST)).isEmpty();
    assertThat(headers.contains("Accept")).isTrue();
    assertThat(headers.contains(HeaderName.HOST)).isFalse();
    assertThat(headers).hasToString("Content-Type: text/plain\nX-Own: 1\nAccept: */*\nx-own: 2\n");
  }

  @Test
  void setsInPlaceOfAllWithTheName() {
    var headers = Headers.of("A", "1", "B", "2", "a", "3", "C", "4", "A", "5");
    headers.set("a", "6").set("D", "7");
    assertThat(headers).hasToString("a: 6\nB: 2\nC: 4\nD: 7\n");
  }

  @Test
  void removesAllWithTheName() {
    var headers = Headers.of("A", "1", "B", "2", "a", "3", "A", "4", "C", "5");
    assertThat(headers.remove("A")).hasToString("B: 2\nC: 5\n");
    assertThat(headers.remove("missing").remove("B").remove("c").isEmpty()).isTrue();
  }

  @Test
  void dropsTheSpaceAroundAValue() {
    assertThat(Headers.of("A", " \t x y \t").get("A")).isEqualTo("x y");
    assertThat(Headers.of("A", " ").get("A")).isEmpty();
  }

  @Test
  void isIndependentOfItsCopy() {
    var headers = Headers.of("A", "1");
    var copy = headers.copy();
    headers.add("B", "2").set("A", "3");
    assertThat(copy).hasToString("A: 1\n");
  }

  @Test
  void answersNoIndexBeyondItsSize() {
    var headers = Headers.of("A", "1");
    assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> headers.name(1));
    assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> headers.value(1));
    assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> headers.value(-1));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "x\r\nSet-Cookie: evil",
        "x\ny",
        "x\ry",
        "x\0",
        "\u0001",
        "\u007f",
        "\u0100",
        "\u560a"
      })
  void refusesAValueThatWouldSplitTheMessage(String value) {
    var headers = Headers.of("A", "1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> headers.add("B", value))
        .withMessageContaining("RFC 9110 5.5");
    assertThatIllegalArgumentException().isThrownBy(() -> headers.set("A", value));
    assertThatIllegalArgumentException().isThrownBy(() -> headers.set(HeaderName.HOST, value));
    assertThat(headers).hasToString("A: 1\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "a b", "a:", "a\r\n", "\u00e9", "a\0", "(", "\uff21"})
  void refusesANameThatIsNoToken(String name) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Headers.create().add(name, "x"))
        .withMessageContaining("RFC 9110 5.1");
  }

  @Test
  void refusesANameWithoutValue() {
    assertThatIllegalArgumentException().isThrownBy(() -> Headers.of("A"));
  }

  /** Any sequence of changes does what it would do to a plain list. */
  @Test
  void behavesAsAList() {
    var random = new Random(9110);
    var names = List.of("Host", "host", "A", "a", "X-Long-Name", "x-long-name", "Cookie");
    for (int run = 0; run < 300; run++) {
      var headers = Headers.create();
      var model = new ArrayList<String[]>();
      for (int step = 0; step < 40; step++) {
        var name = names.get(random.nextInt(names.size()));
        var value = Integer.toString(step);
        switch (random.nextInt(4)) {
          case 0, 1 -> {
            headers.add(name, value);
            model.add(new String[] {name, value});
          }
          case 2 -> {
            headers.remove(name);
            model.removeIf(line -> line[0].equalsIgnoreCase(name));
          }
          default -> {
            headers.set(name, value);
            int at = 0;
            while (at < model.size() && !model.get(at)[0].equalsIgnoreCase(name)) {
              at++;
            }
            model.removeIf(line -> line[0].equalsIgnoreCase(name));
            model.add(Math.min(at, model.size()), new String[] {name, value});
          }
        }
        var lines = new ArrayList<String>();
        headers.forEach((n, v) -> lines.add(n.lowerCase() + v));
        assertThat(lines)
            .isEqualTo(
                model.stream().map(line -> line[0].toLowerCase(Locale.ROOT) + line[1]).toList());
      }
    }
  }

  @Test
  void knowsEachWellKnownNameByItsBytes() {
    var seen = new LinkedHashMap<String, HeaderName>();
    for (var name : HeaderName.WELL_KNOWN) {
      assertThat(seen.put(name.lowerCase(), name)).as(name.toString()).isNull();
      assertThat(name.wellKnown()).isTrue();
      assertThat(HeaderName.of(name.lowerCase())).isSameAs(name);
      assertThat(HeaderName.of(name.toString().toUpperCase(Locale.ROOT))).isSameAs(name);
      var bytes = new byte[name.length() + 2];
      assertThat(name.copyTo(bytes, 1)).isEqualTo(name.length() + 1);
      assertThat(new String(bytes, 1, name.length(), StandardCharsets.US_ASCII))
          .isEqualTo(name.toString());
    }
  }

  @Test
  void comparesOtherNamesWithoutCase() {
    var own = HeaderName.of("X-Own");
    assertThat(own).isEqualTo(HeaderName.of("x-oWN")).hasSameHashCodeAs(HeaderName.of("x-own"));
    assertThat(own).isNotEqualTo(HeaderName.of("X-Owner")).isNotEqualTo(HeaderName.HOST);
    assertThat(own.wellKnown()).isFalse();
    assertThat(own).hasToString("X-Own");
    assertThat(own.lowerCase()).isEqualTo("x-own");
  }
}
