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

  /** Checks that no limit is negative or too small for any message at all. */
  public HttpLimits {
    atLeast(16, requestLineBytes, "requestLineBytes");
    atLeast(16, fieldLineBytes, "fieldLineBytes");
    atLeast(1, headerCount, "headerCount");
    atLeast(16, headerSectionBytes, "headerSectionBytes");
    atLeast(0, chunkExtensionBytes, "chunkExtensionBytes");
    atLeast(0, trailerCount, "trailerCount");
    atLeast(2, trailerSectionBytes, "trailerSectionBytes");
    atLeast(0, bodyBytes, "bodyBytes");
  }

  private static void atLeast(long least, long value, String name) {
    if (value < least) {
      throw new IllegalArgumentException(name + " is " + value + "; it must be at least " + least);
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
