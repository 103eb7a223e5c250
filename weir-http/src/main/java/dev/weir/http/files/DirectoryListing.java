package dev.weir.http.files;

import java.nio.charset.StandardCharsets;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.List;

/** Writes the page that lists a directory. Every name in it came from a stranger. */
final class DirectoryListing {
  private static final HexFormat HEX = HexFormat.of().withUpperCase();

  private DirectoryListing() {}

  /**
   * The page.
   *
   * @param path of the directory, as its title
   */
  static String page(String path, List<Finding.Entry> entries, boolean truncated) {
    var page = new StringBuilder(256 + entries.size() * 128);
    page.append("<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>");
    escape(page, path);
    page.append("</title></head>\n<body><h1>");
    escape(page, path);
    page.append("</h1>\n<table>\n");
    if (!path.equals("/")) {
      page.append("<tr><td><a href=\"../\">../</a></td><td></td><td></td></tr>\n");
    }
    for (Finding.Entry entry : entries) {
      String slash = entry.directory() ? "/" : "";
      // With ./ before it a name that holds a colon is not taken for a scheme (RFC 3986 4.2).
      page.append("<tr><td><a href=\"./");
      encode(page, entry.name());
      page.append(slash).append("\">");
      escape(page, entry.name());
      page.append(slash).append("</a></td><td>");
      if (!entry.directory()) {
        page.append(entry.size());
      }
      page.append("</td><td>")
          .append(entry.modified().truncatedTo(ChronoUnit.SECONDS))
          .append("</td></tr>\n");
    }
    page.append("</table>");
    if (truncated) {
      page.append("\n<p>Only the first ").append(entries.size()).append(" names are shown.</p>");
    }
    return page.append("\n</body></html>\n").toString();
  }

  private static void escape(StringBuilder page, String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '&' -> page.append("&amp;");
        case '<' -> page.append("&lt;");
        case '>' -> page.append("&gt;");
        case '"' -> page.append("&quot;");
        case '\'' -> page.append("&#39;");
        default -> page.append(c);
      }
    }
  }

  /**
   * All but the unreserved characters (RFC 3986 2.3) percent-encoded, so nothing is HTML either.
   */
  private static void encode(StringBuilder page, String name) {
    for (byte octet : name.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (octet & 0xFF);
      if ((c >= 'a' && c <= 'z')
          || (c >= 'A' && c <= 'Z')
          || (c >= '0' && c <= '9')
          || "-._~".indexOf(c) >= 0) {
        page.append(c);
      } else {
        page.append('%');
        HEX.toHexDigits(page, octet);
      }
    }
  }
}
