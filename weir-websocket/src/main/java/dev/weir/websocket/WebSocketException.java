package dev.weir.websocket;

/**
 * The peer broke the protocol, or exceeded a limit: the connection fails with a close code.
 *
 * <p>Carries no stack trace: it tells of the peer's bytes, not of a fault in this program, and a
 * peer must not be able to make errors expensive.
 */
public final class WebSocketException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final int closeCode;
  private final String section;

  /**
   * Makes an error out of what was received.
   *
   * @param closeCode the code that the Close frame carries (see {@link CloseCode})
   * @param section the section of the RFC that was broken, as {@code RFC 6455 5.2}
   * @param message what was received, and what was expected
   */
  public WebSocketException(int closeCode, String section, String message) {
    super(message, null, false, false);
    this.closeCode = closeCode;
    this.section = section;
  }

  /**
   * Returns the code with which the connection is closed.
   *
   * @return one of {@link CloseCode}
   */
  public int closeCode() {
    return closeCode;
  }

  /**
   * Returns the section of the RFC that the peer did not keep.
   *
   * @return as {@code RFC 6455 5.2}
   */
  public String section() {
    return section;
  }
}
