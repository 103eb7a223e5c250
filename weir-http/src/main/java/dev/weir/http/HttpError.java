package dev.weir.http;

import dev.weir.stream.WeirException;

/**
 * A breach of HTTP by the peer, or a limit of ours that the peer passed.
 *
 * <p>It says which status answers it, which section of which RFC asks for that, what was received,
 * what was expected and what to do about it. After one the framing of the connection cannot be
 * trusted any more: the status is sent if the role may send one, and the connection is closed.
 *
 * <p>It is made for every malformed message that a hostile peer cares to send, so it carries no
 * stack trace; the section says more.
 */
public final class HttpError extends WeirException {
  private static final long serialVersionUID = 1L;

  private final transient Status status;
  private final String received;
  private final String expected;
  private final String remedy;

  /**
   * An error.
   *
   * @param status what a server answers; 502 for what a client or gateway received
   * @param section where the rule stands, as in {@code RFC 9112 6.1}
   * @param received what came, unprintable bytes escaped
   * @param expected what should have come
   * @param remedy what whoever reads this should do
   */
  public HttpError(Status status, String section, String received, String expected, String remedy) {
    super(
        "http",
        status.code(),
        section,
        "%s: received %s; expected %s (%s); %s"
            .formatted(status, received, expected, section, remedy));
    this.status = status;
    this.received = received;
    this.expected = expected;
    this.remedy = remedy;
  }

  /** The status to answer with. */
  public Status status() {
    return status;
  }

  /** The section of the RFC that was broken, as in {@code RFC 9112 6.1}. */
  public String section() {
    return reference();
  }

  /** What came. */
  public String received() {
    return received;
  }

  /** What should have come. */
  public String expected() {
    return expected;
  }

  /** What to do about it. */
  public String remedy() {
    return remedy;
  }
}
