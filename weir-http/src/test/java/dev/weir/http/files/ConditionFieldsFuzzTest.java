package dev.weir.http.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;

/** The fields of RFC 9110 13 and 14 with any value: tags read back, ranges inside and apart. */
class ConditionFieldsFuzzTest {
  @FuzzTest
  void readsAnyValue(byte[] data) {
    String value = new String(data, StandardCharsets.ISO_8859_1);
    readTags(value);
    readRanges("bytes=" + value, data.length == 0 ? 0 : (data[0] & 0xFF) * 7);
  }

  private static void readTags(String value) {
    for (EntityTag tag : EntityTagList.parse(value).tags()) {
      assertEquals(tag, EntityTag.parse(tag.toString()));
    }
  }

  private static void readRanges(String value, int length) {
    if (RangeField.parse(value, length) instanceof ByteRanges.Satisfiable(var ranges)) {
      assertFalse(ranges.isEmpty());
      for (ByteRange range : ranges) {
        assertTrue(range.last() < length);
        assertTrue(
            ranges.stream()
                .allMatch(
                    r -> r.equals(range) || r.last() < range.first() || range.last() < r.first()));
      }
    }
  }
}
