package dev.weir.cli.page;

import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** Reads one {@link BoardMessage} from a visitor who may send anything. */
final class BoardMessageReader {
  private static final Pattern COLOR = Pattern.compile("#[0-9a-f]{6}");

  private String type = "";
  private int stroke = -1;
  private String color = "";
  private int size;
  private Points points = new Points();

  BoardMessage read(String text) throws RejectedMessageException {
    check(
        text.length() <= BoardMessage.MAX_LENGTH,
        "a message has at most " + BoardMessage.MAX_LENGTH + " characters");
    try (JsonParser json = Json.parser(text)) {
      check(json.nextToken() == JsonToken.START_OBJECT, "a message is a JSON object");
      while (json.nextToken() != JsonToken.END_OBJECT) {
        String name = json.currentName();
        json.nextToken();
        property(name, json);
      }
      check(json.nextToken() == null, "a message is one JSON object and no more");
    } catch (JacksonException e) {
      throw new RejectedMessageException("a message is a JSON object");
    }
    return message();
  }

  private void property(String name, JsonParser json) throws RejectedMessageException {
    switch (name) {
      case "type" -> type = string("type", json);
      case "stroke" -> stroke = integer("stroke", json, 0, Integer.MAX_VALUE);
      case "color" -> color = color(json);
      case "size" -> size = integer("size", json, 1, BoardMessage.MAX_SIZE);
      case "points" -> points = points(json);
      default -> throw new RejectedMessageException("a message with an unknown property");
    }
  }

  private BoardMessage message() throws RejectedMessageException {
    return switch (type) {
      case "stroke" -> draw();
      case "clear" -> clear();
      default -> throw new RejectedMessageException("type is stroke or clear");
    };
  }

  private BoardMessage draw() throws RejectedMessageException {
    check(
        stroke >= 0 && !color.isEmpty() && size > 0 && points.count() > 0,
        "a stroke has a stroke, color, size and points");
    return new BoardMessage.Draw(stroke, color, size, points);
  }

  private BoardMessage clear() throws RejectedMessageException {
    check(
        stroke < 0 && color.isEmpty() && size == 0 && points.count() == 0,
        "clear has no other property");
    return new BoardMessage.Clear();
  }

  private static String color(JsonParser json) throws RejectedMessageException {
    String value = string("color", json);
    check(COLOR.matcher(value).matches(), "color is #rrggbb in lower case");
    return value;
  }

  private static Points points(JsonParser json) throws RejectedMessageException {
    check(json.currentToken() == JsonToken.START_ARRAY, "points is an array of integers");
    var read = new Points();
    while (json.nextToken() != JsonToken.END_ARRAY) {
      check(
          read.count() < BoardMessage.MAX_POINTS,
          "points has at most " + BoardMessage.MAX_POINTS + " points");
      int x = integer("x", json, 0, Board.WIDTH);
      json.nextToken();
      read.add(x, integer("y", json, 0, Board.HEIGHT));
    }
    check(read.count() > 0, "points has at least one point");
    return read;
  }

  private static String string(String name, JsonParser json) throws RejectedMessageException {
    if (json.currentToken() != JsonToken.VALUE_STRING) {
      throw new RejectedMessageException(name + " is a string");
    }
    return json.getString();
  }

  private static int integer(String name, JsonParser json, int least, int most)
      throws RejectedMessageException {
    if (json.currentToken() != JsonToken.VALUE_NUMBER_INT) {
      throw new RejectedMessageException(name + " is an integer");
    }
    // a number that does not fit an int would throw as if the JSON were broken
    int value = json.getNumberType() == JsonParser.NumberType.INT ? json.getIntValue() : -1;
    if (value < least || value > most) {
      throw new RejectedMessageException(name + " is from " + least + " to " + most);
    }
    return value;
  }

  private static void check(boolean holds, String rule) throws RejectedMessageException {
    if (!holds) {
      throw new RejectedMessageException(rule);
    }
  }
}
