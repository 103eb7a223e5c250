package dev.weir.cli.page;

import java.io.Serial;

/**
 * A visitor's message that the board does not take. Its WebSocket is to be closed with code 1008,
 * policy violation (RFC 6455 7.4.1), and this exception's message as the reason: it is short enough
 * for a close frame, and repeats nothing that the visitor sent.
 */
public final class RejectedMessageException extends Exception {
  @Serial private static final long serialVersionUID = 1;

  RejectedMessageException(String message) {
    super(message);
  }
}
