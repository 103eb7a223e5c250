package dev.weir.stream;

import org.jspecify.annotations.Nullable;

/**
 * What went wrong, on which layer. Each protocol has its own sealed family below this class, with
 * the protocol's own code. Messages say what was received, what was expected and what to do.
 */
public abstract class WeirException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String layer;
  private final long code;
  private final String reference;

  /**
   * @param layer the layer that failed, in lower case: {@code tcp}, {@code tls}, {@code http/1.1}
   * @param code the layer's own code (a status, an alert, a close code, an error code), or -1
   * @param reference the section that defines the rule, such as {@code RFC 9112 6.1}, or empty
   */
  protected WeirException(
      String layer, long code, String reference, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.layer = layer;
    this.code = code;
    this.reference = reference;
  }

  /**
   * As the other, without a stack trace and without a cause: for what a hostile peer can bring
   * about as often as it likes.
   */
  protected WeirException(String layer, long code, String reference, String message) {
    super(message, null, false, false);
    this.layer = layer;
    this.code = code;
    this.reference = reference;
  }

  /** The layer that failed, in lower case. */
  public final String layer() {
    return layer;
  }

  /** The layer's own code, or -1 where it has none. */
  public final long code() {
    return code;
  }

  /** The section that defines the rule which was broken, or the empty string. */
  public final String reference() {
    return reference;
  }
}
