package dev.weir.http.files;

import java.util.ArrayList;
import java.util.List;

/**
 * The value of If-Match or If-None-Match (RFC 9110 13.1.1, 13.1.2): {@code *} or entity tags. It is
 * read here and not by the list parser of the other fields, because an entity tag may hold a comma
 * and knows no backslash escape (RFC 9110 8.8.3).
 *
 * @param any whether the value was {@code *}
 * @param tags empty if {@code any}
 */
record EntityTagList(boolean any, List<EntityTag> tags) {
  private static final EntityTagList NOTHING = new EntityTagList(false, List.of());

  /** Whether one of these names the same state, compared weakly; {@code *} names every state. */
  boolean containsWeakly(EntityTag tag) {
    return any || tags.stream().anyMatch(tag::matchesWeakly);
  }

  /** Whether one of these is strong and equal; {@code *} is equal to everything. */
  boolean containsStrongly(EntityTag tag) {
    return any || tags.stream().anyMatch(tag::matchesStrongly);
  }

  /**
   * Reads a field value, several lines of it joined by commas. A malformed one gives a list without
   * tags, which no state matches: so If-Match fails, and If-None-Match holds.
   */
  static EntityTagList parse(String text) {
    if (text.strip().equals("*")) {
      return new EntityTagList(true, List.of());
    }
    var tags = new ArrayList<EntityTag>();
    int at = 0;
    while (true) {
      at = skipSpaceAndCommas(text, at);
      if (at == text.length()) {
        return new EntityTagList(false, List.copyOf(tags));
      }
      boolean weak = text.startsWith("W/", at);
      int open = weak ? at + 2 : at;
      if (open >= text.length() || text.charAt(open) != '"') {
        return NOTHING;
      }
      int close = open + 1;
      while (close < text.length() && isTagCharacter(text.charAt(close))) {
        close++;
      }
      if (close == text.length() || text.charAt(close) != '"') {
        return NOTHING;
      }
      tags.add(new EntityTag(text.substring(open + 1, close), weak));
      at = skipSpace(text, close + 1);
      if (at < text.length() && text.charAt(at) != ',') {
        return NOTHING;
      }
    }
  }

  /** {@code etagc = %x21 / %x23-7E / obs-text}. */
  private static boolean isTagCharacter(char c) {
    return c == 0x21 || (c >= 0x23 && c <= 0x7E) || c >= 0x80;
  }

  private static int skipSpace(String text, int at) {
    while (at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) == '\t')) {
      at++;
    }
    return at;
  }

  /** Empty elements are let pass, as every list's are (RFC 9110 5.6.1.2). */
  private static int skipSpaceAndCommas(String text, int at) {
    at = skipSpace(text, at);
    while (at < text.length() && text.charAt(at) == ',') {
      at = skipSpace(text, at + 1);
    }
    return at;
  }
}
