package dev.weir.stream.spi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.loop.Buffers;
import dev.weir.loop.Loop;
import dev.weir.stream.ByteStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The part sends to a carrier that has as much room as the test says, and sends at once, or
 * together with others, what leaves at the end of a turn.
 */
@ParameterizedClass
@ValueSource(booleans = {false, true})
class SendingPartTest {

  @Parameter private boolean together;

  private Loop loop;
  private Below below;
  private SendingPart part;

  @BeforeEach
  void make() {
    below = new Below(together);
    loop = below.loop();
    part = below.part;
  }

  // ---- gathering

  @Test
  void whatIsWrittenInATurnLeavesAsOneAtItsEnd() {
    assertEquals(5, part.write(Below.bytes("hello")));
    ByteBuffer room = Below.given(part.reserve(100));
    room.put(Below.bytes(", world"));
    assertEquals(1, part.write(Below.bytes("!")));
    assertTrue(part.hasUnsent());
    below.expect();
    below.turn();
    below.expect("send 13");
    assertEquals("hello, world!", below.text());
    assertFalse(part.hasUnsent());
  }

  @Test
  void nothingIsLentBeforeSomethingIsWrittenOrWhileIdle() {
    part.wantWritable();
    part.flushNow();
    assertEquals(0, loop.buffers().lent());
    part.write(Below.bytes("x"));
    assertEquals(1, loop.buffers().lent());
    part.flushNow();
    assertEquals(0, loop.buffers().lent());
    below.expect("settle", "send 1");
  }

  @Test
  void aReservationThatIsNotUsedSendsNothing() {
    assertNotNull(part.reserve(1));
    assertFalse(part.hasUnsent());
    below.turn();
    below.expect();
  }

  @Test
  void aFullBufferLeavesEarly() {
    byte[] piece = new byte[10_000];
    for (int n = 0; n < 7; n++) {
      assertEquals(piece.length, part.write(ByteBuffer.wrap(piece)));
    }
    below.expect("send " + Buffers.SIZE);
    below.turn();
    below.expect("send " + (70_000 - Buffers.SIZE));
  }

  @Test
  void aReservationThatDoesNotFitSendsWhatIsThere() {
    part.write(ByteBuffer.allocate(SendingPart.UNGATHERED - 1));
    part.write(ByteBuffer.allocate(SendingPart.UNGATHERED - 1));
    part.write(ByteBuffer.allocate(SendingPart.UNGATHERED - 1));
    ByteBuffer room = Below.given(part.reserve(ByteStream.MAX_RESERVE));
    assertTrue(room.remaining() >= ByteStream.MAX_RESERVE);
    below.expect("send " + 3 * (SendingPart.UNGATHERED - 1));
    below.turn();
  }

  @Test
  void whatIsLongGoesUncopiedBehindWhatHasGathered() {
    part.write(Below.bytes("head"));
    part.write(ByteBuffer.allocate(SendingPart.UNGATHERED));
    below.expect("send 4", "send " + SendingPart.UNGATHERED);
    below.turn();
    below.expect();
  }

  @Test
  void atMostMaxReserveCanBeReserved() {
    assertThrows(IllegalArgumentException.class, () -> part.reserve(ByteStream.MAX_RESERVE + 1));
  }

  // ---- keeping

  @Test
  void whatIsNotTakenIsKeptAndNothingMoreIsAcceptedUntilItHasGone() {
    below.room = 3;
    part.write(Below.bytes("abcdef"));
    below.turn();
    below.expect("send 6");
    assertTrue(part.hasUnsent());
    assertFalse(part.takesBytes());
    assertEquals(0, part.write(Below.bytes("g")));
    assertNull(part.reserve(1));
    below.room = 1;
    part.unblocked();
    below.expect("send 3");
    assertFalse(part.takesBytes());
    below.room = 10;
    part.unblocked();
    below.expect("send 2");
    assertEquals("abcdef", below.text());
    assertEquals(1, part.write(Below.bytes("g")));
    below.turn();
    assertEquals("abcdefg", below.text());
  }

  @Test
  void ofSomethingLongOnlyWhatWasTakenIsAccepted() {
    below.room = 10_000;
    ByteBuffer src = ByteBuffer.allocate(50_000);
    assertEquals(10_000, part.write(src));
    assertEquals(40_000, src.remaining());
    assertFalse(part.hasUnsent());
    assertFalse(part.takesBytes());
    below.room = Integer.MAX_VALUE;
    part.unblocked();
    assertEquals(40_000, part.write(src));
  }

  @Test
  void whatHadGatheredBeforeSomethingLongIsKept() {
    below.room = 2;
    part.write(Below.bytes("head"));
    assertEquals(0, part.write(ByteBuffer.allocate(SendingPart.UNGATHERED)));
    assertTrue(part.hasUnsent());
    below.room = 10;
    part.unblocked();
    assertEquals("head", below.text());
    assertTrue(part.takesBytes());
  }

  @Test
  void aCarrierWithoutRoomIsNotAsked() {
    part.write(Below.bytes("early"));
    part.block();
    below.turn();
    below.expect();
    assertTrue(part.hasUnsent());
    part.unblocked();
    below.expect("send 5");
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void everyByteLeavesInOrderWhateverRoomThereIs(long seed) {
    Random random = new Random(seed);
    byte[] all = new byte[1_000_000];
    random.nextBytes(all);
    ByteBuffer src = ByteBuffer.wrap(all);
    while (src.hasRemaining() || part.hasUnsent()) {
      below.room = random.nextInt(random.nextInt(10) == 0 ? 100_000 : 10_000);
      if (!part.takesBytes()) {
        part.unblocked();
      }
      int piece = Math.min(src.remaining(), random.nextInt(40_000));
      src.limit(src.position() + piece);
      part.write(src);
      src.limit(all.length);
      below.turn();
    }
    assertTrue(Arrays.equals(all, below.taken.toByteArray()));
  }

  // ---- writable

  @Test
  void whoeverAsksIsToldOnceWhenThereIsRoom() {
    part.wantWritable();
    below.expect("settle");
    assertTrue(part.becameWritable());
    assertFalse(part.becameWritable());
  }

  @Test
  void whoeverAsksOfAFullCarrierIsToldWhenWhatWasKeptHasGone() {
    below.room = 0;
    part.write(Below.bytes("x"));
    part.flushNow();
    part.wantWritable();
    below.expect("send 1");
    assertFalse(part.becameWritable());
    below.room = 1;
    part.unblocked();
    below.expect("send 1", "settle");
    assertTrue(part.becameWritable());
  }

  // ---- holding

  @Test
  void aHeldPartSendsWhatItHasAndSaysSo() {
    part.write(Below.bytes("head"));
    part.hold();
    assertFalse(part.takesBytes());
    below.turn();
    below.expect("send 4", "drained");
    part.end();
    below.turn();
    below.expect("drained");
    part.release();
    below.expect("end");
  }

  @Test
  void aHeldPartThatIsBlockedIsDrainedLater() {
    below.room = 1;
    part.write(Below.bytes("head"));
    part.hold();
    part.wantWritable();
    below.turn();
    below.expect("send 4");
    below.room = 3;
    part.unblocked();
    below.expect("send 3", "drained");
    part.release();
    below.expect("settle");
  }

  // ---- ends

  @Test
  void theEndFollowsWhatWasWrittenAtTheEndOfTheTurn() {
    part.write(Below.bytes("last"));
    part.end();
    part.end();
    assertTrue(part.isEnding());
    assertEquals(0, part.write(Below.bytes("more")));
    assertFalse(part.isEnded());
    below.turn();
    below.expect("send 4", "end");
    assertTrue(part.isEnded());
    part.flushNow();
    part.unblocked();
    below.expect();
  }

  @Test
  void theEndFollowsWhatWasKept() {
    below.room = 1;
    part.write(Below.bytes("last"));
    part.end();
    below.turn();
    below.expect("send 4");
    below.room = 3;
    part.unblocked();
    below.expect("send 3", "end");
  }

  @Test
  void theEndWaitsForRoomToo() {
    below.roomForEnd = false;
    part.end();
    below.turn();
    below.expect("no room for the end");
    assertFalse(part.isEnded());
    below.roomForEnd = true;
    part.unblocked();
    below.expect("end");
    assertTrue(part.isEnded());
  }

  @Test
  void aStoppedPartHoldsNothingAndDoesNothing() {
    part.write(Below.bytes("gathered"));
    part.end();
    part.wantWritable();
    part.stop();
    assertEquals(0, loop.buffers().lent());
    assertFalse(part.hasUnsent());
    assertEquals(0, part.write(Below.bytes("x")));
    assertNull(part.reserve(1));
    below.turn();
    part.unblocked();
    part.release();
    assertFalse(part.becameWritable());
    assertFalse(part.isEnded());
    below.expect();
  }

  @ParameterizedTest
  @ValueSource(ints = {10, SendingPart.UNGATHERED})
  void aCarrierMayFailWhileItIsSentTo(int length) {
    below.fails = true;
    part.write(Below.bytes("head"));
    part.write(ByteBuffer.allocate(length));
    part.end();
    below.turn();
    assertFalse(part.hasUnsent());
    assertFalse(part.takesBytes());
    assertFalse(part.isEnded());
  }
}
