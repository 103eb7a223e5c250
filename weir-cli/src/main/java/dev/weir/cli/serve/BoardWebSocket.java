package dev.weir.cli.serve;

import dev.weir.cli.page.Board;
import dev.weir.cli.page.RejectedMessageException;
import dev.weir.websocket.CloseCode;
import dev.weir.websocket.WebSocket;
import dev.weir.websocket.WebSocketHandler;
import org.jspecify.annotations.Nullable;

/** A visitor of the drawing board. */
final class BoardWebSocket implements WebSocketHandler {

  private final Board board;
  private Board.@Nullable Visitor visitor;

  BoardWebSocket(Board board) {
    this.board = board;
  }

  @Override
  public void opened(WebSocket ws) {
    visitor =
        board.join(
            message -> {
              if (ws.isOpen()) {
                ws.send(message);
              }
            },
            () -> ws.close(CloseCode.TRY_AGAIN_LATER, "the board is full"));
  }

  @Override
  public void text(WebSocket ws, String message) {
    Board.Visitor here = visitor;
    if (here == null) {
      return;
    }
    try {
      here.receive(message);
    } catch (RejectedMessageException e) {
      ws.close(CloseCode.POLICY_VIOLATION, String.valueOf(e.getMessage()));
    }
  }

  @Override
  public void closed(WebSocket ws, int code, String reason) {
    Board.Visitor here = visitor;
    if (here != null) {
      here.leave();
    }
  }
}
