package dev.weir.cli.page;

/** What a visitor may say to the {@link Board}, already checked against the limits. */
sealed interface BoardMessage {

  /** Most characters of a message: room for {@link #MAX_POINTS} of the widest points. */
  int MAX_LENGTH = 4096;

  /** Most points in one message; a longer line comes in several pieces. */
  int MAX_POINTS = 256;

  /** Widest pen, in board units. */
  int MAX_SIZE = 64;

  /** Does on the board, on its loop, what the visitor asked for. */
  void apply(Board board, long visitor);

  /**
   * A piece of a stroke, which begins the stroke or continues it where its last piece ended.
   *
   * @param stroke the visitor's own number for the stroke, 0 or more
   * @param color {@code #rrggbb} in lower case
   * @param size width of the pen, in board units
   * @param points at least one, all within the board
   */
  record Draw(int stroke, String color, int size, Points points) implements BoardMessage {
    @Override
    public void apply(Board board, long visitor) {
      board.draw(visitor, this);
    }
  }

  /** Wipes the board for everybody. */
  record Clear() implements BoardMessage {
    @Override
    public void apply(Board board, long visitor) {
      board.clear(visitor);
    }
  }

  /**
   * Reads a message.
   *
   * @throws RejectedMessageException if it is not JSON, not of this protocol, or past a limit
   */
  static BoardMessage parse(String text) throws RejectedMessageException {
    return new BoardMessageReader().read(text);
  }
}
