package dev.weir.stream.spi;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
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
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
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

  private static ByteBuffer bytes(String text) {
    return ISO_8859_1.encode(text);
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

  // ---- gathering

  @Test
  void whatIsWrittenInATurnLeavesAsOneAtItsEnd() {
    assertEquals(5, part.write(bytes("hello")));
    ByteBuffer room = given(part.reserve(100));
    room.put(bytes(", world"));
    assertEquals(1, part.write(bytes("!")));
    assertTrue(part.hasUnsent());
    expect();
    turn();
    expect("send 13");
    assertEquals("hello, world!", below.text());
    assertFalse(part.hasUnsent());
  }

  @Test
  void nothingIsLentBeforeSomethingIsWrittenOrWhileIdle() {
    part.wantWritable();
    part.flushNow();
    assertEquals(0, loop.buffers().lent());
    part.write(bytes("x"));
    assertEquals(1, loop.buffers().lent());
    part.flushNow();
    assertEquals(0, loop.buffers().lent());
    expect("settle", "send 1");
  }

  @Test
  void aReservationThatIsNotUsedSendsNothing() {
    assertNotNull(part.reserve(1));
    assertFalse(part.hasUnsent());
    turn();
    expect();
  }

  @Test
  void aFullBufferLeavesEarly() {
    byte[] piece = new byte[10_000];
    for (int n = 0; n < 7; n++) {
      assertEquals(piece.length, part.write(ByteBuffer.wrap(piece)));
    }
    expect("send " + Buffers.SIZE);
    turn();
    expect("send " + (70_000 - Buffers.SIZE));
  }

  @Test
  void aReservationThatDoesNotFitSendsWhatIsThere() {
    part.write(ByteBuffer.allocate(SendingPart.UNGATHERED - 1));
    part.write(ByteBuffer.allocate(SendingPart.UNGATHERED - 1));
    part.write(ByteBuffer.allocate(SendingPart.UNGATHERED - 1));
    ByteBuffer room = given(part.reserve(ByteStream.MAX_RESERVE));
    assertTrue(room.remaining() >= ByteStream.MAX_RESERVE);
    expect("send " + 3 * (SendingPart.UNGATHERED - 1));
    turn();
  }

  @Test
  void whatIsLongGoesUncopiedBehindWhatHasGathered() {
    part.write(bytes("head"));
    part.write(ByteBuffer.allocate(SendingPart.UNGATHERED));
    expect("send 4", "send " + SendingPart.UNGATHERED);
    turn();
    expect();
  }

  @Test
  void atMostMaxReserveCanBeReserved() {
    assertThrows(IllegalArgumentException.class, () -> part.reserve(ByteStream.MAX_RESERVE + 1));
  }

  // ---- keeping

  @Test
  void whatIsNotTakenIsKeptAndNothingMoreIsAcceptedUntilItHasGone() {
    below.room = 3;
    part.write(bytes("abcdef"));
    turn();
    expect("send 6");
    assertTrue(part.hasUnsent());
    assertFalse(part.takesBytes());
    assertEquals(0, part.write(bytes("g")));
    assertNull(part.reserve(1));
    below.room = 1;
    part.unblocked();
    expect("send 3");
    assertFalse(part.takesBytes());
    below.room = 10;
    part.unblocked();
    expect("send 2");
    assertEquals("abcdef", below.text());
    assertEquals(1, part.write(bytes("g")));
    turn();
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
    part.write(bytes("head"));
    assertEquals(0, part.write(ByteBuffer.allocate(SendingPart.UNGATHERED)));
    assertTrue(part.hasUnsent());
    below.room = 10;
    part.unblocked();
    assertEquals("head", below.text());
    assertTrue(part.takesBytes());
  }

  @Test
  void aCarrierWithoutRoomIsNotAsked() {
    part.write(bytes("early"));
    part.block();
    turn();
    expect();
    assertTrue(part.hasUnsent());
    part.unblocked();
    expect("send 5");
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
      turn();
    }
    assertTrue(Arrays.equals(all, below.taken.toByteArray()));
  }

  // ---- writable

  @Test
  void whoeverAsksIsToldOnceWhenThereIsRoom() {
    part.wantWritable();
    expect("settle");
    assertTrue(part.becameWritable());
    assertFalse(part.becameWritable());
  }

  @Test
  void whoeverAsksOfAFullCarrierIsToldWhenWhatWasKeptHasGone() {
    below.room = 0;
    part.write(bytes("x"));
    part.flushNow();
    part.wantWritable();
    expect("send 1");
    assertFalse(part.becameWritable());
    below.room = 1;
    part.unblocked();
    expect("send 1", "settle");
    assertTrue(part.becameWritable());
  }

  // ---- holding

  @Test
  void aHeldPartSendsWhatItHasAndSaysSo() {
    part.write(bytes("head"));
    part.hold();
    assertFalse(part.takesBytes());
    turn();
    expect("send 4", "drained");
    part.end();
    turn();
    expect("drained");
    part.release();
    expect("end");
  }

  @Test
  void aHeldPartThatIsBlockedIsDrainedLater() {
    below.room = 1;
    part.write(bytes("head"));
    part.hold();
    part.wantWritable();
    turn();
    expect("send 4");
    below.room = 3;
    part.unblocked();
    expect("send 3", "drained");
    part.release();
    expect("settle");
  }

  // ---- ends

  @Test
  void theEndFollowsWhatWasWrittenAtTheEndOfTheTurn() {
    part.write(bytes("last"));
    part.end();
    part.end();
    assertTrue(part.isEnding());
    assertEquals(0, part.write(bytes("more")));
    assertFalse(part.isEnded());
    turn();
    expect("send 4", "end");
    assertTrue(part.isEnded());
    part.flushNow();
    part.unblocked();
    expect();
  }

  @Test
  void theEndFollowsWhatWasKept() {
    below.room = 1;
    part.write(bytes("last"));
    part.end();
    turn();
    expect("send 4");
    below.room = 3;
    part.unblocked();
    expect("send 3", "end");
  }

  @Test
  void theEndWaitsForRoomToo() {
    below.roomForEnd = false;
    part.end();
    turn();
    expect("no room for the end");
    assertFalse(part.isEnded());
    below.roomForEnd = true;
    part.unblocked();
    expect("end");
    assertTrue(part.isEnded());
  }

  @Test
  void aStoppedPartHoldsNothingAndDoesNothing() {
    part.write(bytes("gathered"));
    part.end();
    part.wantWritable();
    part.stop();
    assertEquals(0, loop.buffers().lent());
    assertFalse(part.hasUnsent());
    assertEquals(0, part.write(bytes("x")));
    assertNull(part.reserve(1));
    turn();
    part.unblocked();
    part.release();
    assertFalse(part.becameWritable());
    assertFalse(part.isEnded());
    expect();
  }

  @ParameterizedTest
  @ValueSource(ints = {10, SendingPart.UNGATHERED})
  void aCarrierMayFailWhileItIsSentTo(int length) {
    below.fails = true;
    part.write(bytes("head"));
    part.write(ByteBuffer.allocate(length));
    part.end();
    turn();
    assertFalse(part.hasUnsent());
    assertFalse(part.takesBytes());
    assertFalse(part.isEnded());
  }

  private static ByteBuffer given(@Nullable ByteBuffer room) {
    assertNotNull(room);
    return room;
  }
}
