package dev.weir.http;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Reads what most field values are made of: lists with commas (RFC 9110 5.6.1), parameters (5.6.6),
 * and weights (12.4.2). Commas and semicolons in quoted strings (5.6.4) separate nothing. For any
 * thread.
 */
public final class FieldLists {
  /**
   * An element of a list that has parameters, as in {@code text/html;charset=utf-8}.
   *
   * @param value what comes before the first semicolon, as it came
   * @param parameters in order, by name in lower case; values without their quotes; of a name that
   *     occurs twice the first counts
   */
  public record Parameterized(String value, Map<String, String> parameters) {}

  /**
   * An element of a list of preferences, as in {@code gzip;q=0.5}.
   *
   * @param value what comes before the weight, as it came
   * @param weight 0 for "not acceptable" to 1000; 1000 if none was given (RFC 9110 12.4.2)
   */
  public record Weighted(String value, int weight) {}

  private FieldLists() {}

  /** The elements of a list without the space around them; empty ones are left out. */
  public static List<String> elements(String list) {
    return split(list, ',');
  }

  /** The elements of all values with that name, which together are one list (RFC 9110 5.3). */
  public static List<String> elements(Headers headers, HeaderName name) {
    var elements = new ArrayList<String>();
    for (var value : headers.all(name)) {
      elements.addAll(elements(value));
    }
    return elements;
  }

  /** Whether one of the elements of all values with that name is that token, in any case. */
  public static boolean contains(Headers headers, HeaderName name, String token) {
    for (var element : elements(headers, name)) {
      if (element.equalsIgnoreCase(token)) {
        return true;
      }
    }
    return false;
  }

  /** Takes the parameters off an element. One without an equals sign has an empty value. */
  public static Parameterized parameterized(String element) {
    var parts = split(element, ';');
    var parameters = new LinkedHashMap<String, String>();
    boolean bare = element.stripLeading().startsWith(";");
    for (var part : parts.subList(bare || parts.isEmpty() ? 0 : 1, parts.size())) {
      int equals = part.indexOf('=');
      var name = equals < 0 ? part : part.substring(0, equals);
      var value = equals < 0 ? "" : part.substring(equals + 1);
      parameters.putIfAbsent(name.strip().toLowerCase(Locale.ROOT), unquote(value.strip()));
    }
    return new Parameterized(bare || parts.isEmpty() ? "" : parts.getFirst(), parameters);
  }

  /**
   * The elements of a list of preferences, the most wanted first, those of the same weight in the
   * order they came. A weight that is malformed counts as 0: what nobody understands is not taken
   * for a wish.
   */
  public static List<Weighted> weighted(String list) {
    var weighted = new ArrayList<Weighted>();
    for (var element : elements(list)) {
      weighted.add(weigh(element));
    }
    weighted.sort(Comparator.comparingInt(Weighted::weight).reversed());
    return weighted;
  }

  private static Weighted weigh(String element) {
    int semicolon = lastSeparator(element);
    if (semicolon >= 0) {
      var parameter = element.substring(semicolon + 1).strip();
      if (parameter.regionMatches(true, 0, "q=", 0, 2)) {
        return new Weighted(
            element.substring(0, semicolon).strip(), weight(parameter.substring(2)));
      }
    }
    return new Weighted(element, 1000);
  }

  /** RFC 9110 12.4.2: 0 or 1, and at most three decimals. */
  private static int weight(String qvalue) {
    int length = qvalue.length();
    if (length == 0 || length > 5 || (length > 1 && qvalue.charAt(1) != '.')) {
      return 0;
    }
    int weight = 0;
    int unit = 1000;
    for (int i = 0; i < length; i++) {
      if (i == 1) {
        continue;
      }
      int digit = qvalue.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        return 0;
      }
      weight += digit * unit;
      unit /= 10;
    }
    return weight > 1000 ? 0 : weight;
  }

  /** The text without the quotes around it and the backslashes in it, if it is a quoted string. */
  public static String unquote(String text) {
    int last = text.length() - 1;
    if (last < 1 || text.charAt(0) != '"' || text.charAt(last) != '"') {
      return text;
    }
    if (text.indexOf('\\') < 0) {
      return text.substring(1, last);
    }
    var unquoted = new StringBuilder(last);
    for (int i = 1; i < last; i++) {
      char c = text.charAt(i);
      unquoted.append(c == '\\' && i + 1 < last ? text.charAt(++i) : c);
    }
    return unquoted.toString();
  }

  private static List<String> split(String text, char separator) {
    var parts = new ArrayList<String>();
    int from = 0;
    while (from <= text.length()) {
      int to = nextSeparator(text, from, separator);
      var part = text.substring(from, to).strip();
      if (!part.isEmpty()) {
        parts.add(part);
      }
      from = to + 1;
    }
    return parts;
  }

  private static int lastSeparator(String text) {
    int last = -1;
    for (int i = nextSeparator(text, 0, ';');
        i < text.length();
        i = nextSeparator(text, i + 1, ';')) {
      last = i;
    }
    return last;
  }

  /** The index of the next separator outside quoted strings, or the length of the text. */
  private static int nextSeparator(String text, int from, char separator) {
    boolean quoted = false;
    int i = from;
    for (; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"') {
        quoted = !quoted;
      } else if (quoted && c == '\\') {
        i++;
      } else if (!quoted && c == separator) {
        break;
      }
    }
    return Math.min(i, text.length());
  }
}
