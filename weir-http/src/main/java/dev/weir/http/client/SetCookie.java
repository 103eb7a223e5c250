package dev.weir.http.client;

import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A Set-Cookie field as it was read (RFC 6265 5.2), before a jar judges it. An attribute that is
 * absent, or whose value is to be ignored, is null. Of an attribute that comes twice the last
 * counts.
 *
 * @param expires the end of its life by Max-Age, which is stronger, or Expires
 * @param domain in lower case, without the dot that may stand before it
 * @param path starts with a slash
 * @param crossSiteAsked whether SameSite is None
 */
record SetCookie(
    String name,
    String value,
    @Nullable Instant expires,
    @Nullable String domain,
    @Nullable String path,
    boolean secure,
    boolean httpOnly,
    boolean crossSiteAsked) {

  /** Name and value together may be so long, in bytes (RFC 6265 6.1 asks for as much). */
  static final int MAX_BYTES = 4096;

  /** An attribute's value may be so long; a longer one is ignored. */
  static final int MAX_ATTRIBUTE_BYTES = 1024;

  /** Null if the field is to be ignored. */
  static @Nullable SetCookie parse(String field, Instant now) {
    if (field.chars().anyMatch(c -> (c < ' ' && c != '\t') || c == 0x7F)) {
      return null;
    }
    String[] parts = field.split(";", -1);
    int equals = parts[0].indexOf('=');
    if (equals < 0) {
      return null;
    }
    String name = parts[0].substring(0, equals).strip();
    String value = parts[0].substring(equals + 1).strip();
    if (name.isEmpty() || name.length() + value.length() > MAX_BYTES) {
      return null;
    }
    var attributes = new Attributes(now);
    for (int i = 1; i < parts.length; i++) {
      attributes.read(parts[i]);
    }
    return new SetCookie(
        name,
        value,
        attributes.maxAge == null ? attributes.expires : attributes.maxAge,
        attributes.domain,
        attributes.path,
        attributes.secure,
        attributes.httpOnly,
        attributes.crossSite);
  }

  private static final class Attributes {
    private final Instant now;
    @Nullable Instant expires;
    @Nullable Instant maxAge;
    @Nullable String domain;
    @Nullable String path;
    boolean secure;
    boolean httpOnly;
    boolean crossSite;

    Attributes(Instant now) {
      this.now = now;
    }

    void read(String attribute) {
      int equals = attribute.indexOf('=');
      String name = (equals < 0 ? attribute : attribute.substring(0, equals)).strip();
      String value = equals < 0 ? "" : attribute.substring(equals + 1).strip();
      if (value.length() > MAX_ATTRIBUTE_BYTES) {
        return;
      }
      switch (name.toLowerCase(Locale.ROOT)) {
        case "expires" -> {
          Instant date = CookieDate.parse(value);
          expires = date == null ? expires : date;
        }
        case "max-age" -> {
          Instant end = endOf(value);
          maxAge = end == null ? maxAge : end;
        }
        case "domain" -> {
          String bare = value.startsWith(".") ? value.substring(1) : value;
          domain = bare.isEmpty() ? domain : bare.toLowerCase(Locale.ROOT);
        }
        case "path" -> path = value.startsWith("/") ? value : null;
        case "secure" -> secure = true;
        case "httponly" -> httpOnly = true;
        case "samesite" -> crossSite = value.equalsIgnoreCase("none");
        default -> {
          // Unknown attributes are let pass (RFC 6265 5.2).
        }
      }
    }

    /** RFC 6265 5.2.2: digits, perhaps with a minus; zero and less mean at once. */
    private @Nullable Instant endOf(String seconds) {
      if (!seconds.matches("-?[0-9]+")) {
        return null;
      }
      if (seconds.startsWith("-")) {
        return Instant.MIN;
      }
      // Longer numbers are all the same: far beyond what a jar keeps.
      long count = seconds.length() > 10 ? Integer.MAX_VALUE : Long.parseLong(seconds);
      return count == 0 ? Instant.MIN : now.plusSeconds(count);
    }
  }
}
