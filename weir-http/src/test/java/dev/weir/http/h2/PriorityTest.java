package dev.weir.http.h2;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PriorityTest {

  /** RFC 9218 4: what is not understood is passed over. */
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "``; 3; false",
        "u=0; 0; false",
        "u=7; 7; false",
        "u=8; 3; false",
        "u=-1; 3; false",
        "u=10; 3; false",
        "u=; 3; false",
        "u; 3; false",
        "i; 3; true",
        "i=?1; 3; true",
        "i=?0; 3; false",
        "i=?2; 3; false",
        "i=1; 3; false",
        "ix; 3; false",
        "u=1,i; 1; true",
        "` u=1 ,  i `; 1; true",
        "i, u=5; 5; true",
        "x=1, u=5, y; 5; false",
        "u=1, u=2; 2; false",
        "i, i=?0; 3; false",
        ",,,; 3; false",
        "((((; 3; false",
      })
  void isRead(String field, int urgency, boolean incremental) {
    assertEquals(new Priority(urgency, incremental), Priority.parse(field));
  }

  @ParameterizedTest
  @CsvSource({"u=1;x, 1, false", "i;x=1, 3, true"})
  void parametersArePassedOver(String field, int urgency, boolean incremental) {
    assertEquals(new Priority(urgency, incremental), Priority.parse(field));
  }
}
