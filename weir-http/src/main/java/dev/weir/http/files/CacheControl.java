package dev.weir.http.files;

import java.time.Duration;

/**
 * What caches may do with the files of a mount: a Cache-Control field (RFC 9111 5.2.2). Immutable.
 *
 * @param value of the field
 */
public record CacheControl(String value) {

  /**
   * Store it, but ask each time whether it is still the same (RFC 9111 5.2.2.4). The question costs
   * a round trip and is mostly answered with 304: right for pages whose names stay when they
   * change.
   */
  public static CacheControl noCache() {
    return new CacheControl("no-cache");
  }

  /** Do not store it at all (RFC 9111 5.2.2.5). */
  public static CacheControl noStore() {
    return new CacheControl("no-store");
  }

  /**
   * Use it for so long without asking (RFC 9111 5.2.2.1).
   *
   * @throws IllegalArgumentException if the time is negative
   */
  public static CacheControl maxAge(Duration time) {
    if (time.isNegative()) {
      throw new IllegalArgumentException("max-age cannot be negative; it was " + time);
    }
    return new CacheControl("max-age=" + time.toSeconds());
  }

  /**
   * And do not even ask when the user reloads, because it never changes (RFC 8246 2): right for
   * files that have a hash in their names.
   */
  public CacheControl immutable() {
    return and("immutable");
  }

  /** And only in the user's own cache, not in one that users share (RFC 9111 5.2.2.7). */
  public CacheControl privately() {
    return and("private");
  }

  /** And no intermediary may change the content, as by compressing it (RFC 9111 5.2.2.6). */
  public CacheControl noTransform() {
    return and("no-transform");
  }

  private CacheControl and(String directive) {
    return new CacheControl(value + ", " + directive);
  }

  /** The value of the field. */
  @Override
  public String toString() {
    return value;
  }
}
