package dev.weir.http.client;

/**
 * How far a client decompresses responses (RFC 9110 8.4): gzip and deflate, when it was the client
 * that asked for them. A call that sets Accept-Encoding or Range itself gets what the server sends.
 *
 * @param maxRatio how many bytes one compressed byte may become; past it the call fails with 502
 * @param alwaysAllowed how many bytes may come out of a body whatever the ratio
 */
public record Decompression(int maxRatio, long alwaysAllowed) {

  /** A hundred bytes out of one, after the first mebibyte. */
  public static final Decompression DEFAULTS = new Decompression(100, 1 << 20);

  /** Checks that there is anything that may come out. */
  public Decompression {
    if (maxRatio < 1 || alwaysAllowed < 0) {
      throw new IllegalArgumentException(
          "maxRatio is " + maxRatio + " and alwaysAllowed " + alwaysAllowed);
    }
  }

  /** This with another {@link #maxRatio}. */
  public Decompression withMaxRatio(int ratio) {
    return new Decompression(ratio, alwaysAllowed);
  }

  /** This with another {@link #alwaysAllowed}. */
  public Decompression withAlwaysAllowed(long bytes) {
    return new Decompression(maxRatio, bytes);
  }
}
