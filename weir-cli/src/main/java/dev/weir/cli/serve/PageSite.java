package dev.weir.cli.serve;

import dev.weir.Host;
import dev.weir.Weir;
import dev.weir.cli.page.Board;
import dev.weir.cli.page.StatusFeed;
import dev.weir.http.HttpHandler;
import dev.weir.loop.Loop;
import dev.weir.net.Validity;
import dev.weir.websocket.WebSocketConfig;
import dev.weir.websocket.WebSocketEndpoint;
import dev.weir.websocket.WebSocketLimits;
import java.time.Duration;
import java.util.List;

/** The page that shows what Weir does, and the three WebSockets that it opens. */
final class PageSite {

  private static final List<String> FILES =
      List.of(
          "index.html",
          "style.css",
          "favicon.svg",
          "app.js",
          "board.js",
          "chart.js",
          "echo.js",
          "format.js",
          "socket.js",
          "status.js");

  /** A message of the board has at most 4,096 characters, each at most three bytes. */
  private static final WebSocketLimits SMALL =
      WebSocketLimits.DEFAULTS.withMaxMessageBytes(3 * 4096);

  /** A second of silence is time for a ping: the page shows round-trip times as they change. */
  private static final Validity.Policy VALIDITY =
      new Validity.Policy(Duration.ofSeconds(1), Duration.ofSeconds(30));

  private static final WebSocketConfig CONFIG =
      WebSocketConfig.SERVER.withLimits(SMALL).withValidity(VALIDITY);

  private final Board board;
  private final StatusFeed feed;
  private final LiveConnections live;

  /**
   * @param kind the name of the kind of the loops, for the page to show
   */
  PageSite(Weir weir, String kind) {
    Loop loop = weir.context().loops().getFirst();
    this.live = new LiveConnections(weir, kind);
    this.board = new Board(loop);
    this.feed = new StatusFeed(loop, live::status);
    live.watch(feed);
  }

  void addTo(Host host) {
    for (String file : FILES) {
      HttpHandler handler = new PageFile(file);
      host.get("/" + file, handler);
      if (file.equals("index.html")) {
        host.get("/", handler);
      }
    }
    host.webSocket("/ws/echo", endpoint(live.counted(EchoWebSocket::new)))
        .webSocket("/ws/board", endpoint(live.counted(() -> new BoardWebSocket(board))))
        .webSocket(StatusFeed.PATH, endpoint(live.counted(() -> new StatusWebSocket(feed))));
  }

  private static WebSocketEndpoint endpoint(LiveConnections.Counted handlers) {
    return WebSocketEndpoint.of(handlers).with(CONFIG);
  }
}
