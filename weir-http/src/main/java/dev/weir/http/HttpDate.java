package dev.weir.http;

import dev.weir.http.fields.Octets;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.OptionalLong;

/**
 * Dates in fields (RFC 9110 5.6.7), as seconds since 1970-01-01T00:00:00Z. Weir writes the one
 * preferred form and reads all three. For any thread.
 */
public final class HttpDate {
  private static final List<String> DAYS = List.of("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun");

  private static final List<String> MONTHS =
      List.of("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec");

  // The three forms: 9 stands for a digit, X and x for a letter, _ for a digit or a space.
  private static final String IMF_FIXDATE = "Xxx, 99 Xxx 9999 99:99:99 GMT";
  private static final String RFC_850_AFTER_DAY = ", 99-Xxx-99 99:99:99 GMT";
  private static final String ASCTIME = "Xxx Xxx _9 99:99:99 9999";

  private HttpDate() {}

  /** The date in the preferred form, as in {@code Sun, 06 Nov 1994 08:49:37 GMT}. */
  public static String format(long epochSecond) {
    var date = LocalDateTime.ofEpochSecond(epochSecond, 0, ZoneOffset.UTC);
    var text = new StringBuilder(IMF_FIXDATE.length());
    text.append(DAYS.get(date.getDayOfWeek().getValue() - 1)).append(", ");
    twoDigits(text, date.getDayOfMonth()).append(' ');
    text.append(MONTHS.get(date.getMonthValue() - 1)).append(' ');
    twoDigits(text, date.getYear() / 100);
    twoDigits(text, date.getYear() % 100).append(' ');
    twoDigits(text, date.getHour()).append(':');
    twoDigits(text, date.getMinute()).append(':');
    return twoDigits(text, date.getSecond()).append(" GMT").toString();
  }

  private static StringBuilder twoDigits(StringBuilder text, int number) {
    return text.append((char) ('0' + number / 10)).append((char) ('0' + number % 10));
  }

  /**
   * Reads a date in any of the three forms. The name of the day is not compared with the date.
   *
   * @param nowEpochSecond now: a year of two digits that would lie more than 50 years ahead of it
   *     is of the century before (RFC 9110 5.6.7)
   * @return empty if it is none of the three, as most fields ask to ignore such a value
   */
  public static OptionalLong parse(String value, long nowEpochSecond) {
    if (has(value, 0, IMF_FIXDATE)) {
      return epochSecond(value, number(value, 12, 16), 8, number(value, 5, 7), 17);
    }
    if (has(value, 0, ASCTIME)) {
      return epochSecond(value, number(value, 20, 24), 4, number(value, 8, 10), 11);
    }
    int comma = value.indexOf(',');
    if (comma >= 6 && comma <= 9 && has(value, comma, RFC_850_AFTER_DAY)) {
      int year = fullYear(number(value, comma + 9, comma + 11), nowEpochSecond);
      int day = number(value, comma + 2, comma + 4);
      return epochSecond(value, year, comma + 5, day, comma + 12);
    }
    return OptionalLong.empty();
  }

  /** The year with those last two digits that lies from 49 years ago to 50 years ahead. */
  private static int fullYear(int twoDigits, long nowEpochSecond) {
    int now = LocalDateTime.ofEpochSecond(nowEpochSecond, 0, ZoneOffset.UTC).getYear();
    return now - 49 + Math.floorMod(twoDigits - (now - 49), 100);
  }

  private static boolean has(String text, int from, String form) {
    if (text.length() - from != form.length()) {
      return false;
    }
    for (int i = 0; i < form.length(); i++) {
      char c = text.charAt(from + i);
      boolean fits =
          switch (form.charAt(i)) {
            case '9' -> c >= '0' && c <= '9';
            case '_' -> c == ' ' || (c >= '0' && c <= '9');
            case 'X', 'x' -> c < 0x80 && Octets.isAlpha((byte) c);
            default -> c == form.charAt(i);
          };
      if (!fits) {
        return false;
      }
    }
    return true;
  }

  /** The number that those characters, digits or a space before digits, are. */
  private static int number(String text, int from, int to) {
    int number = 0;
    for (int i = from; i < to; i++) {
      number = number * 10 + (text.charAt(i) == ' ' ? 0 : text.charAt(i) - '0');
    }
    return number;
  }

  private static OptionalLong epochSecond(
      String text, int year, int monthFrom, int day, int timeFrom) {
    int month = MONTHS.indexOf(text.substring(monthFrom, monthFrom + 3)) + 1;
    int hour = number(text, timeFrom, timeFrom + 2);
    int minute = number(text, timeFrom + 3, timeFrom + 5);
    // A leap second is the last second that we know of that minute.
    int second = Math.min(59, number(text, timeFrom + 6, timeFrom + 8));
    try {
      var time = LocalTime.of(hour, minute, second);
      return OptionalLong.of(LocalDate.of(year, month, day).toEpochSecond(time, ZoneOffset.UTC));
    } catch (DateTimeException e) {
      return OptionalLong.empty();
    }
  }
}
