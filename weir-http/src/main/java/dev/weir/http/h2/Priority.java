package dev.weir.http.h2;

/**
 * What a client says of the order in which it wants its responses (RFC 9218 4).
 *
 * @param urgency from 0, the most, to 7
 * @param incremental whether a part of the response is of use, so that it may share the connection
 */
public record Priority(int urgency, boolean incremental) {
  private static final int LEAST_URGENT = 7;

  /**
   * For streams of which nothing was said. The RFC's default is not incremental, but it leaves the
   * choice to the server where no client spoke (RFC 9218 8): in turn, no response waits for the end
   * of another.
   */
  public static final Priority UNSAID = new Priority(3, true);

  /** For streams of which something was said, before it is looked at (RFC 9218 4.1, 4.2). */
  private static final Priority DEFAULT = new Priority(3, false);

  /**
   * Reads a dictionary of structured fields (RFC 8941 3.2) as far as priorities need it. What is
   * not understood is passed over (RFC 9218 4): a priority is a hint, and never an error.
   */
  public static Priority parse(CharSequence field) {
    int urgency = DEFAULT.urgency;
    boolean incremental = DEFAULT.incremental;
    int length = field.length();
    int at = 0;
    while (at < length) {
      int end = at;
      while (end < length && field.charAt(end) != ',') {
        end++;
      }
      int from = at;
      int to = parametersFrom(field, from, end);
      while (from < to && isSpace(field.charAt(from))) {
        from++;
      }
      while (to > from && isSpace(field.charAt(to - 1))) {
        to--;
      }
      if (to - from == 3 && field.charAt(from) == 'u' && field.charAt(from + 1) == '=') {
        int said = field.charAt(from + 2) - '0';
        urgency = said >= 0 && said <= LEAST_URGENT ? said : urgency;
      } else if (to > from && field.charAt(from) == 'i') {
        incremental = incremental(field, from + 1, to, incremental);
      }
      at = end + 1;
    }
    return new Priority(urgency, incremental);
  }

  private static int parametersFrom(CharSequence field, int from, int to) {
    int at = from;
    while (at < to && field.charAt(at) != ';') {
      at++;
    }
    return at;
  }

  /** What follows the key {@code i}: nothing, or a boolean (RFC 8941 3.3.6). */
  private static boolean incremental(CharSequence field, int from, int to, boolean otherwise) {
    if (from == to) {
      return true;
    }
    if (to - from == 3 && field.charAt(from) == '=' && field.charAt(from + 1) == '?') {
      char said = field.charAt(from + 2);
      return said == '1' || (said != '0' && otherwise);
    }
    return otherwise;
  }

  private static boolean isSpace(char c) {
    return c == ' ' || c == '\t';
  }
}
