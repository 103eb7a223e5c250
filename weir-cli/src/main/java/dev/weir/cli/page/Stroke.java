package dev.weir.cli.page;

import tools.jackson.core.JsonGenerator;

/** A line on the board, or a piece of one. */
record Stroke(Key key, String color, int size, Points points) {

  /** Who draws it, and that visitor's number for it. */
  record Key(long visitor, int number) {}

  void writeTo(JsonGenerator json) {
    json.writeNumberProperty("from", key.visitor());
    json.writeNumberProperty("stroke", key.number());
    json.writeStringProperty("color", color);
    json.writeNumberProperty("size", size);
    points.writeTo(json);
  }
}
