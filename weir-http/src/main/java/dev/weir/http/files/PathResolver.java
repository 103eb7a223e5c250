package dev.weir.http.files;

import dev.weir.http.uri.PercentDecoding;

/**
 * Turns the path of a request into a path below a mount's root, by text alone: what the file system
 * makes of it (links above all) is {@link FileLookup}'s concern.
 *
 * <p>Percent signs are decoded once, segment by segment, so a slash that was encoded never becomes
 * a separator, and {@code %252e} stays the harmless text {@code %2e} (RFC 3986 2.4).
 */
final class PathResolver {
  /** The one dot name that is always served, at the root: it is made for strangers (RFC 8615). */
  private static final String WELL_KNOWN = ".well-known";

  private PathResolver() {}

  /** What a path came to. */
  sealed interface Resolution {
    /**
     * A path below the root.
     *
     * @param relative segments joined by slashes, none of them empty, {@code .} or {@code ..};
     *     empty for the root itself
     * @param directory whether the request's path ended in a slash
     */
    record Below(String relative, boolean directory) implements Resolution {}

    /** No URI path, or one that reaches outside the root: 400. */
    record Malformed(String reason) implements Resolution {}

    /** Has a name that starts with a dot, which the mount does not show: 404. */
    record Hidden() implements Resolution {}
  }

  /**
   * Resolves the part of a request's path after the mount's prefix.
   *
   * @param path as it was received, percent-encoded, without query; a slash at its start counts for
   *     nothing
   * @param showHidden whether names that start with a dot are served like others
   */
  static Resolution resolve(String path, boolean showHidden) {
    var relative = new StringBuilder(path.length());
    boolean hidden = false;
    int end;
    for (int start = 0; start <= path.length(); start = end + 1) {
      int slash = path.indexOf('/', start);
      end = slash < 0 ? path.length() : slash;
      String segment = PercentDecoding.decode(path, start, end);
      if (segment == null) {
        return new Resolution.Malformed("not percent-encoded UTF-8 (RFC 3986 2.1)");
      }
      if (segment.isEmpty() || segment.equals(".")) {
        continue;
      }
      if (segment.equals("..")) {
        return new Resolution.Malformed("dot segment (RFC 3986 5.2.4 has the client remove it)");
      }
      if (!isFileName(segment)) {
        return new Resolution.Malformed("slash, backslash or control character inside a name");
      }
      hidden |= segment.startsWith(".") && !(relative.isEmpty() && segment.equals(WELL_KNOWN));
      if (!relative.isEmpty()) {
        relative.append('/');
      }
      relative.append(segment);
    }
    if (hidden && !showHidden) {
      return new Resolution.Hidden();
    }
    return new Resolution.Below(relative.toString(), endsInSlash(path) || relative.isEmpty());
  }

  /** A path that ends in {@code /.} names the directory just as one that ends in a slash does. */
  private static boolean endsInSlash(String path) {
    int slash = path.lastIndexOf('/');
    return slash == path.length() - 1
        || ".".equals(PercentDecoding.decode(path, slash + 1, path.length()));
  }

  private static boolean isFileName(String segment) {
    for (int i = 0; i < segment.length(); i++) {
      char c = segment.charAt(i);
      if (c < ' ' || c == 0x7F || c == '/' || c == '\\') {
        return false;
      }
    }
    return true;
  }
}
