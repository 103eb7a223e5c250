package dev.weir.http;

import java.time.Duration;

/**
 * How long a server waits for a peer, each with its default in {@link #DEFAULTS}.
 *
 * @param idle for the first byte of a request, on a new connection or between requests; then the
 *     connection is closed in silence
 * @param head for the rest of a head, from its first byte on; then 408. It is not prolonged by
 *     bytes that come: slow ones have no more time than others
 * @param body for more of a body, while somebody wants it; then 408
 * @param send for the peer to take anything more of a response; then the connection, or the stream
 *     of HTTP/2, is cut
 * @param bodyRate how fast a body must come while somebody wants it; else 408 (RFC 9110 15.5.9).
 *     Over HTTP/2 it is the connection's rate, of all streams together
 * @param sendRate how fast the peer must take a response that waits for it; else the connection, or
 *     the stream of HTTP/2, is cut. Over HTTP/2 it is the connection's rate too
 */
public record HttpTimeouts(
    Duration idle,
    Duration head,
    Duration body,
    Duration send,
    MinimumRate bodyRate,
    MinimumRate sendRate) {

  /**
   * A minute idle, ten seconds for a head, thirty for more of a body, a minute to take more of a
   * response; and 256 bytes per second both ways, in the mean of thirty seconds.
   */
  public static final HttpTimeouts DEFAULTS =
      new HttpTimeouts(
          Duration.ofSeconds(60),
          Duration.ofSeconds(10),
          Duration.ofSeconds(30),
          Duration.ofSeconds(60),
          new MinimumRate(256, Duration.ofSeconds(30)),
          new MinimumRate(256, Duration.ofSeconds(30)));

  /** These with another {@link #idle}. */
  public HttpTimeouts withIdle(Duration value) {
    return new HttpTimeouts(value, head, body, send, bodyRate, sendRate);
  }

  /** These with another {@link #head}. */
  public HttpTimeouts withHead(Duration value) {
    return new HttpTimeouts(idle, value, body, send, bodyRate, sendRate);
  }

  /** These with another {@link #body}. */
  public HttpTimeouts withBody(Duration value) {
    return new HttpTimeouts(idle, head, value, send, bodyRate, sendRate);
  }

  /** These with another {@link #send}. */
  public HttpTimeouts withSend(Duration value) {
    return new HttpTimeouts(idle, head, body, value, bodyRate, sendRate);
  }

  /** These with another {@link #bodyRate}. */
  public HttpTimeouts withBodyRate(MinimumRate value) {
    return new HttpTimeouts(idle, head, body, send, value, sendRate);
  }

  /** These with another {@link #sendRate}. */
  public HttpTimeouts withSendRate(MinimumRate value) {
    return new HttpTimeouts(idle, head, body, send, bodyRate, value);
  }
}
