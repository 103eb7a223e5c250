package dev.weir.http.hpack;

/**
 * A field block that cannot be decoded. The two ends no longer agree on the dynamic table, so the
 * caller closes the connection (RFC 9113 4.3: COMPRESSION_ERROR). It carries no stack trace, since
 * a hostile peer can bring it about as often as it likes.
 */
public final class CompressionException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String section;

  /**
   * An error.
   *
   * @param section where the rule stands, as in {@code RFC 7541 5.2}
   * @param message what was received, and what it should have been
   */
  public CompressionException(String section, String message) {
    super(message, null, false, false);
    this.section = section;
  }

  /** The section of the RFC that was broken. */
  public String section() {
    return section;
  }
}
