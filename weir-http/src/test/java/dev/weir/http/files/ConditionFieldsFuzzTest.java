package dev.weir.http.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.weir.http.coding.AcceptEncoding;
import dev.weir.http.coding.ContentCoding;
import java.nio.charset.StandardCharsets;

/** The fields by which a client chooses, with any value: tags read back, ranges lie inside. */
class ConditionFieldsFuzzTest {
  @FuzzTest
  void readsAnyValue(byte[] data) {
    String value = new String(data, StandardCharsets.ISO_8859_1);
    readTags(value);
    readCodings(value);
    readRanges("bytes=" + value, data.length == 0 ? 0 : (data[0] & 0xFF) * 7);
  }

  private static void readTags(String value) {
    for (EntityTag tag : EntityTagList.parse(value).tags()) {
      assertEquals(tag, EntityTag.parse(tag.toString()));
    }
  }

  private static void readCodings(String value) {
    var accepted = AcceptEncoding.parse(value);
    for (ContentCoding coding : accepted.choose(ContentCoding.DYNAMIC)) {
      assertTrue(accepted.weight(coding) > 0);
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
