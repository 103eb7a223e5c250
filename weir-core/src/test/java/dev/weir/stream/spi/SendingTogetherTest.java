package dev.weir.stream.spi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.loop.Loop;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

/** While what has gathered is with a carrier that sends it together with others. */
class SendingTogetherTest {

  private final Below below = new Below(true);
  private final Loop loop = below.loop();
  private final SendingPart part = below.part;

  /** What the loop does when the turn ends, but for the writing. */
  private void leave(String text) {
    part.write(Below.bytes(text));
    part.flush();
    below.expect();
    assertTrue(part.hasUnsent());
  }

  @Test
  void whatIsLeavingIsUnsentUntilItHasLeft() {
    leave("abc");
    part.end();
    part.flush();
    below.expect();
    loop.poller().writeNow();
    below.expect("send 3", "end");
    assertFalse(part.hasUnsent());
  }

  @Test
  void whatIsWrittenWhileSomethingLeavesIsBehindIt() {
    leave("abc");
    assertEquals(1, part.write(Below.bytes("d")));
    below.expect("send 3");
    part.flush();
    Below.given(part.reserve(1)).put((byte) 'e');
    below.expect("send 1");
    part.flush();
    assertEquals(SendingPart.UNGATHERED, part.write(ByteBuffer.allocate(SendingPart.UNGATHERED)));
    below.expect("send 1", "send " + SendingPart.UNGATHERED);
    leave("f");
    part.flushNow();
    below.expect("send 1");
    below.turn();
    assertTrue(below.text().startsWith("abcde"));
  }

  @Test
  void nothingIsAcceptedBehindWhatCouldNotLeave() {
    below.room = 1;
    leave("abc");
    assertEquals(0, part.write(Below.bytes("d")));
    assertNull(part.reserve(1));
    below.expect("send 3");
    below.room = 10;
    part.unblocked();
    below.expect("send 2");
    below.turn();
    assertEquals("abc", below.text());
  }

  @Test
  void aPartThatIsStoppedWhileSomethingLeavesGivesTheBufferBackBehindIt() {
    leave("abc");
    part.stop();
    assertEquals(1, loop.buffers().lent());
    assertEquals(0, part.write(Below.bytes("d")));
    part.stop();
    loop.poller().writeNow();
    assertEquals(0, loop.buffers().lent());
    assertFalse(part.hasUnsent());
    below.calls.clear();
    below.turn();
    below.expect();
  }

  @Test
  void aSinkThatThrowsHasTheBufferNoMore() {
    Below throwing =
        new Below(true) {
          @Override
          public boolean sendSoon(ByteBuffer bytes) {
            throw new IllegalStateException("on purpose");
          }
        };
    throwing.part.write(Below.bytes("abc"));
    assertThrows(IllegalStateException.class, throwing.part::flush);
    assertEquals(0, throwing.loop().buffers().lent());
    assertTrue(throwing.part.hasUnsent());
  }
}
