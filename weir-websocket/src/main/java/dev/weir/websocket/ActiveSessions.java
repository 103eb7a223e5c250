package dev.weir.websocket;

import dev.weir.loop.Loop;
import org.jspecify.annotations.Nullable;

/**
 * The connections of one loop that were active last. One that falls out of their number gives up
 * its session until it is needed again: so an idle connection is little more than its stream.
 */
final class ActiveSessions {

  private static final int KEPT = 256;

  private final @Nullable WebSocketConnection[] recent = new @Nullable WebSocketConnection[KEPT];
  private int next;

  static ActiveSessions of(Loop loop) {
    return loop.local(ActiveSessions.class, ActiveSessions::new);
  }

  /** Takes a connection in that was idle until now. */
  void add(WebSocketConnection connection) {
    WebSocketConnection oldest = recent[next];
    recent[next] = connection;
    next = (next + 1) % KEPT;
    if (oldest != null) {
      oldest.rest();
    }
  }

  /** Forgets a connection that has ended, and with it half a message that it may have. */
  void remove(WebSocketConnection connection) {
    for (int n = 0; n < KEPT; n++) {
      if (recent[n] == connection) {
        recent[n] = null;
      }
    }
  }
}
