package dev.weir.http.fields;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.weir.http.HeaderName;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Fields that lie in bytes, as a parser leaves them, and what programs do to them afterwards. */
class FieldTableTest {
  private final FieldTable table = new FieldTable(new RecentStrings());

  /** Loads lines of {@code name=value} and notes where each lies. */
  private void load(String... lines) {
    var text = String.join("\n", lines);
    var bytes =
        table.load(ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1)), text.length());
    int from = 0;
    for (var line : lines) {
      int equals = from + line.indexOf('=');
      int to = from + line.length();
      table.addSpan(KnownNames.find(bytes, from, equals), from, equals, equals + 1, to);
      from = to + 1;
    }
  }

  @Test
  void findsNamesInAnyCaseWhetherKnownOrNot() {
    load("hOST=h", "x-Own=1", "X-oWN=2", "Accept=a");
    assertThat(table.get(HeaderName.HOST)).isEqualTo("h");
    assertThat(table.all("X-OWN")).containsExactly("1", "2");
    assertThat(table.contains("X-Owl")).isFalse();
    assertThat(table.contains("X-Ownn")).isFalse();
    assertThat(table.contains(HeaderName.COOKIE)).isFalse();
    assertThat(table.name(0)).isSameAs(HeaderName.HOST);
    assertThat(table.name(1)).hasToString("x-Own").isEqualTo(HeaderName.of("X-OWN"));
    assertThat(table.all("x-own")).containsExactly("1", "2");
  }

  @Test
  void doesNotTakeOtherOctetsForACaseOfALetter() {
    load("x^=1", "x@=2", "x`=3");
    assertThat(table.all("x^")).containsExactly("1");
    assertThat(table.all("x`")).containsExactly("3");
    assertThat(table.contains("x~")).isFalse();
  }

  @Test
  void forgetsAllWhenItIsLoadedAgain() {
    load("Host=h", "Cookie=secret", "X=1");
    var value = table.value(1);
    load("Accept=a");
    assertThat(table.size()).isEqualTo(1);
    assertThat(table.contains(HeaderName.COOKIE)).isFalse();
    assertThat(value).isEqualTo("secret");
    table.clear();
    assertThat(table.isEmpty()).isTrue();
    assertThat(table.contains(HeaderName.ACCEPT)).isFalse();
  }

  @Test
  void givesBackStorageThatALargeHeadMade() {
    load("A=" + "x".repeat(20_000));
    assertThat(table.bytes()).hasSizeGreaterThan(20_000);
    table.clear();
    assertThat(table.bytes()).isEmpty();
    load("A=b");
    assertThat(table.get("a")).isEqualTo("b");
  }

  @Test
  void leavesThePositionOfWhatItLoads() {
    var in =
        ByteBuffer.allocateDirect(9).put(new byte[] {'<', 'A', '=', 'b', '>'}).flip().position(1);
    assertThat(new String(table.load(in, 3), 0, 3, StandardCharsets.US_ASCII)).isEqualTo("A=b");
    assertThat(in.position()).isEqualTo(1);
  }

  @Test
  void checksWhatIsAddedToWhatWasParsed() {
    load("Host=h");
    assertThatIllegalArgumentException().isThrownBy(() -> table.add("X", "a\r\nb"));
    assertThatIllegalArgumentException().isThrownBy(() -> table.set("Host", "\0"));
    assertThat(table.copy()).hasToString("Host: h\n");
  }

  /** Parsed and added fields mixed, changed in any order: as a plain list would be. */
  @Test
  void behavesAsAList() {
    var random = new Random(7541);
    var names = List.of("Host", "HOST", "X-A", "x-a", "X-Bee", "Cookie", "Accept-Encoding");
    for (int run = 0; run < 500; run++) {
      var model = new ArrayList<String>();
      for (int n = random.nextInt(20); n >= 0; n--) {
        model.add(names.get(random.nextInt(names.size())) + "=" + random.nextInt(9));
      }
      load(model.toArray(new String[0]));
      for (int step = 0; step < 12; step++) {
        change(model, names.get(random.nextInt(names.size())), random);
        var lines = new ArrayList<String>();
        table.copy().forEach((name, value) -> lines.add(lower(name + "=" + value)));
        assertThat(lines).isEqualTo(model.stream().map(FieldTableTest::lower).toList());
        var asked = names.get(random.nextInt(names.size()));
        assertThat(table.all(asked))
            .isEqualTo(
                model.stream()
                    .filter(line -> is(line, asked))
                    .map(line -> line.substring(line.indexOf('=') + 1))
                    .toList());
      }
    }
  }

  private void change(List<String> model, String name, Random random) {
    var value = Integer.toString(random.nextInt(9));
    switch (random.nextInt(4)) {
      case 0 -> {
        table.remove(name);
        model.removeIf(line -> is(line, name));
      }
      case 1 -> {
        table.set(name, value);
        int at = 0;
        while (at < model.size() && !is(model.get(at), name)) {
          at++;
        }
        model.removeIf(line -> is(line, name));
        model.add(Math.min(at, model.size()), name + "=" + value);
      }
      default -> {
        table.add(name, value);
        model.add(name + "=" + value);
      }
    }
  }

  private static boolean is(String line, String name) {
    return lower(line).startsWith(lower(name) + "=");
  }

  private static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }

  @Test
  void looksAtValuesAgainThatWereValidOnAnotherLineOrAreOthers() {
    var table = new FieldTable();
    for (int round = 0; round < 3; round++) {
      table.clear();
      table.add("a", " x ").add("b", "y");
      assertThat(table.get("a")).isEqualTo("x");
      assertThat(table.get("b")).isEqualTo("y");
      assertThatIllegalArgumentException().isThrownBy(() -> table.add("c", "y\n"));
      assertThatIllegalArgumentException().isThrownBy(() -> table.set("a", "x\n"));
      assertThat(table.set("a", "z ").get("a")).isEqualTo("z");
      assertThat(table.size()).isEqualTo(2);
    }
  }
}
