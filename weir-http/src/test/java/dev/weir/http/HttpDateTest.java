package dev.weir.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpDateTest {
  /** 2026-11-22. */
  private static final long NOW = 1_795_305_600;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "784111777    | Sun, 06 Nov 1994 08:49:37 GMT",
        "0            | Thu, 01 Jan 1970 00:00:00 GMT",
        "951782400    | Tue, 29 Feb 2000 00:00:00 GMT",
        "253402300799 | Fri, 31 Dec 9999 23:59:59 GMT",
        "-1           | Wed, 31 Dec 1969 23:59:59 GMT",
      })
  void writesThePreferredForm(long epochSecond, String text) {
    assertThat(HttpDate.format(epochSecond)).isEqualTo(text);
    assertThat(HttpDate.parse(text, NOW)).hasValue(epochSecond);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "784111777    | Sunday, 06-Nov-94 08:49:37 GMT",
        "784111777    | Sun Nov  6 08:49:37 1994",
        "784889377    | Tue Nov 15 08:49:37 1994",
        "784111777    | Mon, 06 Nov 1994 08:49:37 GMT",
        "1483228799   | Sat, 31 Dec 2016 23:59:60 GMT",
        "1798761599   | Thursday, 31-Dec-26 23:59:59 GMT",
        "3360873600   | Wednesday, 02-Jul-76 00:00:00 GMT",
        "236563200    | Saturday, 01-Jul-77 00:00:00 GMT",
        "946684800    | Saturday, 01-Jan-00 00:00:00 GMT",
      })
  void readsTheObsoleteForms(long epochSecond, String text) {
    assertThat(HttpDate.parse(text, NOW)).hasValue(epochSecond);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "0",
        "784111777",
        "Sun, 06 Nov 1994 08:49:37",
        "Sun, 06 Nov 1994 08:49:37 UTC",
        "Sun, 06 Nov 1994 08:49:37 +0000",
        "sun, 06 nov 1994 08:49:37 gmt",
        "Sun, 6 Nov 1994 08:49:37 GMT",
        "Sun, 31 Feb 1994 08:49:37 GMT",
        "Sun, 06 NOV 1994 08:49:37 GMT",
        "Sun, 06 Foo 1994 08:49:37 GMT",
        "Sun, 06 Nov 1994 24:49:37 GMT",
        "Sun, 06 Nov 1994 08:60:37 GMT",
        " Sun, 06 Nov 1994 08:49:37 GMT",
        "Sun Nov 6 08:49:37 1994",
        "Sun, 06-Nov-94 08:49:37 GMT",
        "Sunday, 06-Nov-94 08:49:37 UTC",
        "Sunday, 06-Nov-1994 08:49:37 GMT",
        "Sunday 06-Nov-94 08:49:37 GMT",
        "1994-11-06T08:49:37Z",
      })
  void ignoresWhatIsNoDate(String text) {
    assertThat(HttpDate.parse(text, NOW)).isEqualTo(OptionalLong.empty());
  }

  @Test
  void readsWhatItWrites() {
    var random = new Random(5);
    for (int i = 0; i < 10_000; i++) {
      long epochSecond = random.nextLong(253_402_300_800L);
      assertThat(HttpDate.parse(HttpDate.format(epochSecond), NOW)).hasValue(epochSecond);
    }
  }
}
