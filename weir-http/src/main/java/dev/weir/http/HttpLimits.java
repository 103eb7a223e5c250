package dev.weir.http;

/**
 * How much of everything a peer may send, so that no peer can take more memory or time than was
 * meant for it. Each limit has its default in {@link #DEFAULTS} and a {@code with} method.
 *
 * @param requestLineBytes length of a request or status line with its line end; a longer target is
 *     answered with 414 (RFC 9112 3), a longer method with 501
 * @param fieldLineBytes length of one field line with its line end; past it 431 (RFC 6585 5)
 * @param headerCount field lines in a header section; past it 431 (RFC 6585 5)
 * @param headerSectionBytes length of all field lines of a header section; past it 431
 * @param chunkExtensionBytes length of chunk extensions in one body, beyond as many bytes as the
 *     body itself had so far; past it 400 (RFC 9112 7.1.1)
 * @param trailerCount field lines in a trailer section; past it 431 (RFC 6585 5)
 * @param trailerSectionBytes length of all field lines of a trailer section; past it 431
 * @param bodyBytes length of a request body, chunks counted without their framing; past it 413 (RFC
 *     9110 15.5.14)
 */
public record HttpLimits(
    int requestLineBytes,
    int fieldLineBytes,
    int headerCount,
    int headerSectionBytes,
    int chunkExtensionBytes,
    int trailerCount,
    int trailerSectionBytes,
    long bodyBytes) {

  /** What holds unless something else is asked for. */
  public static final HttpLimits DEFAULTS =
      new HttpLimits(8 << 10, 8 << 10, 100, 32 << 10, 1 << 10, 32, 8 << 10, 64L << 20);

  /** A length beyond this is no limit any more, and sums of two could overflow. */
  private static final int GREATEST = 1 << 28;

  /** Checks that no limit is too small for any message at all, or beyond 256 MiB but for bodies. */
  public HttpLimits {
    check("requestLineBytes", 16, requestLineBytes, GREATEST);
    check("fieldLineBytes", 16, fieldLineBytes, GREATEST);
    check("headerCount", 1, headerCount, GREATEST);
    check("headerSectionBytes", 16, headerSectionBytes, GREATEST);
    check("chunkExtensionBytes", 0, chunkExtensionBytes, GREATEST);
    check("trailerCount", 0, trailerCount, GREATEST);
    check("trailerSectionBytes", 2, trailerSectionBytes, GREATEST);
    check("bodyBytes", 0, bodyBytes, Long.MAX_VALUE);
  }

  private static void check(String name, long least, long value, long greatest) {
    if (value < least || value > greatest) {
      throw new IllegalArgumentException(
          "%s is %d; it must be from %d to %d".formatted(name, value, least, greatest));
    }
  }

  /** These limits with another {@link #requestLineBytes}. */
  public HttpLimits withRequestLineBytes(int bytes) {
    return new HttpLimits(
        bytes,
        fieldLineBytes,
        headerCount,
        headerSectionBytes,
        chunkExtensionBytes,
        trailerCount,
        trailerSectionBytes,
        bodyBytes);
  }

  /** These limits with another {@link #fieldLineBytes}. */
  public HttpLimits withFieldLineBytes(int bytes) {
    return new HttpLimits(
        requestLineBytes,
        bytes,
        headerCount,
        headerSectionBytes,
        chunkExtensionBytes,
        trailerCount,
        trailerSectionBytes,
        bodyBytes);
  }

  /** These limits with another {@link #headerCount}. */
  public HttpLimits withHeaderCount(int count) {
    return new HttpLimits(
        requestLineBytes,
        fieldLineBytes,
        count,
        headerSectionBytes,
        chunkExtensionBytes,
        trailerCount,
        trailerSectionBytes,
        bodyBytes);
  }

  /** These limits with another {@link #headerSectionBytes}. */
  public HttpLimits withHeaderSectionBytes(int bytes) {
    return new HttpLimits(
        requestLineBytes,
        fieldLineBytes,
        headerCount,
        bytes,
        chunkExtensionBytes,
        trailerCount,
        trailerSectionBytes,
        bodyBytes);
  }

  /** These limits with another {@link #chunkExtensionBytes}. */
  public HttpLimits withChunkExtensionBytes(int bytes) {
    return new HttpLimits(
        requestLineBytes,
        fieldLineBytes,
        headerCount,
        headerSectionBytes,
        bytes,
        trailerCount,
        trailerSectionBytes,
        bodyBytes);
  }

  /** These limits with another {@link #trailerCount}. */
  public HttpLimits withTrailerCount(int count) {
    return new HttpLimits(
        requestLineBytes,
        fieldLineBytes,
        headerCount,
        headerSectionBytes,
        chunkExtensionBytes,
        count,
        trailerSectionBytes,
        bodyBytes);
  }

  /** These limits with another {@link #trailerSectionBytes}. */
  public HttpLimits withTrailerSectionBytes(int bytes) {
    return new HttpLimits(
        requestLineBytes,
        fieldLineBytes,
        headerCount,
        headerSectionBytes,
        chunkExtensionBytes,
        trailerCount,
        bytes,
        bodyBytes);
  }

  /** These limits with another {@link #bodyBytes}. */
  public HttpLimits withBodyBytes(long bytes) {
    return new HttpLimits(
        requestLineBytes,
        fieldLineBytes,
        headerCount,
        headerSectionBytes,
        chunkExtensionBytes,
        trailerCount,
        trailerSectionBytes,
        bytes);
  }
}
