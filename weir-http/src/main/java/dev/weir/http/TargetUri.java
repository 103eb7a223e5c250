package dev.weir.http;

import dev.weir.http.uri.UriReference;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The target URI of a request (RFC 9110 7.1): where to connect to, and what to ask for there.
 * Immutable.
 *
 * @param origin whom to ask
 * @param requestTarget path and query in origin-form, percent-encoded, starting with a slash (RFC
 *     9112 3.2.1); the fragment stays with the client
 */
public record TargetUri(Origin origin, String requestTarget) {

  /**
   * Reads an absolute URI. Spaces and letters beyond ASCII are percent-encoded as UTF-8, dot
   * segments removed.
   *
   * @throws IllegalArgumentException if it is none, or its scheme is not of HTTP or WebSocket
   */
  public static TargetUri parse(String uri) {
    String encoded = UriReference.encode(uri, StandardCharsets.UTF_8);
    if (encoded == null) {
      throw new IllegalArgumentException("A URI has no control characters (RFC 3986 2)");
    }
    return of(UriReference.split(encoded));
  }

  /**
   * As {@link #parse}.
   *
   * @throws IllegalArgumentException as there
   */
  public static TargetUri of(URI uri) {
    return parse(uri.toString());
  }

  /**
   * Reads what a Location field says (RFC 9110 10.2.2), relative to this. Octets that do not belong
   * in a URI are percent-encoded as they came.
   *
   * @throws IllegalArgumentException if that is no URI of HTTP or WebSocket
   */
  public TargetUri resolve(String location) {
    String encoded = UriReference.encode(location, StandardCharsets.ISO_8859_1);
    if (encoded == null) {
      throw new IllegalArgumentException("A URI has no control characters (RFC 3986 2)");
    }
    return of(UriReference.split(toString()).resolve(UriReference.split(encoded)));
  }

  private static TargetUri of(UriReference uri) {
    String scheme = uri.scheme();
    String authority = uri.authority();
    if (scheme == null || authority == null || authority.isEmpty()) {
      throw new IllegalArgumentException(
          "Not an absolute URI such as https://example.com/path: " + uri);
    }
    var origin = Origin.of(scheme, authority);
    String path = UriReference.removeDotSegments(uri.path());
    String target = path.isEmpty() ? "/" : path;
    return new TargetUri(origin, uri.query() == null ? target : target + '?' + uri.query());
  }

  /** The path, percent-encoded, at least a slash. */
  public String path() {
    int question = requestTarget.indexOf('?');
    return question < 0 ? requestTarget : requestTarget.substring(0, question);
  }

  /** The query, percent-encoded; null if there is no question mark. */
  public @Nullable String query() {
    int question = requestTarget.indexOf('?');
    return question < 0 ? null : requestTarget.substring(question + 1);
  }

  /** The whole URI. */
  @Override
  public String toString() {
    return origin + requestTarget;
  }
}
