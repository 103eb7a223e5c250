package dev.weir.tls;

/**
 * Why {@link TlsEngine#unwrap} or {@link TlsEngine#wrap} came back.
 *
 * <p>Both calls do as much as they can before they return, so the status names what has to happen
 * next, not how much was done: that is told by the positions of the two buffers.
 */
public enum TlsStatus {
  /** {@code wrap} only: all application bytes are in records and nothing else waits to be sent. */
  OK,
  /**
   * More bytes of the peer are needed. From {@code unwrap}: what is left in {@code net}, if
   * anything, is an incomplete record, to be presented again with more bytes after it. From {@code
   * wrap}: the handshake waits for the peer, and the application bytes were not taken.
   */
  NEED_INPUT,
  /** The destination has no room for the next record: drain it and call again. */
  NEED_OUTPUT_ROOM,
  /** {@code unwrap} only: the engine has bytes to send first. Call {@code wrap}, then go on. */
  WANT_WRAP,
  /** A long computation waits: run {@link TlsEngine#task()} anywhere, then call again. */
  TASK,
  /**
   * This direction has ended in order. From {@code unwrap}: the peer sent close_notify; call {@code
   * wrap} once, for TLS 1.2 answers with its own. From {@code wrap}: the last byte has been put.
   */
  CLOSED
}
