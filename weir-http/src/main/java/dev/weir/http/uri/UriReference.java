package dev.weir.http.uri;

import java.nio.charset.Charset;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * A URI or relative reference in its five parts (RFC 3986 4.1). It exists beside {@code
 * java.net.URI} because that resolves by the older RFC 2396 and knows no host with an underscore.
 *
 * @param path perhaps empty
 */
public record UriReference(
    @Nullable String scheme,
    @Nullable String authority,
    String path,
    @Nullable String query,
    @Nullable String fragment) {

  private static final HexFormat HEX = HexFormat.of().withUpperCase();

  /**
   * Cuts text into parts, any text, where the expression of RFC 3986, appendix B, does. What the
   * parts hold is not judged.
   */
  public static UriReference split(String text) {
    int hash = text.indexOf('#');
    int end = hash < 0 ? text.length() : hash;
    int question = text.indexOf('?', 0, end);
    int pathEnd = question < 0 ? end : question;
    int colon = text.indexOf(':', 0, pathEnd);
    boolean hasScheme = colon > 0 && text.indexOf('/', 0, colon) < 0;
    int from = hasScheme ? colon + 1 : 0;
    String authority = null;
    int pathFrom = from;
    if (text.startsWith("//", from)) {
      int slash = text.indexOf('/', from + 2, pathEnd);
      pathFrom = slash < 0 ? pathEnd : slash;
      authority = text.substring(from + 2, pathFrom);
    }
    return new UriReference(
        hasScheme ? text.substring(0, colon) : null,
        authority,
        text.substring(pathFrom, pathEnd),
        question < 0 ? null : text.substring(question + 1, end),
        hash < 0 ? null : text.substring(hash + 1));
  }

  /**
   * Percent-encodes what a URI cannot hold, such as spaces and letters beyond ASCII, and percent
   * signs that begin no octet; what it can hold stays as it is (RFC 3987 3.1).
   *
   * @param charset of the octets
   * @return null if the text has control characters, which nobody writes by mistake
   */
  public static @Nullable String encode(String text, Charset charset) {
    StringBuilder encoded = null;
    int from = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < ' ' || c == 0x7F) {
        return null;
      }
      if (!isUriCharacter(c) && !isOctet(text, i)) {
        int to = i + (Character.isHighSurrogate(c) && i + 1 < text.length() ? 2 : 1);
        encoded = encoded == null ? new StringBuilder(text.length() + 16) : encoded;
        encoded.append(text, from, i);
        for (byte octet : text.substring(i, to).getBytes(charset)) {
          HEX.toHexDigits(encoded.append('%'), octet);
        }
        i = to - 1;
        from = to;
      }
    }
    return encoded == null ? text : encoded.append(text, from, text.length()).toString();
  }

  private static boolean isUriCharacter(char c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || "-._~:/?#[]@!$&'()*+,;=".indexOf(c) >= 0;
  }

  private static boolean isOctet(String text, int at) {
    return text.charAt(at) == '%'
        && at + 2 < text.length()
        && HexFormat.isHexDigit(text.charAt(at + 1))
        && HexFormat.isHexDigit(text.charAt(at + 2));
  }

  /** What a reference means in a document at this URI, which has a scheme (RFC 3986 5.2.2). */
  public UriReference resolve(UriReference reference) {
    if (reference.scheme != null) {
      return reference.withPath(removeDotSegments(reference.path));
    }
    if (reference.authority != null) {
      return new UriReference(
          scheme,
          reference.authority,
          removeDotSegments(reference.path),
          reference.query,
          reference.fragment);
    }
    if (reference.path.isEmpty()) {
      return new UriReference(
          scheme,
          authority,
          path,
          reference.query == null ? query : reference.query,
          reference.fragment);
    }
    String target = reference.path.startsWith("/") ? reference.path : merge(reference.path);
    return new UriReference(
        scheme, authority, removeDotSegments(target), reference.query, reference.fragment);
  }

  /** The same with another path. */
  public UriReference withPath(String other) {
    return new UriReference(scheme, authority, other, query, fragment);
  }

  /** RFC 3986 5.2.3. */
  private String merge(String relative) {
    return authority != null && path.isEmpty()
        ? '/' + relative
        : path.substring(0, path.lastIndexOf('/') + 1) + relative;
  }

  /** The path without its segments {@code .} and {@code ..} (RFC 3986 5.2.4). */
  public static String removeDotSegments(String path) {
    if (!path.contains(".")) {
      return path;
    }
    var output = new StringBuilder(path.length());
    int end;
    for (int start = 0; start < path.length(); start = end) {
      int slash = path.indexOf('/', start + 1);
      end = slash < 0 ? path.length() : slash;
      // A segment with the slash before it; only the first one may have none.
      String segment = path.substring(path.charAt(start) == '/' ? start + 1 : start, end);
      boolean last = slash < 0;
      if (segment.equals("..")) {
        output.setLength(Math.max(0, output.lastIndexOf("/")));
      }
      if (segment.equals("..") || segment.equals(".")) {
        if (last && path.startsWith("/")) {
          output.append('/');
        }
      } else {
        output.append(path, start, end);
      }
    }
    return output.toString();
  }

  /** The parts put together (RFC 3986 5.3). */
  @Override
  public String toString() {
    var text = new StringBuilder();
    if (scheme != null) {
      text.append(scheme).append(':');
    }
    if (authority != null) {
      text.append("//").append(authority);
    }
    text.append(path);
    if (query != null) {
      text.append('?').append(query);
    }
    if (fragment != null) {
      text.append('#').append(fragment);
    }
    return text.toString();
  }
}
