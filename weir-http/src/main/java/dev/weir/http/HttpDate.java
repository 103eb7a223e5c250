package dev.weir.http;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Dates in fields (RFC 9110 5.6.7), as seconds since 1970-01-01T00:00:00Z. Weir writes the one
 * preferred form and reads all three. For any thread.
 */
public final class HttpDate {
  private static final List<String> DAYS = List.of("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun");

  private static final List<String> MONTHS =
      List.of("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec");

  private static final String TIME = "(?<h>\\d\\d):(?<m>\\d\\d):(?<s>\\d\\d)";

  /** {@code Sun, 06 Nov 1994 08:49:37 GMT}. */
  private static final Pattern IMF_FIXDATE =
      Pattern.compile(
          "[A-Z][a-z]{2}, (?<day>\\d\\d) (?<month>\\w{3}) (?<year>\\d{4}) " + TIME + " GMT");

  /** {@code Sunday, 06-Nov-94 08:49:37 GMT}. */
  private static final Pattern RFC_850 =
      Pattern.compile(
          "[A-Z][a-z]{5,8}, (?<day>\\d\\d)-(?<month>\\w{3})-(?<year>\\d\\d) " + TIME + " GMT");

  /** {@code Sun Nov 6 08:49:37 1994}. */
  private static final Pattern ASCTIME =
      Pattern.compile(
          "[A-Z][a-z]{2} (?<month>\\w{3}) (?<day>[ \\d]\\d) " + TIME + " (?<year>\\d{4})");

  private HttpDate() {}

  /** The date in the preferred form, as in {@code Sun, 06 Nov 1994 08:49:37 GMT}. */
  public static String format(long epochSecond) {
    var date = LocalDateTime.ofEpochSecond(epochSecond, 0, ZoneOffset.UTC);
    return String.format(
        Locale.ROOT,
        "%s, %02d %s %04d %02d:%02d:%02d GMT",
        DAYS.get(date.getDayOfWeek().getValue() - 1),
        date.getDayOfMonth(),
        MONTHS.get(date.getMonthValue() - 1),
        date.getYear(),
        date.getHour(),
        date.getMinute(),
        date.getSecond());
  }

  /**
   * Reads a date in any of the three forms. The name of the day is not compared with the date.
   *
   * @param nowEpochSecond now: a year of two digits that would lie more than 50 years ahead of it
   *     is of the century before (RFC 9110 5.6.7)
   * @return empty if it is none of the three, as most fields ask to ignore such a value
   */
  public static OptionalLong parse(String value, long nowEpochSecond) {
    var fixed = IMF_FIXDATE.matcher(value);
    if (fixed.matches()) {
      return epochSecond(fixed, Integer.parseInt(fixed.group("year")));
    }
    var asctime = ASCTIME.matcher(value);
    if (asctime.matches()) {
      return epochSecond(asctime, Integer.parseInt(asctime.group("year")));
    }
    var rfc850 = RFC_850.matcher(value);
    if (rfc850.matches()) {
      int thisYear = LocalDateTime.ofEpochSecond(nowEpochSecond, 0, ZoneOffset.UTC).getYear();
      int year = thisYear / 100 * 100 + Integer.parseInt(rfc850.group("year"));
      int nearest = year > thisYear + 50 ? year - 100 : year;
      return epochSecond(rfc850, nearest <= thisYear - 50 ? nearest + 100 : nearest);
    }
    return OptionalLong.empty();
  }

  private static OptionalLong epochSecond(Matcher matcher, int year) {
    int month = MONTHS.indexOf(matcher.group("month")) + 1;
    int day = Integer.parseInt(matcher.group("day").strip());
    // A leap second is the last second that we know of that minute.
    int second = Math.min(59, Integer.parseInt(matcher.group("s")));
    try {
      var time =
          LocalTime.of(
              Integer.parseInt(matcher.group("h")), Integer.parseInt(matcher.group("m")), second);
      return OptionalLong.of(LocalDate.of(year, month, day).toEpochSecond(time, ZoneOffset.UTC));
    } catch (DateTimeException e) {
      return OptionalLong.empty();
    }
  }
}
