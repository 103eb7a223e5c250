package dev.weir.cli.page;

import java.util.LinkedHashMap;
import tools.jackson.core.JsonGenerator;

/** The strokes on the board in the order of their beginnings, the oldest dropped past a limit. */
final class Drawing {
  private final LinkedHashMap<Stroke.Key, Stroke> strokes = new LinkedHashMap<>();
  private int points;

  /**
   * Begins the stroke with its first piece, or continues it.
   *
   * @return false, and nothing changes, if the stroke would grow past {@link
   *     Board#MAX_STROKE_POINTS}
   */
  boolean add(Stroke piece) {
    Stroke known = strokes.get(piece.key());
    int more = piece.points().count();
    if (known != null && known.points().count() + more > Board.MAX_STROKE_POINTS) {
      return false;
    }
    if (known == null) {
      known = new Stroke(piece.key(), piece.color(), piece.size(), new Points());
      strokes.put(piece.key(), known);
    }
    known.points().add(piece.points());
    points += more;
    while (points > Board.MAX_KEPT_POINTS) {
      points -= strokes.pollFirstEntry().getValue().points().count();
    }
    return true;
  }

  void clear() {
    strokes.clear();
    points = 0;
  }

  /** Writes the property {@code strokes}. */
  void writeTo(JsonGenerator json) {
    json.writeArrayPropertyStart("strokes");
    for (Stroke stroke : strokes.values()) {
      json.writeStartObject();
      stroke.writeTo(json);
      json.writeEndObject();
    }
    json.writeEndArray();
  }
}
