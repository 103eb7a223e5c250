package dev.weir.stream.spi;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.stream.StreamHandler;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The part lends to a reader that takes as much as the test says. */
class ReceivingPartTest {

  private final Above above = new Above();
  private final ReceivingPart part = new ReceivingPart(above);

  /** A reader that writes down what it is called with. */
  private static final class Above implements ReceivingPart.Reader {
    final List<String> calls = new ArrayList<>();
    int takes = Integer.MAX_VALUE;
    Runnable meanwhile = () -> {};

    @Override
    public void lend(ByteBuffer bytes) {
      calls.add(bytes.remaining() > 100 ? bytes.remaining() + "" : text(bytes));
      bytes.position(bytes.position() + Math.min(takes, bytes.remaining()));
      Runnable now = meanwhile;
      meanwhile = () -> {};
      now.run();
    }

    @Override
    public void inputEnded() {
      calls.add("ended");
    }

    @Override
    public void leftTooMuch(int count) {
      calls.add("too much: " + count);
    }

    @Override
    public void settleLater() {
      calls.add("settle");
    }
  }

  private static String text(ByteBuffer bytes) {
    return ISO_8859_1.decode(bytes.duplicate()).toString();
  }

  private void receive(String text) {
    part.receive(ISO_8859_1.encode(text));
  }

  private void expect(String... calls) {
    assertEquals(List.of(calls), above.calls);
    above.calls.clear();
  }

  @Test
  void whatComesIsLent() {
    receive("one");
    receive("two");
    expect("one", "two");
  }

  @Test
  void whatIsLeftComesAgainInFrontOfWhatComesNext() {
    above.takes = 1;
    receive("abc");
    receive("d");
    receive("e");
    above.takes = 9;
    receive("f");
    receive("g");
    expect("abc", "bcd", "cde", "def", "g");
  }

  @Test
  void aCarrierReadsBehindWhatWasLeft() {
    above.takes = 1;
    receive("abc");
    ByteBuffer scratch = ByteBuffer.allocate(10);
    part.moveTo(scratch);
    part.receive(scratch.put(ISO_8859_1.encode("d")).flip());
    expect("abc", "bcd");
    part.moveTo(scratch.clear());
    part.putBack(scratch.flip());
    part.moveTo(scratch.clear());
    assertEquals("cd", text(scratch.flip()));
  }

  // ---- pausing

  @Test
  void whileThereIsAPauseNothingIsLentAndNothingIsLost() {
    part.pause();
    assertTrue(part.isPaused());
    receive("one");
    receive("two");
    part.redeliver();
    expect();
    part.resume();
    expect("settle");
    assertTrue(part.isRedeliveryDue());
    part.redeliver();
    expect("onetwo");
    assertFalse(part.isRedeliveryDue());
    part.redeliver();
    expect();
  }

  @Test
  void whatIsLeftBecauseOfAPauseComesAgainWithoutMore() {
    above.takes = 1;
    above.meanwhile = part::pause;
    receive("abc");
    part.resume();
    part.resume();
    part.redeliver();
    expect("abc", "settle", "bc");
  }

  @Test
  void whatIsLeftWithoutAPauseWaitsForMore() {
    above.takes = 1;
    receive("abc");
    part.redeliver();
    expect("abc");
  }

  @Test
  void whatComesBeforeTheRedeliveryIsLentWithIt() {
    part.pause();
    receive("one");
    part.resume();
    receive("two");
    part.redeliver();
    expect("settle", "onetwo");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void onlyAReaderThatHasPausedMayLeaveMore(boolean pauses) {
    above.takes = 0;
    int much = StreamHandler.MAX_LEFT + 1;
    if (pauses) {
      above.meanwhile = part::pause;
      part.receive(ByteBuffer.allocate(much));
      expect("" + much);
    } else {
      part.receive(ByteBuffer.allocate(much));
      expect("" + much, "too much: " + much);
    }
  }

  @Test
  void theMostThatMayBeLeftIsKept() {
    above.takes = 0;
    part.receive(ByteBuffer.allocate(StreamHandler.MAX_LEFT));
    above.takes = Integer.MAX_VALUE;
    receive("x");
    expect("" + StreamHandler.MAX_LEFT, "" + (StreamHandler.MAX_LEFT + 1));
  }

  // ---- another reader

  @Test
  void anotherReaderIsGivenWhatTheFirstLeft() {
    above.takes = 1;
    above.meanwhile = part::readerChanged;
    receive("abc");
    expect("abc", "settle");
    part.redeliver();
    expect("bc");
  }

  @Test
  void anotherReaderIsToldOfAnEndThatHasCome() {
    receive("abc");
    part.end();
    expect("abc", "ended");
    part.readerChanged();
    assertFalse(part.isOver());
    part.redeliver();
    expect("settle", "ended");
    assertTrue(part.isOver());
  }

  // ---- ends

  @Test
  void theEndIsToldAtOnce() {
    part.end();
    expect("ended");
    assertTrue(part.isEnded());
    assertTrue(part.isOver());
  }

  @Test
  void theEndIsToldBehindWhatWaits() {
    part.pause();
    receive("last");
    part.end();
    assertTrue(part.isEnded());
    assertFalse(part.isOver());
    expect();
    above.meanwhile = part::pause;
    part.resume();
    part.redeliver();
    expect("settle", "last");
    part.resume();
    part.redeliver();
    expect("settle", "ended");
  }

  @Test
  void theEndIsToldAlthoughSomethingIsLeft() {
    above.takes = 1;
    receive("half a mess");
    part.end();
    expect("half a mess", "ended");
  }

  @Test
  void aPartThatDiscardsTellsOfTheEndAlone() {
    part.pause();
    receive("unread");
    part.discard();
    assertFalse(part.isPaused());
    receive("unread too");
    part.readerChanged();
    part.redeliver();
    expect();
    part.end();
    expect("ended");
  }

  @Test
  void anEndThatWaitedIsOverWhenItsBytesAreDiscarded() {
    part.pause();
    receive("unread");
    part.end();
    part.discard();
    assertTrue(part.isOver());
    part.redeliver();
    expect();
  }

  @Test
  void whatIsLeftByAReaderThatDiscardsIsDropped() {
    above.takes = 0;
    above.meanwhile = part::discard;
    part.receive(ByteBuffer.allocate(StreamHandler.MAX_LEFT + 1));
    part.end();
    expect("" + (StreamHandler.MAX_LEFT + 1), "ended");
  }
}
