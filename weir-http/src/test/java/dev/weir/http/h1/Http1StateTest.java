package dev.weir.http.h1;

import static dev.weir.http.h1.Http1State.Event.CLOSE;
import static dev.weir.http.h1.Http1State.Event.DATA;
import static dev.weir.http.h1.Http1State.Event.END;
import static dev.weir.http.h1.Http1State.Event.INFORMATIONAL;
import static dev.weir.http.h1.Http1State.Event.REQUEST;
import static dev.weir.http.h1.Http1State.Event.RESPONSE;
import static dev.weir.http.h1.Http1State.Event.SWITCH;
import static dev.weir.http.h1.Role.CLIENT;
import static dev.weir.http.h1.Role.SERVER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.http.h1.Http1State.Event;
import dev.weir.http.h1.Http1State.State;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class Http1StateTest {
  private final Http1State state = new Http1State();

  private void allowed(Role role, Event... events) {
    for (var event : events) {
      assertThat(state.on(role, event)).as(role + " " + event).isTrue();
    }
  }

  private void assertStates(State client, State server) {
    assertThat(state.client()).isEqualTo(client);
    assertThat(state.server()).isEqualTo(server);
  }

  @Test
  void goesThroughAnExchangeAndOnToTheNext() {
    allowed(CLIENT, REQUEST, DATA, DATA, END);
    assertStates(State.DONE, State.MUST_ANSWER);
    assertThat(state.nextExchange()).isFalse();
    allowed(SERVER, INFORMATIONAL, INFORMATIONAL, RESPONSE, DATA);
    assertStates(State.DONE, State.SENDING);
    allowed(SERVER, END);
    assertThat(state.nextExchange()).isTrue();
    assertStates(State.IDLE, State.IDLE);
    allowed(CLIENT, REQUEST);
  }

  @Test
  void letsTheServerAnswerBeforeTheRequestIsComplete() {
    allowed(CLIENT, REQUEST, DATA);
    allowed(SERVER, RESPONSE, END);
    assertStates(State.SENDING, State.DONE);
    assertThat(state.nextExchange()).isFalse();
    allowed(CLIENT, DATA, END);
    assertThat(state.nextExchange()).isTrue();
  }

  @Test
  void closesAfterAnExchangeThatIsTheLast() {
    allowed(CLIENT, REQUEST);
    state.endAfterExchange();
    allowed(CLIENT, END);
    assertStates(State.MUST_CLOSE, State.MUST_ANSWER);
    allowed(SERVER, RESPONSE, END);
    assertStates(State.MUST_CLOSE, State.MUST_CLOSE);
    assertThat(state.nextExchange()).isFalse();
    assertThat(state.mustClose(SERVER)).isTrue();
    assertThat(state.allows(CLIENT, REQUEST)).isFalse();
    allowed(SERVER, CLOSE);
    allowed(CLIENT, CLOSE);
    assertStates(State.CLOSED, State.CLOSED);
  }

  @Test
  void switchesByUpgrade() {
    state.offerSwitch();
    allowed(CLIENT, REQUEST, END);
    assertStates(State.MIGHT_SWITCH, State.MUST_ANSWER);
    assertThat(state.allows(CLIENT, REQUEST)).isFalse();
    allowed(SERVER, INFORMATIONAL, SWITCH);
    assertStates(State.SWITCHED, State.SWITCHED);
    assertThat(state.switched()).isTrue();
    assertThat(state.allows(SERVER, RESPONSE)).isFalse();
    assertThat(state.allows(CLIENT, DATA)).isFalse();
  }

  @Test
  void switchesOnlyWhenTheRequestIsComplete() {
    allowed(CLIENT, REQUEST);
    state.offerSwitch();
    allowed(SERVER, SWITCH);
    assertStates(State.SENDING, State.SWITCHED);
    assertThat(state.switched()).isFalse();
    allowed(CLIENT, DATA, END);
    assertThat(state.switched()).isTrue();
  }

  @Test
  void goesOnAsHttpWhenTheServerDeclinesTheSwitch() {
    state.offerSwitch();
    allowed(CLIENT, REQUEST, END);
    allowed(SERVER, RESPONSE);
    assertStates(State.DONE, State.SENDING);
    allowed(SERVER, END);
    assertThat(state.nextExchange()).isTrue();
    allowed(CLIENT, REQUEST, END);
    assertThat(state.allows(SERVER, SWITCH)).isFalse();
  }

  @Test
  void letsTheServerRefuseWhatIsNoRequest() {
    allowed(SERVER, RESPONSE, END);
    assertStates(State.IDLE, State.MUST_CLOSE);
    allowed(CLIENT, REQUEST, END);
    assertStates(State.MUST_CLOSE, State.MUST_CLOSE);
    assertThat(state.nextExchange()).isFalse();
  }

  @Test
  void finishesTheResponseToAClientThatHasClosedItsDirection() {
    allowed(CLIENT, REQUEST, END, CLOSE);
    assertStates(State.CLOSED, State.MUST_ANSWER);
    allowed(SERVER, RESPONSE, DATA, END);
    assertStates(State.CLOSED, State.MUST_CLOSE);
  }

  @Test
  void closesWhenAnIdlePeerHasClosed() {
    allowed(CLIENT, CLOSE);
    assertStates(State.CLOSED, State.MUST_CLOSE);
    assertThat(state.allows(SERVER, RESPONSE)).isFalse();
  }

  @Test
  void answersAClientThatBrokeTheRulesAndCloses() {
    allowed(CLIENT, REQUEST);
    assertThat(state.on(CLIENT, REQUEST)).isFalse();
    assertStates(State.ERROR, State.MUST_ANSWER);
    allowed(SERVER, RESPONSE, END);
    assertStates(State.ERROR, State.MUST_CLOSE);
  }

  @ParameterizedTest
  @CsvSource({
    "CLIENT, DATA", "CLIENT, END", "CLIENT, RESPONSE", "CLIENT, INFORMATIONAL", "CLIENT, SWITCH",
    "SERVER, REQUEST", "SERVER, DATA", "SERVER, END", "SERVER, INFORMATIONAL", "SERVER, SWITCH",
  })
  void refusesWhatDoesNotStartAnExchange(Role role, Event event) {
    assertThat(state.allows(role, event)).isFalse();
    assertThat(state.on(role, event)).isFalse();
  }

  @ParameterizedTest
  @EnumSource(
      value = Event.class,
      names = {"REQUEST", "INFORMATIONAL", "SWITCH", "RESPONSE"})
  void refusesASecondHeadInTheMiddleOfABody(Event event) {
    allowed(CLIENT, REQUEST);
    allowed(SERVER, RESPONSE);
    assertThat(state.on(SERVER, event)).isFalse();
    assertStates(State.SENDING, State.ERROR);
  }

  @Test
  void refusesTheEndOfTheConnectionInTheMiddleOfABody() {
    allowed(CLIENT, REQUEST);
    allowed(SERVER, RESPONSE);
    assertThat(state.on(SERVER, CLOSE)).isFalse();
    assertThat(state.on(CLIENT, CLOSE)).isFalse();
  }

  /** Whatever happens in whatever order, what is over stays over. */
  @Test
  void keepsItsPromisesUnderAnySequence() {
    var random = new Random(20261122);
    for (int run = 0; run < 10_000; run++) {
      var machine = new Http1State();
      boolean last = false;
      for (int step = 0; step < 12; step++) {
        switch (random.nextInt(12)) {
          case 0 -> machine.offerSwitch();
          case 1 -> {
            machine.endAfterExchange();
            last = true;
          }
          case 2 -> assertThat(machine.nextExchange() && last).isFalse();
          default -> {
            var role = Role.values()[random.nextInt(2)];
            var event = Event.values()[random.nextInt(Event.values().length)];
            var before = role == CLIENT ? machine.client() : machine.server();
            boolean may = machine.allows(role, event);
            assertThat(machine.on(role, event)).isEqualTo(may);
            var after = role == CLIENT ? machine.client() : machine.server();
            assertThat(after == State.ERROR).isEqualTo(!may);
            if (before == State.ERROR || before == State.CLOSED || before == State.SWITCHED) {
              assertThat(after).isIn(before, State.ERROR);
            }
          }
        }
        if (machine.client() == State.SWITCHED) {
          assertThat(machine.server()).isIn(State.SWITCHED, State.ERROR);
        }
      }
    }
  }
}
