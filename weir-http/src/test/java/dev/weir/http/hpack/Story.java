package dev.weir.http.hpack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/** The blocks of one connection, in the JSON of http2jp's hpack-test-case. */
final class Story {
  private static final JsonFactory JSON = JsonFactory.builder().build();

  /**
   * One block.
   *
   * @param tableSize what SETTINGS_HEADER_TABLE_SIZE is from here on, or -1 if that has not changed
   * @param wire the block in hex
   * @param lines what it decodes to
   */
  record Case(int tableSize, String wire, List<Line> lines) {}

  private int tableSize = -1;
  private String wire = "";
  private List<Line> lines = List.of();

  private Story() {}

  static List<Case> read(Path file) {
    String text;
    try {
      text = Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    var cases = new ArrayList<Case>();
    try (var json = JSON.createParser(ObjectReadContext.empty(), text)) {
      while (!"cases".equals(json.nextName())) {
        if (json.currentToken() == null) {
          throw new IllegalArgumentException("no cases in " + file);
        }
      }
      json.nextToken();
      while (json.nextToken() == JsonToken.START_OBJECT) {
        cases.add(new Story().readCase(json));
      }
    }
    return cases;
  }

  private Case readCase(JsonParser json) {
    for (var property = json.nextName(); property != null; property = json.nextName()) {
      json.nextToken();
      switch (property) {
        case "header_table_size" -> tableSize = json.getIntValue();
        case "wire" -> wire = json.getString();
        case "headers" -> lines = readLines(json);
        default -> json.skipChildren();
      }
    }
    return new Case(tableSize, wire, lines);
  }

  private static List<Line> readLines(JsonParser json) {
    var all = new ArrayList<Line>();
    while (json.nextToken() == JsonToken.START_OBJECT) {
      var name = json.nextName();
      all.add(Line.of(name, octets(json.nextStringValue())));
      json.nextToken();
    }
    return all;
  }

  /** One character an octet, of text whose octets are UTF-8. */
  private static String octets(String text) {
    return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
  }
}
