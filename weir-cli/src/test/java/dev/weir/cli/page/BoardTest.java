package dev.weir.cli.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.Test;

class BoardTest {
  private final Board board = new Board(Runnable::run);

  /** A visitor who remembers what it was sent since it last asked. */
  private static final class Guest {
    private final List<String> received = new ArrayList<>();
    private final Board.Visitor visitor;

    Guest(Board board) {
      visitor = board.join(received::add, () -> fail("refused"));
    }

    void draws(String points) throws RejectedMessageException {
      visitor.receive(
          """
          {"type":"stroke","stroke":1,"color":"#e4572e","size":12,"points":[%s]}\
          """
              .formatted(points));
    }

    void says(String message) throws RejectedMessageException {
      visitor.receive(message);
    }

    List<String> news() {
      var news = List.copyOf(received);
      received.clear();
      return news;
    }
  }

  @Test
  void welcomesTheFirstVisitorToAnEmptyBoard() {
    assertThat(new Guest(board).news())
        .containsExactly(
            """
            {"type":"hello","you":1,"color":"#e4572e",\
            "board":{"width":1600,"height":1000},"strokes":[]}\
            """,
            """
            {"type":"visitors","count":1}\
            """);
  }

  @Test
  void sendsEachPieceToEverybodyInOneOrder() throws Exception {
    var anna = new Guest(board);
    var ben = new Guest(board);
    anna.news();
    ben.news();

    anna.draws("10,20");
    ben.draws("30,40,50,60");
    anna.draws("11,21");

    assertThat(ben.news())
        .containsExactly(stroke(1, "10,20"), stroke(2, "30,40,50,60"), stroke(1, "11,21"))
        .isEqualTo(anna.news());
  }

  @Test
  void givesWhoComesLaterTheStrokesSoFarWithTheirPiecesJoined() throws Exception {
    var anna = new Guest(board);
    var ben = new Guest(board);
    anna.draws("10,20");
    ben.draws("1,2");
    anna.draws("11,21");

    assertThat(new Guest(board).news().getFirst())
        .endsWith(
            """
            "strokes":[\
            {"from":1,"stroke":1,"color":"#e4572e","size":12,"points":[10,20,11,21]},\
            {"from":2,"stroke":1,"color":"#e4572e","size":12,"points":[1,2]}]}\
            """);
  }

  @Test
  void wipesTheBoardForEverybody() throws Exception {
    var anna = new Guest(board);
    var ben = new Guest(board);
    anna.draws("10,20");
    anna.news();
    ben.news();

    ben.says("{\"type\":\"clear\"}");

    assertThat(anna.news())
        .containsExactly("{\"type\":\"clear\",\"from\":2}")
        .isEqualTo(ben.news());
    assertThat(new Guest(board).news().getFirst()).endsWith("\"strokes\":[]}");
  }

  @Test
  void countsVisitorsAsTheyComeAndGo() throws Exception {
    var anna = new Guest(board);
    var ben = new Guest(board);
    ben.draws("1,2");
    anna.news();
    ben.news();

    ben.visitor.leave();
    ben.visitor.leave();

    assertThat(anna.news()).containsExactly("{\"type\":\"visitors\",\"count\":1}");
    ben.draws("3,4");
    assertThat(anna.news()).isEmpty();
    assertThat(ben.news()).isEmpty();
    assertThat(new Guest(board).news().getFirst()).contains("\"points\":[1,2]");
  }

  @Test
  void neverGivesTwoVisitorsTheSameNumber() {
    new Guest(board).visitor.leave();

    assertThat(new Guest(board).news().getFirst()).contains("\"you\":2,\"color\":\"#2e86de\"");
  }

  @Test
  void rejectsAtTheCallAndDrawsNothing() {
    var anna = new Guest(board);
    anna.news();

    assertThatThrownBy(() -> anna.draws("1,2,3")).isInstanceOf(RejectedMessageException.class);
    assertThat(anna.news()).isEmpty();
  }

  @Test
  void dropsThePieceThatWouldMakeAStrokeTooLong() throws Exception {
    var anna = new Guest(board);
    for (int points = 0; points < Board.MAX_STROKE_POINTS; points += 250) {
      anna.says(BoardMessageTest.strokeOf("1,2", 250));
    }
    anna.news();

    anna.says(BoardMessageTest.strokeOf("1,2", 1));
    assertThat(anna.news()).isEmpty();

    anna.says(BoardMessageTest.strokeOf("1,2", 1).replace("\"stroke\":1", "\"stroke\":2"));
    assertThat(anna.news()).hasSize(1);
  }

  @Test
  void keepsTheLatestStrokesWithinItsLimit() throws Exception {
    var anna = new Guest(board);
    String full = BoardMessageTest.strokeOf("1,2", 250);
    for (int number = 0; number < Board.MAX_KEPT_POINTS / 250; number++) {
      anna.says(full.replace("\"stroke\":1", "\"stroke\":" + number));
    }
    assertThat(new Guest(board).news().getFirst()).contains("\"stroke\":0,", "\"stroke\":79,");

    anna.says(BoardMessageTest.strokeOf("1,2", 1).replace("\"stroke\":1", "\"stroke\":80"));
    assertThat(new Guest(board).news().getFirst())
        .doesNotContain("\"stroke\":0,")
        .contains("\"stroke\":1,", "\"stroke\":80,");
  }

  @Test
  void refusesVisitorsPastItsLimit() {
    var guests = new ArrayList<Guest>();
    for (int i = 0; i < Board.MAX_VISITORS; i++) {
      guests.add(new Guest(board));
    }
    var refused = new ArrayList<String>();
    var late = board.join(message -> fail("sent " + message), () -> refused.add("refused"));
    assertThat(refused).containsExactly("refused");

    late.leave();
    guests.getFirst().visitor.leave();
    assertThat(new Guest(board).news()).hasSize(2);
  }

  @Test
  void worksOnItsLoopAlone() throws Exception {
    Queue<Runnable> turns = new ArrayDeque<>();
    var anna = new Guest(new Board(turns::add));
    anna.draws("1,2");
    assertThat(anna.news()).isEmpty();

    turns.remove().run();
    assertThat(anna.news()).hasSize(2);
    turns.remove().run();
    assertThat(anna.news()).containsExactly(stroke(1, "1,2"));
  }

  private static String stroke(int from, String points) {
    return "{\"type\":\"stroke\",\"from\":"
        + from
        + ",\"stroke\":1,\"color\":\"#e4572e\",\"size\":12,\"points\":["
        + points
        + "]}";
  }
}
