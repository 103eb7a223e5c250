package dev.weir.websocket;

import dev.weir.stream.WeirException;
import java.io.Serial;

/** A message was not accepted because too much is waiting to be sent: the peer reads too slowly. */
public final class QueueFullException extends WeirException {

  @Serial private static final long serialVersionUID = 1L;

  /** Says how much is waiting and how much may. */
  QueueFullException(int queued, int limit) {
    super(
        "websocket",
        -1,
        "",
        queued + " bytes are waiting for the peer, at most " + limit + " may: send less, or close",
        null);
  }
}
