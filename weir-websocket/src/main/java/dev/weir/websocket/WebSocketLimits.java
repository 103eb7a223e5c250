package dev.weir.websocket;

/**
 * What one connection may cost. Immutable; start from {@link #DEFAULTS}.
 *
 * @param maxMessageBytes the largest message that is taken, in bytes after inflating; a larger one
 *     fails the connection with 1009, before memory is spent on it. Messages that are streamed to
 *     their handler are bounded too: raise it where they may be endless.
 * @param maxQueuedPongBytes how much memory the answers to pings may take while output is blocked,
 *     at least {@value #LEAST_QUEUED_PONG_BYTES}; beyond it nothing is read until they have left,
 *     so that every ping is answered and a flood of them stalls its sender
 */
public record WebSocketLimits(long maxMessageBytes, int maxQueuedPongBytes) {

  /** The room that the answer to one ping of the largest size takes. */
  public static final int LEAST_QUEUED_PONG_BYTES = 127;

  /** One MiB a message, 4 KiB of pongs. */
  public static final WebSocketLimits DEFAULTS = new WebSocketLimits(1 << 20, 4 << 10);

  /** Checks the ranges. */
  public WebSocketLimits {
    if (maxMessageBytes < 0) {
      throw new IllegalArgumentException("maxMessageBytes " + maxMessageBytes + " is negative");
    }
    if (maxQueuedPongBytes < LEAST_QUEUED_PONG_BYTES) {
      throw new IllegalArgumentException(
          "maxQueuedPongBytes " + maxQueuedPongBytes + " is below " + LEAST_QUEUED_PONG_BYTES);
    }
  }

  /**
   * Sets the largest message.
   *
   * @param bytes see {@link #maxMessageBytes}
   * @return limits that differ in this alone
   */
  public WebSocketLimits withMaxMessageBytes(long bytes) {
    return new WebSocketLimits(bytes, maxQueuedPongBytes);
  }

  /**
   * Sets the memory for pongs.
   *
   * @param bytes see {@link #maxQueuedPongBytes}
   * @return limits that differ in this alone
   */
  public WebSocketLimits withMaxQueuedPongBytes(int bytes) {
    return new WebSocketLimits(maxMessageBytes, bytes);
  }
}
