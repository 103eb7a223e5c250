package dev.weir.http.coding;

import dev.weir.http.FieldLists;
import dev.weir.http.HeaderName;
import dev.weir.http.Headers;
import dev.weir.http.Status;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether the response of a handler is compressed on its way out, and changes its fields to
 * match. Immutable.
 *
 * @param leastBytes bodies known to be shorter go as they are: a packet is a packet
 */
public record CompressionPolicy(long leastBytes) {
  /** The default of {@link #leastBytes}: less fits into one packet anyway. */
  public static final int DEFAULT_LEAST_BYTES = 1024;

  /** What holds unless something else is asked for. */
  public static final CompressionPolicy DEFAULT = new CompressionPolicy(DEFAULT_LEAST_BYTES);

  /** Checks that the length is not negative. */
  public CompressionPolicy {
    if (leastBytes < 0) {
      throw new IllegalArgumentException("leastBytes is " + leastBytes + "; it must be at least 0");
    }
  }

  /**
   * Chooses the coding. If the body may be compressed at all, Vary says so to caches, whatever this
   * client takes (RFC 9110 12.5.5). If it is to be compressed, Content-Encoding is set,
   * Content-Length and Accept-Ranges, which were about the body as it was, go, and a strong ETag
   * becomes weak, since the bytes are others now (RFC 9110 8.8.3.3).
   *
   * @param response the fields of the response, which are changed
   * @param length of its body in bytes, negative if it is not known
   * @return the coding in which the body must be sent, or null to send it as it is
   */
  public @Nullable ContentCoding apply(
      Status status, Headers response, long length, AcceptEncoding accepted) {
    if (!mayCompress(status, response, length)) {
      return null;
    }
    addVary(response);
    var codings = accepted.choose(ContentCoding.DYNAMIC);
    if (codings.isEmpty()) {
      return null;
    }
    response.set(HeaderName.CONTENT_ENCODING, codings.getFirst().token());
    response.remove(HeaderName.CONTENT_LENGTH);
    response.remove(HeaderName.ACCEPT_RANGES);
    String tag = response.get(HeaderName.ETAG);
    if (tag != null && tag.startsWith("\"")) {
      response.set(HeaderName.ETAG, "W/" + tag);
    }
    return codings.getFirst();
  }

  private boolean mayCompress(Status status, Headers response, long length) {
    String type = response.get(HeaderName.CONTENT_TYPE);
    return type != null
        && CompressibleTypes.contains(type)
        && (length < 0 || length >= leastBytes)
        && hasWholeBody(status)
        && !response.contains(HeaderName.CONTENT_ENCODING)
        && !response.contains(HeaderName.CONTENT_RANGE)
        && !FieldLists.contains(response, HeaderName.CACHE_CONTROL, "no-transform");
  }

  private static boolean hasWholeBody(Status status) {
    return switch (status.code()) {
      case 204, 205, 206, 304 -> false;
      default -> !status.informational();
    };
  }

  private static void addVary(Headers response) {
    if (!FieldLists.contains(response, HeaderName.VARY, "*")
        && !FieldLists.contains(response, HeaderName.VARY, "Accept-Encoding")) {
      response.add(HeaderName.VARY, "Accept-Encoding");
    }
  }
}
