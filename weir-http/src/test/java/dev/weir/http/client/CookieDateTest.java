package dev.weir.http.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CookieDateTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Wed, 09 Jun 2021 10:18:14 GMT        | 2021-06-09T10:18:14Z
          Wednesday, 09-Jun-21 10:18:14 GMT    | 2021-06-09T10:18:14Z
          Wed, 09-Jun-2021 10:18:14 GMT        | 2021-06-09T10:18:14Z
          Wed Jun  9 10:18:14 2021             | 2021-06-09T10:18:14Z
          09 jun 2021 10:18:14                 | 2021-06-09T10:18:14Z
          2021 9 June 10:18:14                 | 2021-06-09T10:18:14Z
          10:18:14 9 JUNE 2021                 | 2021-06-09T10:18:14Z
          Jun/09/2021 1:2:3                    | 2021-06-09T01:02:03Z
          9 Jun 2021 10:18:14.5                | 2021-06-09T10:18:14Z
          9th Jun 2021 10:18:14                | 2021-06-09T10:18:14Z
          Thu, 01 Jan 1970 00:00:00 GMT        | 1970-01-01T00:00:00Z
          Thu, 01-Jan-70 00:00:00 GMT          | 1970-01-01T00:00:00Z
          Fri, 01-Jan-69 00:00:00 GMT          | 2069-01-01T00:00:00Z
          Fri, 01-Jan-99 00:00:00 GMT          | 1999-01-01T00:00:00Z
          Fri, 01-Jan-00 00:00:00 GMT          | 2000-01-01T00:00:00Z
          Mon, 01 Jan 1601 00:00:00 GMT        | 1601-01-01T00:00:00Z
          Fri, 31 Dec 9999 23:59:59 GMT        | 9999-12-31T23:59:59Z
          Sat, 29 Feb 2020 00:00:00 +0200      | 2020-02-29T00:00:00Z
          """)
  void readsDatesHoweverTheyAreWritten(String text, Instant date) {
    assertEquals(date, CookieDate.parse(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "0",
        "-1",
        "session",
        "Wed, 09 Jun 2021",
        "10:18:14",
        "Jun 2021 10:18:14",
        "09 2021 10:18:14",
        "09 Jun 10:18:14",
        "32 Jun 2021 10:18:14",
        "31 Jun 2021 10:18:14",
        "00 Jun 2021 10:18:14",
        "29 Feb 2021 10:18:14",
        "09 Jun 2021 24:00:00",
        "09 Jun 2021 10:60:00",
        "09 Jun 2021 10:18:60",
        "09 Jun 1600 10:18:14",
        "09 Jun 12345 10:18:14",
        "09 Jux 2021 10:18:14",
        "009 Jun 2021 10:18:14",
        "09 Jun 2021 100:18:14",
        "2021-06-09T10:18:14Z"
      })
  void readsNothingElse(String text) {
    assertNull(CookieDate.parse(text));
  }
}
