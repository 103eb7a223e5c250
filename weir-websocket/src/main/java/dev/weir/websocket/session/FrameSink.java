package dev.weir.websocket.session;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Where a session's frames go: the outgoing buffer, which its owner lends.
 *
 * <p>Called on the loop only. What the session writes into the buffer before it returns, as its
 * position tells, is whole frames or nothing, and is to leave in order.
 */
@FunctionalInterface
public interface FrameSink {

  /** No frame ever needs more room than this to start; less than it may be refused for good. */
  int LEAST_ROOM = 1024;

  /**
   * Lends the buffer that frames are put into.
   *
   * @param needed the room in bytes without which nothing can be written, at most {@link
   *     #LEAST_ROOM}
   * @param wished the room in bytes with which no message need be split: reason enough to empty the
   *     buffer first, if that is possible at once
   * @return a buffer in network byte order with at least {@code needed} bytes left, or null while
   *     output is blocked; then {@link WebSocketSession#writable} is to be called later
   */
  @Nullable ByteBuffer lend(int needed, int wished);
}
