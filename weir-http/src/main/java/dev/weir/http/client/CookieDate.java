package dev.weir.http.client;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The date in an Expires attribute (RFC 6265 5.1.1). It is not the date of other fields: servers
 * have written it in many ways, and this grammar takes them all, token by token in any order.
 */
final class CookieDate {
  private static final Pattern DELIMITERS =
      Pattern.compile("[\\x09\\x20-\\x2F\\x3B-\\x40\\x5B-\\x60\\x7B-\\x7E]+");
  private static final Pattern TIME = Pattern.compile("(\\d{1,2}):(\\d{1,2}):(\\d{1,2})(?:\\D.*)?");
  private static final Pattern DAY = Pattern.compile("(\\d{1,2})(?:\\D.*)?");
  private static final Pattern YEAR = Pattern.compile("(\\d{2,4})(?:\\D.*)?");
  private static final List<String> MONTHS =
      List.of("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec");
  private static final int EARLIEST_YEAR = 1601;

  private CookieDate() {}

  /** The date, or null if the text has not all the parts of one. */
  static @Nullable Instant parse(String text) {
    Matcher time = null;
    int day = -1;
    int month = 0;
    int year = -1;
    for (String token : DELIMITERS.split(text, -1)) {
      Matcher asTime = TIME.matcher(token);
      Matcher asDay = DAY.matcher(token);
      Matcher asYear = YEAR.matcher(token);
      if (time == null && asTime.matches()) {
        time = asTime;
      } else if (day < 0 && asDay.matches()) {
        day = Integer.parseInt(asDay.group(1));
      } else if (month == 0 && month(token) > 0) {
        month = month(token);
      } else if (year < 0 && asYear.matches()) {
        year = fullYear(Integer.parseInt(asYear.group(1)));
      }
    }
    if (time == null || year < EARLIEST_YEAR) {
      return null;
    }
    try {
      return LocalDateTime.of(
              year,
              month,
              day,
              Integer.parseInt(time.group(1)),
              Integer.parseInt(time.group(2)),
              Integer.parseInt(time.group(3)))
          .toInstant(ZoneOffset.UTC);
    } catch (DateTimeException e) {
      return null;
    }
  }

  private static int month(String token) {
    return token.length() < 3
        ? 0
        : MONTHS.indexOf(token.substring(0, 3).toLowerCase(Locale.ROOT)) + 1;
  }

  private static int fullYear(int year) {
    return year > 99 ? year : year < 70 ? year + 2000 : year + 1900;
  }
}
