package dev.weir.http.h2;

/**
 * The states of a stream that is neither idle nor reserved (RFC 9113 5.1).
 *
 * <pre>
 *                    we end           the peer ends       either resets
 * OPEN               HALF_CLOSED_LOCAL HALF_CLOSED_REMOTE  CLOSED
 * HALF_CLOSED_LOCAL  -                 CLOSED              CLOSED
 * HALF_CLOSED_REMOTE CLOSED            -                   CLOSED
 * </pre>
 */
enum StreamState {
  OPEN,
  HALF_CLOSED_LOCAL,
  HALF_CLOSED_REMOTE,
  CLOSED;

  /** We have sent END_STREAM. */
  StreamState weEnd() {
    return this == OPEN ? HALF_CLOSED_LOCAL : CLOSED;
  }

  /** The peer has sent END_STREAM. */
  StreamState peerEnds() {
    return this == OPEN ? HALF_CLOSED_REMOTE : CLOSED;
  }

  /** Whether we may send more than WINDOW_UPDATE, PRIORITY and RST_STREAM. */
  boolean canSend() {
    return this == OPEN || this == HALF_CLOSED_REMOTE;
  }

  /** Whether the peer may. */
  boolean canReceive() {
    return this == OPEN || this == HALF_CLOSED_LOCAL;
  }
}
