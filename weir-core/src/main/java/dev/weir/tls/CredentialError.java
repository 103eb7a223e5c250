package dev.weir.tls;

/**
 * A key, certificate, chain or set of trust anchors cannot be used as it was given. Thrown while
 * configuring, never on a live connection; the message says what was found, what was expected and
 * what to do.
 */
public sealed class CredentialError extends IllegalArgumentException permits PemError {
  private static final long serialVersionUID = 1;

  /** Makes an error without a cause. */
  public CredentialError(String message) {
    super(message);
  }

  /** Makes an error with the library's exception as its cause. */
  public CredentialError(String message, Throwable cause) {
    super(message, cause);
  }
}
