package dev.weir.websocket.session;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.weir.websocket.session.SessionState.Event;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SessionStateTest {

  @ParameterizedTest
  @CsvSource({
    "OPEN,       LOCAL_CLOSE, CLOSE_SENT",
    "OPEN,       PEER_CLOSE,  CLOSED",
    "OPEN,       FAILURE,     FAILED",
    "OPEN,       END,         LOST",
    "CLOSE_SENT, LOCAL_CLOSE, CLOSE_SENT",
    "CLOSE_SENT, PEER_CLOSE,  CLOSED",
    "CLOSE_SENT, FAILURE,     FAILED",
    "CLOSE_SENT, END,         LOST",
  })
  void moves(SessionState from, Event event, SessionState to) {
    assertEquals(to, from.after(event));
  }

  @ParameterizedTest
  @CsvSource({"OPEN, false", "CLOSE_SENT, false", "CLOSED, true", "FAILED, true", "LOST, true"})
  void staysWhereItIsOver(SessionState state, boolean over) {
    assertEquals(over, state.isOver());
    if (over) {
      for (Event event : Event.values()) {
        assertEquals(state, state.after(event));
      }
    }
  }
}
