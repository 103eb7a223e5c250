package dev.weir.http.routing;

import dev.weir.http.uri.PercentDecoding;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The path of a request, cut into segments.
 *
 * @param raw as it was received
 * @param segments decoded, at least one; a closing slash makes an empty last one
 */
record RequestPath(String raw, List<String> segments) {

  /**
   * Cuts a path; null if it does not start with a slash, is not properly percent-encoded, or has a
   * segment {@code .} or {@code ..}, encoded or not. A client removes those (RFC 3986 5.2.4), and
   * whatever stands behind a route might understand them differently than the route did.
   */
  static @Nullable RequestPath parse(String raw) {
    if (!raw.startsWith("/")) {
      return null;
    }
    var segments = new ArrayList<String>();
    int end;
    for (int start = 1; start <= raw.length(); start = end + 1) {
      int slash = raw.indexOf('/', start);
      end = slash < 0 ? raw.length() : slash;
      String segment = PercentDecoding.decode(raw, start, end);
      if (segment == null || segment.equals(".") || segment.equals("..")) {
        return null;
      }
      segments.add(segment);
    }
    return new RequestPath(raw, segments);
  }

  /** What follows the first so many segments and the slash after them, not decoded. */
  String rest(int skipped) {
    int start = 1;
    for (int i = 0; i < skipped; i++) {
      start = raw.indexOf('/', start) + 1;
    }
    return raw.substring(start);
  }
}
