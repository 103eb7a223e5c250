package dev.weir.cli.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BoardMessageTest {
  private static final String STROKE =
      """
      {"type":"stroke","stroke":3,"color":"#e4572e","size":12,"points":[0,0,1600,1000]}\
      """;

  @Test
  void readsAPieceOfAStroke() throws Exception {
    var draw = (BoardMessage.Draw) BoardMessage.parse(STROKE);

    assertThat(draw.stroke()).isEqualTo(3);
    assertThat(draw.color()).isEqualTo("#e4572e");
    assertThat(draw.size()).isEqualTo(12);
    assertThat(Json.object(draw.points()::writeTo)).isEqualTo("{\"points\":[0,0,1600,1000]}");
  }

  @Test
  void readsClear() throws Exception {
    assertThat(BoardMessage.parse("{\"type\":\"clear\"}")).isEqualTo(new BoardMessage.Clear());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          ``                                   | a message is a JSON object
          stroke                               | a message is a JSON object
          "stroke"                             | a message is a JSON object
          []                                   | a message is a JSON object
          {                                    | a message is a JSON object
          {"type":"clear","type":"clear"}      | a message is a JSON object
          {"points":[[[0,0]]]}                 | a message is a JSON object
          {"type":"clear"}{}                   | a message is one JSON object and no more
          {"type":"clear"} 1                   | a message is one JSON object and no more
          {}                                   | type is stroke or clear
          {"type":"hello"}                     | type is stroke or clear
          {"type":7}                           | type is a string
          {"type":null}                        | type is a string
          {"type":"clear","from":1}            | a message with an unknown property
          {"type":"clear","stroke":1}          | clear has no other property
          {"type":"clear","points":[0,0]}      | clear has no other property
          {"type":"stroke"}                    | a stroke has a stroke, color, size and points
          {"stroke":-1}                        | stroke is from 0 to 2147483647
          {"stroke":2147483648}                | stroke is from 0 to 2147483647
          {"stroke":9999999999999999999999}    | stroke is from 0 to 2147483647
          {"stroke":1e1}                       | stroke is an integer
          {"stroke":"1"}                       | stroke is an integer
          {"color":"red"}                      | color is #rrggbb in lower case
          {"color":"#E4572E"}                  | color is #rrggbb in lower case
          {"color":"#e4572e;"}                 | color is #rrggbb in lower case
          {"color":0}                          | color is a string
          {"size":0}                           | size is from 1 to 64
          {"size":65}                          | size is from 1 to 64
          {"size":1.5}                         | size is an integer
          {"points":[]}                        | points has at least one point
          {"points":[1]}                       | y is an integer
          {"points":[1,2,3]}                   | y is an integer
          {"points":[-1,0]}                    | x is from 0 to 1600
          {"points":[1601,0]}                  | x is from 0 to 1600
          {"points":[0,-1]}                    | y is from 0 to 1000
          {"points":[0,1001]}                  | y is from 0 to 1000
          {"points":[0.5,1]}                   | x is an integer
          {"points":[null,1]}                  | x is an integer
          {"points":{"x":1}}                   | points is an array of integers
          {"points":7}                         | points is an array of integers
          """)
  void rejects(String message, String reason) {
    assertThatThrownBy(() -> BoardMessage.parse(message))
        .isInstanceOf(RejectedMessageException.class)
        .hasMessage(reason);
  }

  @Test
  void takesTheMostPointsAndNotOneMore() throws Exception {
    BoardMessage.parse(strokeOf("1600,1000", BoardMessage.MAX_POINTS));

    assertThatThrownBy(() -> BoardMessage.parse(strokeOf("1600,1000", BoardMessage.MAX_POINTS + 1)))
        .isInstanceOf(RejectedMessageException.class)
        .hasMessage("points has at most 256 points");
  }

  @Test
  void takesTheLongestMessageAndNotOneCharacterMore() throws Exception {
    String longest = STROKE + " ".repeat(BoardMessage.MAX_LENGTH - STROKE.length());
    BoardMessage.parse(longest);

    assertThatThrownBy(() -> BoardMessage.parse(longest + " "))
        .isInstanceOf(RejectedMessageException.class)
        .hasMessage("a message has at most 4096 characters");
  }

  @Test
  void readsPropertiesInAnyOrder() throws Exception {
    assertThat(
            BoardMessage.parse(
                """
                {"points":[1,2],"size":1,"color":"#000000","stroke":0,"type":"stroke"}\
                """))
        .isInstanceOf(BoardMessage.Draw.class);
  }

  static String strokeOf(String point, int count) {
    return "{\"type\":\"stroke\",\"stroke\":1,\"color\":\"#000000\",\"size\":1,\"points\":["
        + (point + ",").repeat(count - 1)
        + point
        + "]}";
  }
}
