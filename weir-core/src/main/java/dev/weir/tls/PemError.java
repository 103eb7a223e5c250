package dev.weir.tls;

/** PEM text is malformed, or holds something else than was asked for. */
public final class PemError extends CredentialError {
  private static final long serialVersionUID = 1;

  private final String source;
  private final int line;

  PemError(String source, int line, String message) {
    super(source + ":" + line + ": " + message);
    this.source = source;
    this.line = line;
  }

  PemError(String source, int line, String message, Throwable cause) {
    super(source + ":" + line + ": " + message, cause);
    this.source = source;
    this.line = line;
  }

  /** Returns the file name, or what else the text came from. */
  public String source() {
    return source;
  }

  /** Returns the line at fault, counted from 1. */
  public int line() {
    return line;
  }
}
