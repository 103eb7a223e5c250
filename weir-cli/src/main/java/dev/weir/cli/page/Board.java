package dev.weir.cli.page;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/**
 * The drawing board that all visitors of the page share: every stroke goes to everybody at once,
 * and who comes later gets the strokes so far.
 *
 * <p>The board lives on the executor that it is given, which runs one task at a time in order: a
 * loop. That order is the one in which all visitors see strokes and wipes. Every method, and every
 * method of {@link Visitor}, may be called from any thread and returns at once.
 */
public final class Board {

  /** Right edge of the board; x is an integer from 0 to this. */
  public static final int WIDTH = 1600;

  /** Lower edge of the board; y is an integer from 0 to this. */
  public static final int HEIGHT = 1000;

  /** Most points that one stroke grows to; pieces past that are not drawn. */
  public static final int MAX_STROKE_POINTS = 2_000;

  /** Most points that the board keeps for those who come later; the oldest strokes go first. */
  public static final int MAX_KEPT_POINTS = 20_000;

  /** Most visitors at once: each piece of a stroke is sent to every one of them. */
  public static final int MAX_VISITORS = 500;

  private static final List<String> COLORS =
      List.of("#e4572e", "#2e86de", "#17a673", "#f0a202", "#8e5bd8", "#d6336c", "#0fa3b1");

  private final Executor loop;
  private final Drawing drawing = new Drawing();
  private final LinkedHashMap<Long, Consumer<String>> visitors = new LinkedHashMap<>();
  private long lastVisitor;

  /**
   * An empty board.
   *
   * @param loop runs the board's work, one task at a time and in order
   */
  public Board(Executor loop) {
    this.loop = loop;
  }

  /**
   * Lets a visitor in. It is sent the board as it is, then whatever happens.
   *
   * @param send sends one text message to the visitor; called on the board's loop, must not block
   *     and must not throw
   * @param refuse called on the board's loop, and nothing else is, if {@link #MAX_VISITORS} are in:
   *     the WebSocket is to be closed with code 1013, try again later
   */
  public Visitor join(Consumer<String> send, Runnable refuse) {
    var visitor = new Visitor();
    loop.execute(() -> enter(visitor, send, refuse));
    return visitor;
  }

  private void enter(Visitor visitor, Consumer<String> send, Runnable refuse) {
    if (visitors.size() == MAX_VISITORS) {
      refuse.run();
      return;
    }
    long id = ++lastVisitor;
    visitor.id = id;
    visitors.put(id, send);
    send.accept(hello(id));
    sayVisitors();
  }

  private String hello(long id) {
    return Json.object(json -> {
      json.writeStringProperty("type", "hello");
      json.writeNumberProperty("you", id);
      json.writeStringProperty("color", COLORS.get((int) ((id - 1) % COLORS.size())));
      json.writeObjectPropertyStart("board");
      json.writeNumberProperty("width", WIDTH);
      json.writeNumberProperty("height", HEIGHT);
      json.writeEndObject();
      drawing.writeTo(json);
    });
  }

  private void sayVisitors() {
    broadcast(
        Json.object(json -> {
          json.writeStringProperty("type", "visitors");
          json.writeNumberProperty("count", visitors.size());
        }));
  }

  void draw(long from, BoardMessage.Draw piece) {
    var key = new Stroke.Key(from, piece.stroke());
    var stroke = new Stroke(key, piece.color(), piece.size(), piece.points());
    if (!drawing.add(stroke)) {
      return;
    }
    broadcast(
        Json.object(json -> {
          json.writeStringProperty("type", "stroke");
          stroke.writeTo(json);
        }));
  }

  void clear(long from) {
    drawing.clear();
    broadcast(
        Json.object(json -> {
          json.writeStringProperty("type", "clear");
          json.writeNumberProperty("from", from);
        }));
  }

  private void broadcast(String message) {
    visitors.values().forEach(send -> send.accept(message));
  }

  /** One visitor's place at the board. */
  public final class Visitor {
    private static final long OUTSIDE = 0;

    /** Touched on the board's loop alone. */
    private long id = OUTSIDE;

    private Visitor() {}

    /**
     * Takes a message from the visitor: draws, or wipes the board.
     *
     * @throws RejectedMessageException if the message breaks the protocol or a limit; the visitor
     *     is then to be cut off
     */
    public void receive(String message) throws RejectedMessageException {
      BoardMessage parsed = BoardMessage.parse(message);
      loop.execute(() -> {
        if (id != OUTSIDE) {
          parsed.apply(Board.this, id);
        }
      });
    }

    /** Lets the visitor go; the strokes stay. Leaving twice is leaving once. */
    public void leave() {
      loop.execute(() -> {
        if (visitors.remove(id) != null) {
          id = OUTSIDE;
          sayVisitors();
        }
      });
    }
  }
}
