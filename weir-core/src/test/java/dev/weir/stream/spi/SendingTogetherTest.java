package dev.weir.stream.spi;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.loop.Loop;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** While what has gathered is with a carrier that sends it together with others. */
class SendingTogetherTest {

  private final Below below = new Below(true);
  private final Loop loop = below.loop();
  private final SendingPart part = below.part;

  private static ByteBuffer bytes(String text) {
    return ISO_8859_1.encode(text);
  }

  private static ByteBuffer given(@Nullable ByteBuffer room) {
    assertNotNull(room);
    return room;
  }

  /** One turn; nothing may be left lent after it. */
  private void turn() {
    loop.turn(0);
    assertEquals(0, loop.buffers().lent());
  }

  private void expect(String... calls) {
    assertEquals(List.of(calls), below.calls);
    below.calls.clear();
  }

  /** What the loop does when the turn ends, but for the writing. */
  private void leave(String text) {
    part.write(bytes(text));
    part.flush();
    expect();
    assertTrue(part.hasUnsent());
  }

  @Test
  void whatIsLeavingIsUnsentUntilItHasLeft() {
    leave("abc");
    part.end();
    part.flush();
    expect();
    loop.poller().writeNow();
    expect("send 3", "end");
    assertFalse(part.hasUnsent());
  }

  @Test
  void whatIsWrittenWhileSomethingLeavesIsBehindIt() {
    leave("abc");
    assertEquals(1, part.write(bytes("d")));
    expect("send 3");
    part.flush();
    given(part.reserve(1)).put((byte) 'e');
    expect("send 1");
    part.flush();
    assertEquals(SendingPart.UNGATHERED, part.write(ByteBuffer.allocate(SendingPart.UNGATHERED)));
    expect("send 1", "send " + SendingPart.UNGATHERED);
    leave("f");
    part.flushNow();
    expect("send 1");
    turn();
    assertTrue(below.text().startsWith("abcde"));
  }

  @Test
  void nothingIsAcceptedBehindWhatCouldNotLeave() {
    below.room = 1;
    leave("abc");
    assertEquals(0, part.write(bytes("d")));
    assertNull(part.reserve(1));
    expect("send 3");
    below.room = 10;
    part.unblocked();
    expect("send 2");
    turn();
    assertEquals("abc", below.text());
  }

  @Test
  void aPartThatIsStoppedWhileSomethingLeavesGivesTheBufferBackBehindIt() {
    leave("abc");
    part.stop();
    assertEquals(1, loop.buffers().lent());
    assertEquals(0, part.write(bytes("d")));
    part.stop();
    loop.poller().writeNow();
    assertEquals(0, loop.buffers().lent());
    assertFalse(part.hasUnsent());
    below.calls.clear();
    turn();
    expect();
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
    throwing.part.write(bytes("abc"));
    assertThrows(IllegalStateException.class, throwing.part::flush);
    assertEquals(0, throwing.loop().buffers().lent());
    assertTrue(throwing.part.hasUnsent());
  }
}
