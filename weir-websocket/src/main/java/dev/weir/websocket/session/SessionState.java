package dev.weir.websocket.session;

/**
 * The closing handshake (RFC 6455 7.1) as a table.
 *
 * <pre>
 *               LOCAL_CLOSE   PEER_CLOSE   FAILURE   END
 * OPEN          CLOSE_SENT    CLOSED       FAILED    LOST
 * CLOSE_SENT    .             CLOSED       FAILED    LOST
 * CLOSED        .             .            .         .
 * FAILED        .             .            .         .
 * LOST          .             .            .         .
 * </pre>
 *
 * <p>A Close frame goes out on every way out of {@code OPEN} but {@code LOST}.
 */
enum SessionState {
  /** Messages go both ways. */
  OPEN,
  /** This end closes, and still hears the peer out until its Close frame. */
  CLOSE_SENT,
  /** Both ends sent their Close frames. */
  CLOSED,
  /** The peer broke the protocol; nothing that it sends counts any more (RFC 6455 7.1.7). */
  FAILED,
  /** The carrier ended without the peer's Close frame. */
  LOST;

  /** What drives it. */
  enum Event {
    /** The application closes. */
    LOCAL_CLOSE,
    /** The peer's Close frame came. */
    PEER_CLOSE,
    /** The peer broke the protocol or exceeded a limit. */
    FAILURE,
    /** The carrier's input ended. */
    END
  }

  SessionState after(Event event) {
    if (isOver()) {
      return this;
    }
    return switch (event) {
      case LOCAL_CLOSE -> CLOSE_SENT;
      case PEER_CLOSE -> CLOSED;
      case FAILURE -> FAILED;
      case END -> LOST;
    };
  }

  /** Tells whether nothing that still comes has a meaning. */
  boolean isOver() {
    return compareTo(CLOSED) >= 0;
  }
}
