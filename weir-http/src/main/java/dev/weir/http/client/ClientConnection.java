package dev.weir.http.client;

import dev.weir.stream.StreamHandler;

/**
 * A connection of any version of HTTP, as its {@link OriginPool} sees it, which it tells when it
 * becomes idle or is of no use any more. Loop thread.
 */
interface ClientConnection extends StreamHandler {

  /** Whether it carries many exchanges at a time, so that one connection is enough. */
  boolean isMultiplexed();

  /** Whether it was opened for that pool's origin, and does not carry its requests besides. */
  boolean isOf(OriginPool origin);

  /** There is nothing to send yet: it is ready, and tells the pool so. */
  void begin();

  /** Whether it carries no exchange. */
  boolean isIdle();

  /** Whether it can carry this attempt now. */
  boolean takes(Attempt attempt);

  /** Whether it will never carry this attempt, which needs HTTP/1.1. */
  boolean refuses(Attempt attempt);

  /** Sends a request as another {@link ClientExchange}. */
  void send(Attempt attempt);

  /** Closes in order once it is idle, at once if it is. */
  void close();
}
