package dev.weir.cli.page;

import java.util.Arrays;
import tools.jackson.core.JsonGenerator;

/** The points of a line, in order, growing at its end. */
final class Points {
  private static final int FIRST_CAPACITY = 16;

  private int[] coordinates = new int[FIRST_CAPACITY];
  private int length;

  int count() {
    return length / 2;
  }

  void add(int x, int y) {
    room(2);
    coordinates[length++] = x;
    coordinates[length++] = y;
  }

  void add(Points more) {
    room(more.length);
    System.arraycopy(more.coordinates, 0, coordinates, length, more.length);
    length += more.length;
  }

  private void room(int more) {
    if (length + more > coordinates.length) {
      coordinates = Arrays.copyOf(coordinates, Math.max(2 * coordinates.length, length + more));
    }
  }

  /** Writes the property {@code points}: x and y in turn. */
  void writeTo(JsonGenerator json) {
    json.writeArrayPropertyStart("points");
    for (int i = 0; i < length; i++) {
      json.writeNumber(coordinates[i]);
    }
    json.writeEndArray();
  }
}
