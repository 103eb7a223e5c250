package dev.weir.http.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RangeFieldTest {
  /** Over 10000 bytes, as in the examples of RFC 9110 14.1.2. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          bytes=0-499                | 0-499
          bytes=500-999              | 500-999
          bytes=-500                 | 9500-9999
          bytes=9500-                | 9500-9999
          bytes=0-                   | 0-9999
          bytes=0-0                  | 0-0
          bytes=0-0,-1               | 0-0 9999-9999
          bytes= 0-0, -1             | 0-0 9999-9999
          bytes=500-600,700-999      | 500-600 700-999
          bytes=500-700,601-999      | 500-999
          BYTES=1-2                  | 1-2
          bytes=,1-2,,               | 1-2
          bytes=1-2,                 | 1-2
          # clamped to what is there
          bytes=9999-                | 9999-9999
          bytes=9990-20000           | 9990-9999
          bytes=0-99999999999999999999999999 | 0-9999
          bytes=-10000               | 0-9999
          bytes=-10001               | 0-9999
          bytes=-99999999999999999999999999  | 0-9999
          # leading zeros are digits like others
          bytes=000-0009             | 0-9
          # those that can be satisfied count
          bytes=10000-,0-1           | 0-1
          bytes=0-1,20000-30000,-0   | 0-1
          # order is kept, overlap and near misses are joined
          bytes=9000-9100,0-10       | 9000-9100 0-10
          bytes=0-10,11-20           | 0-20
          bytes=0-10,90-99           | 0-99
          bytes=0-10,91-99           | 0-10 91-99
          bytes=90-99,0-10           | 0-99
          bytes=0-10,500-510,5-505   | 0-510
          bytes=500-510,0-10,5-505   | 0-510
          bytes=5000-,0-10,-1        | 5000-9999 0-10
          bytes=0-,0-,0-,0-          | 0-9999
          """)
  void readsSatisfiable(String field, String ranges) {
    var satisfiable =
        assertInstanceOf(ByteRanges.Satisfiable.class, RangeField.parse(field, 10000));
    assertEquals(
        ranges,
        satisfiable.ranges().stream()
            .map(r -> r.first() + "-" + r.last())
            .collect(Collectors.joining(" ")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "bytes=10000-",
        "bytes=10000-10001",
        "bytes=-0",
        "bytes=20000-30000,40000-",
        "bytes=99999999999999999999-",
      })
  void unsatisfiable(String field) {
    assertInstanceOf(ByteRanges.Unsatisfiable.class, RangeField.parse(field, 10000));
    assertEquals("bytes */10000", ByteRanges.unsatisfiedContentRange(10000));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "bytes",
        "bytes=",
        "bytes=,",
        "bytes=-",
        "bytes=--1",
        "bytes=a-b",
        "bytes=1",
        "bytes=1-2-3",
        "bytes=2-1",
        "bytes=1-2,5-4",
        "bytes=1-2;3-4",
        "bytes=+1-2",
        "bytes=1 -2",
        "bytes=1- 2",
        "bytes=0x1-2",
        "bytes=1.5-2",
        "bytes=\u0661-\u0662",
        "bytes =1-2",
        "lines=1-2",
        "seconds=1-",
        "1-2",
      })
  void ignoresMalformedAndOtherUnits(String field) {
    assertInstanceOf(ByteRanges.Ignored.class, RangeField.parse(field, 10000));
  }

  @ParameterizedTest
  @CsvSource({
    "bytes=0-, Unsatisfiable",
    "bytes=0-0, Unsatisfiable",
    "bytes=-0, Unsatisfiable",
    "bytes=-1, Ignored",
    "bytes=-5, Ignored",
  })
  void ofNothingOnlyASuffixIsThere(String field, String outcome) {
    assertEquals(outcome, RangeField.parse(field, 0).getClass().getSimpleName());
  }

  @Test
  void ignoresMoreRangesThanTheLimit() {
    assertEquals(
        RangeField.MAX_RANGES,
        assertInstanceOf(
                ByteRanges.Satisfiable.class,
                RangeField.parse(scattered(RangeField.MAX_RANGES), 1_000_000))
            .ranges()
            .size());
    assertInstanceOf(
        ByteRanges.Ignored.class,
        RangeField.parse(scattered(RangeField.MAX_RANGES + 1), 1_000_000));
    assertInstanceOf(
        ByteRanges.Ignored.class, RangeField.parse("bytes=" + "0-,".repeat(1000), 1_000_000));
  }

  private static String scattered(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> i * 1000 + "-" + (i * 1000 + 9))
        .collect(Collectors.joining(",", "bytes=", ""));
  }

  @Test
  void worksNearTheLongestLength() {
    var satisfiable =
        assertInstanceOf(
            ByteRanges.Satisfiable.class,
            RangeField.parse("bytes=9223372036854775800-,-2", Long.MAX_VALUE));
    assertEquals(
        new ByteRange(9223372036854775800L, Long.MAX_VALUE - 1), satisfiable.ranges().getFirst());
  }

  @Test
  void rangeKnowsItsFieldAndLength() {
    var range = new ByteRange(500, 999);
    assertEquals(500, range.length());
    assertEquals("bytes 500-999/8000", range.contentRange(8000));
    assertThrows(IllegalArgumentException.class, () -> new ByteRange(5, 4));
    assertThrows(IllegalArgumentException.class, () -> new ByteRange(-1, 4));
  }
}
