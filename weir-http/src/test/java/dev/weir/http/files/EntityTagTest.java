package dev.weir.http.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EntityTagTest {
  /** RFC 9110 8.8.3.2, its table. */
  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      textBlock =
          """
          W/"1", W/"1", false, true
          W/"1", W/"2", false, false
          W/"1", "1",   false, true
          "1",   "1",   true,  true
          """)
  void compares(String a, String b, boolean strongly, boolean weakly) {
    EntityTag first = EntityTag.parse(a);
    EntityTag second = EntityTag.parse(b);
    assertNotNull(first);
    assertNotNull(second);
    assertEquals(strongly, first.matchesStrongly(second));
    assertEquals(weakly, first.matchesWeakly(second));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"\"\"", "\"abc\"", "W/\"abc\"", "\"a,b\"", "\"a\\\"", "\"\u00e9\"", "\"W/\""})
  void writesWhatItRead(String text) {
    assertEquals(text, String.valueOf(EntityTag.parse(text)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "abc",
        "\"abc",
        "abc\"",
        "w/\"abc\"",
        "W/abc",
        "W/",
        "*",
        "\"a\" \"b\"",
        "\"a b\"",
        "\"a\"x",
        "\"a\", \"b\"",
        "Sun, 06 Nov 1994 08:49:37 GMT",
        "W / \"a\"",
        "\"a\u007f\""
      })
  void readsNothingElse(String text) {
    assertNull(EntityTag.parse(text));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          *                   | 0
          "a"                 | 1
          "a", "b"            | 2
          "a","b"             | 2
          W/"a" , "b,c"       | 2
          , "a",, "b" ,       | 2
          """)
  void readsLists(String text, int size) {
    var list = EntityTagList.parse(text);
    assertEquals(size, list.tags().size());
    assertEquals(size == 0, list.any());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ",", "*, \"a\"", "\"a\" \"b\"", "\"a\", b", "\"a\", \"b", "**"})
  void aMalformedListContainsNothing(String text) {
    assertEquals(new EntityTagList(false, List.of()), EntityTagList.parse(text));
  }

  @Test
  void listContains() {
    var list = EntityTagList.parse("\"a\", W/\"b\"");
    assertTrue(list.containsStrongly(new EntityTag("a", false)));
    assertFalse(list.containsStrongly(new EntityTag("b", false)));
    assertTrue(list.containsWeakly(new EntityTag("b", false)));
    assertFalse(list.containsWeakly(new EntityTag("c", false)));
  }

  @Test
  void fileTagChangesWithEveryPartOfTheState() {
    var tag = EntityTag.ofFile(1, 2, 3, null);
    assertEquals("\"1-2-3\"", tag.toString());
    assertEquals(tag, EntityTag.ofFile(1, 2, 3, null));
    assertNotEquals(tag, EntityTag.ofFile(9, 2, 3, null));
    assertNotEquals(tag, EntityTag.ofFile(1, 9, 3, null));
    assertNotEquals(tag, EntityTag.ofFile(1, 2, 9, null));
    assertNotEquals(tag, EntityTag.ofFile(1, 2, 3, "gzip"));
    assertEquals("\"1-2-3-gzip\"", EntityTag.ofFile(1, 2, 3, "gzip").toString());
  }
}
