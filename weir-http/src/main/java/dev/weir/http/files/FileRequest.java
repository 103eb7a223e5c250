package dev.weir.http.files;

import dev.weir.http.HeaderName;
import dev.weir.http.Headers;
import dev.weir.http.Method;
import dev.weir.http.coding.AcceptEncoding;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * All that a mount needs to know of a request: read on the loop, where the request's fields live,
 * and then passed to a thread that may block. Immutable.
 *
 * @param path the whole path of the request, percent-encoded
 * @param query the part after the question mark, null if there is none
 * @param below what of the path follows the mount's prefix
 * @param range the Range field
 * @param now the time that the answer's Date field will say
 */
record FileRequest(
    Method method,
    String path,
    @Nullable String query,
    String below,
    Preconditions conditions,
    @Nullable String range,
    AcceptEncoding accepted,
    Instant now) {

  static FileRequest read(
      Method method,
      String path,
      @Nullable String query,
      String below,
      Headers headers,
      Instant now) {
    return new FileRequest(
        method,
        path,
        query,
        below,
        Preconditions.read(headers, now),
        headers.joined(HeaderName.RANGE),
        AcceptEncoding.parse(headers.joined(HeaderName.ACCEPT_ENCODING)),
        now);
  }

  boolean isHead() {
    return method.equals(Method.HEAD);
  }

  /** Whether the path ends in a slash, as the path of a directory should. */
  boolean namesDirectory() {
    return path.endsWith("/");
  }
}
