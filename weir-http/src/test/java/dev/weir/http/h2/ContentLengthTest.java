package dev.weir.http.h2;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.weir.http.HeaderName;
import dev.weir.http.fields.FieldTable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ContentLengthTest {
  private static long of(String... values) {
    var fields = new FieldTable();
    for (var value : values) {
      fields.addTrusted(HeaderName.CONTENT_LENGTH, value);
    }
    return ContentLength.of(fields);
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "007, 7", "123456, 123456", "9223372036854775807, 9223372036854775807"})
  void reads(String value, long length) {
    assertEquals(length, of(value));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-1", "+1", "1 ", "1,1", "0x1", "9223372036854775808", "१"})
  void refuses(String value) {
    assertEquals(ContentLength.INVALID, of(value));
  }

  @Test
  void takesTheSameTwice() {
    assertEquals(ContentLength.NONE, of());
    assertEquals(5, of("5", "5"));
    assertEquals(ContentLength.INVALID, of("5", "6"));
    assertEquals(ContentLength.INVALID, of("5", "x"));
  }
}
