package dev.weir.http.hpack;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DynamicTableTest {
  private static final LineName NAME = LineName.of("name");

  /** Each entry of this size: 4 + 1 + 32 octets. */
  private static final int ENTRY = 37;

  private final DynamicTable table = new DynamicTable(3 * ENTRY);

  private String values() {
    var values = new StringBuilder();
    for (int index = 1; index <= table.count(); index++) {
      values.append(table.value(index));
    }
    return values.toString();
  }

  private void add(String values) {
    values.chars().forEach(c -> table.add(NAME, String.valueOf((char) c), c));
  }

  @Test
  void isEmptyAtFirst() {
    assertThat(table.count()).isZero();
    assertThat(table.size()).isZero();
    assertThat(table.find("name")).isZero();
  }

  /** RFC 7541 2.3.2. */
  @Test
  void hasTheNewestFirst() {
    add("abc");
    assertThat(values()).isEqualTo("cba");
    assertThat(table.size()).isEqualTo(3 * ENTRY);
    assertThat(table.tag(1)).isEqualTo('c');
    assertThat(table.name(3)).isSameAs(NAME);
  }

  /** RFC 7541 4.4. */
  @Test
  void evictsTheOldestForANewOne() {
    add("abcd");
    assertThat(values()).isEqualTo("dcb");
    table.add(NAME, "12", 0);
    assertThat(values()).isEqualTo("12d");
    assertThat(table.size()).isEqualTo(2 * ENTRY + 1);
  }

  /** RFC 7541 4.4. */
  @Test
  void isEmptiedByWhatIsTooLarge() {
    add("abc");
    table.add(NAME, "x".repeat(3 * ENTRY - 36), 0);
    assertThat(table.count()).isEqualTo(1);
    assertThat(table.size()).isEqualTo(3 * ENTRY);
    table.add(NAME, "x".repeat(3 * ENTRY - 35), 0);
    assertThat(table.count()).isZero();
    assertThat(table.size()).isZero();
    add("a");
    assertThat(values()).isEqualTo("a");
  }

  /** RFC 7541 4.3. */
  @Test
  void evictsWhenItBecomesSmaller() {
    add("abc");
    table.maxSize(2 * ENTRY + 1);
    assertThat(values()).isEqualTo("cb");
    table.maxSize(0);
    assertThat(table.count()).isZero();
    add("x");
    assertThat(table.count()).isZero();
    table.maxSize(3 * ENTRY);
    add("defg");
    assertThat(values()).isEqualTo("gfe");
  }

  @Test
  void findsTheNewest() {
    add("aba");
    assertThat(table.find("name")).isEqualTo(1);
    assertThat(table.find('a', "name", "a")).isEqualTo(1);
    assertThat(table.find('b', "name", "b")).isEqualTo(2);
    assertThat(table.find('a', "name", "b")).isZero();
    assertThat(table.find('a', "eman", "a")).isZero();
    assertThat(table.find("eman")).isZero();
  }

  /** Against a list that does the same in the plainest way. */
  @Test
  void isRightWhateverIsDone() {
    var random = new Random(4);
    var large = new DynamicTable(4096);
    var model = new ArrayDeque<String>();
    int maxSize = 4096;
    for (int i = 0; i < 20_000; i++) {
      if (random.nextInt(100) == 0) {
        maxSize = random.nextInt(5000);
        large.maxSize(maxSize);
      } else {
        var value = "v".repeat(random.nextInt(random.nextInt(50) == 0 ? 5000 : 60)) + i;
        large.add(NAME, value, i);
        model.addFirst(value);
      }
      while (model.stream().mapToInt(v -> v.length() + 36).sum() > maxSize) {
        model.removeLast();
      }
      assertThat(large.count()).isEqualTo(model.size());
      int index = 0;
      for (var value : model) {
        assertThat(large.value(++index)).isSameAs(value);
      }
      assertThat(large.size()).isEqualTo(model.stream().mapToInt(v -> v.length() + 36).sum());
    }
  }
}
