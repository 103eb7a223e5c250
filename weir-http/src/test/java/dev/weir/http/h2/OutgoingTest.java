package dev.weir.http.h2;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OutgoingTest {

  /** A carrier with room for so many bytes. */
  private static final class Carrier implements Http2Output {
    final ByteArrayOutputStream taken = new ByteArrayOutputStream();
    int room;
    boolean wanted;
    private @Nullable ByteBuffer lent;

    @Override
    public @Nullable ByteBuffer reserve(int min) {
      settle();
      if (room < min) {
        return null;
      }
      lent = ByteBuffer.allocate(room);
      return lent;
    }

    void settle() {
      var written = lent;
      lent = null;
      if (written != null) {
        var bytes = new byte[written.position()];
        written.get(0, bytes);
        taken.writeBytes(bytes);
        room -= written.position();
      }
    }

    @Override
    public void wantWritable() {
      settle();
      wanted = true;
    }

    @Override
    public void wantDelivery() {}
  }

  private final Carrier carrier = new Carrier();
  private final Outgoing out = new Outgoing(carrier, 1 << 16);

  @Test
  void writesStraightWhereThereIsRoom() {
    carrier.room = 100;
    FrameWriter.ping(out.frame(17), false, 1);
    assertEquals(0, out.queued());
    carrier.settle();
    assertEquals(17, carrier.taken.size());
    assertFalse(carrier.wanted);
  }

  @Test
  void keepsFramesInOrderWhereThereIsNot() {
    carrier.room = 16;
    for (int i = 0; i < 100; i++) {
      FrameWriter.ping(out.frame(17), false, i);
    }
    assertTrue(carrier.wanted);
    assertEquals(1700, out.queued());
    assertNull(out.data(10));
    carrier.room = 100_000;
    assertTrue(out.drain());
    carrier.settle();
    var said = new Frames().read(carrier.taken.toByteArray());
    assertEquals(100, said.size());
    assertEquals("PING 0", said.getFirst());
    assertEquals("PING 99", said.getLast());
    assertNotNull(out.data(10));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 16, 17, 18, 300})
  void drainsPieceByPiece(int room) {
    for (int i = 0; i < 50; i++) {
      FrameWriter.ping(out.frame(17), false, i);
    }
    while (out.queued() > 0) {
      carrier.wanted = false;
      carrier.room = room;
      assertEquals(out.queued() <= room, out.drain());
      carrier.settle();
    }
    assertEquals(850, carrier.taken.size());
    assertEquals("PING 49", new Frames().read(carrier.taken.toByteArray()).getLast());
  }
}
