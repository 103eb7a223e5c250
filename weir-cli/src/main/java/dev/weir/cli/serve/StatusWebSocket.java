package dev.weir.cli.serve;

import dev.weir.cli.page.StatusFeed;
import dev.weir.websocket.WebSocket;
import dev.weir.websocket.WebSocketHandler;
import org.jspecify.annotations.Nullable;

/** Somebody who looks at the live connections. */
final class StatusWebSocket implements WebSocketHandler {

  private final StatusFeed feed;
  private StatusFeed.@Nullable Viewer viewer;

  StatusWebSocket(StatusFeed feed) {
    this.feed = feed;
  }

  @Override
  public void opened(WebSocket ws) {
    viewer =
        feed.join(snapshot -> {
          if (ws.isOpen()) {
            ws.send(snapshot);
          }
        });
  }

  @Override
  public void closed(WebSocket ws, int code, String reason) {
    StatusFeed.Viewer here = viewer;
    if (here != null) {
      here.leave();
    }
  }
}
