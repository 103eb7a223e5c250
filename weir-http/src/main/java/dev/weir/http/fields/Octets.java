package dev.weir.http.fields;

import java.nio.charset.StandardCharsets;

/** The classes of octets that RFC 9110 and RFC 3986 name, as one table of bit sets. */
public final class Octets {
  /** RFC 9110 5.6.2: what a token is made of. */
  private static final int TCHAR = 1;

  /** RFC 9110 5.5: what a field value is made of: field-vchar, space and tab. */
  private static final int FIELD_VALUE = 2;

  /**
   * What a request target is made of but for {@code ?}. RFC 3986 allows less, but browsers send
   * {@code | ^ ` { }} and quotes unescaped; a fragment is never sent (RFC 9110 7.1).
   */
  private static final int TARGET = 4;

  /** RFC 3986 3.2.2: reg-name, and what an IP-literal has inside its brackets. */
  private static final int HOST = 8;

  /** RFC 3986 3.1: what a scheme is made of after its first letter. */
  private static final int SCHEME = 16;

  private static final byte[] CLASSES = new byte[256];

  static {
    for (int b = 0x20; b < 256; b++) {
      CLASSES[b] |= FIELD_VALUE;
    }
    CLASSES[0x7f] &= ~FIELD_VALUE;
    CLASSES['\t'] |= FIELD_VALUE;
    for (int b = 0x21; b < 0x7f; b++) {
      CLASSES[b] |= TARGET;
    }
    CLASSES['?'] &= ~TARGET;
    CLASSES['#'] &= ~TARGET;
    for (int b = '0'; b <= '9'; b++) {
      CLASSES[b] |= TCHAR | HOST | SCHEME;
    }
    for (int b = 'a'; b <= 'z'; b++) {
      CLASSES[b] |= TCHAR | HOST | SCHEME;
      CLASSES[b - 'a' + 'A'] |= TCHAR | HOST | SCHEME;
    }
    mark("!#$%&'*+-.^_`|~", TCHAR);
    mark("-._~%!$&'()*+,;=", HOST);
    mark("+-.", SCHEME);
  }

  private Octets() {}

  private static void mark(String characters, int octetClass) {
    for (int i = 0; i < characters.length(); i++) {
      CLASSES[characters.charAt(i)] |= (byte) octetClass;
    }
  }

  /** Whether a token may contain it (RFC 9110 5.6.2). */
  public static boolean isTchar(byte octet) {
    return (CLASSES[octet & 0xff] & TCHAR) != 0;
  }

  /** Whether a field value may contain it (RFC 9110 5.5). */
  public static boolean isFieldValue(byte octet) {
    return (CLASSES[octet & 0xff] & FIELD_VALUE) != 0;
  }

  /** Whether a request target may contain it, {@code ?} not counted. */
  public static boolean isTarget(byte octet) {
    return (CLASSES[octet & 0xff] & TARGET) != 0;
  }

  /** Whether a host may contain it, brackets and colon not counted (RFC 3986 3.2.2). */
  public static boolean isHost(byte octet) {
    return (CLASSES[octet & 0xff] & HOST) != 0;
  }

  /** Whether a scheme may contain it after its first letter (RFC 3986 3.1). */
  public static boolean isScheme(byte octet) {
    return (CLASSES[octet & 0xff] & SCHEME) != 0;
  }

  /** Whether it is {@code DIGIT} (RFC 5234 B.1). */
  public static boolean isDigit(byte octet) {
    return octet >= '0' && octet <= '9';
  }

  /** Whether it is {@code ALPHA} (RFC 5234 B.1). */
  public static boolean isAlpha(byte octet) {
    int lower = octet | 0x20;
    return lower >= 'a' && lower <= 'z';
  }

  /** The value of a {@code HEXDIG} (RFC 5234 B.1), or -1. */
  public static int hexDigit(byte octet) {
    if (isDigit(octet)) {
      return octet - '0';
    }
    int lower = octet | 0x20;
    return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
  }

  /** Whether the text is a token (RFC 9110 5.6.2). */
  public static boolean isToken(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c > 0x7f || !isTchar((byte) c)) {
        return false;
      }
    }
    return !text.isEmpty();
  }

  /** The index of the first character that a field value must not contain (RFC 9110 5.5), or -1. */
  public static int invalidInFieldValue(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c > 0xff || !isFieldValue((byte) c)) {
        return i;
      }
    }
    return -1;
  }

  /** The text in quotes for a message: cut when long, what cannot be printed escaped. */
  public static String quote(String text) {
    int shown = Math.min(text.length(), 64);
    var quoted = new StringBuilder(shown + 8).append('"');
    for (int i = 0; i < shown; i++) {
      char c = text.charAt(i);
      switch (c) {
        case '\r' -> quoted.append("\\r");
        case '\n' -> quoted.append("\\n");
        case '\t' -> quoted.append("\\t");
        case '"', '\\' -> quoted.append('\\').append(c);
        default -> {
          if (c >= 0x20 && c < 0x7f) {
            quoted.append(c);
          } else {
            quoted.append("\\x").append(Integer.toHexString(c));
          }
        }
      }
    }
    return quoted.append(shown < text.length() ? "...\"" : "\"").toString();
  }

  /** The bytes {@code from} to {@code to} in quotes for a message, as {@link #quote(String)}. */
  public static String quote(byte[] bytes, int from, int to) {
    int end = Math.min(to, from + 65);
    return quote(new String(bytes, from, end - from, StandardCharsets.ISO_8859_1));
  }
}
