package dev.weir.http.client;

/**
 * A connection of any version of HTTP, as its {@link OriginPool} sees it, which it tells when it
 * becomes idle or is of no use any more. Loop thread.
 */
interface ClientConnection {

  /** Whether it carries no exchange. */
  boolean isIdle();

  /** Whether it can carry this attempt now. */
  boolean takes(Attempt attempt);

  /** Sends a request as another {@link ClientExchange}. */
  void send(Attempt attempt);

  /** Closes in order once it is idle, at once if it is. */
  void close();
}
