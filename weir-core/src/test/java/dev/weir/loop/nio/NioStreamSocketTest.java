package dev.weir.loop.nio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class NioStreamSocketTest {

  @Test
  void anArrayGoesInPiecesAsLongAsTheSystemTakesThem() throws IOException {
    Taker taker = new Taker(300_000);
    ByteBuffer array = ByteBuffer.allocate(1_000_000);
    assertEquals(300_000, new NioStreamSocket(taker).write(array));
    assertEquals(List.of(131_072, 131_072, 131_072), taker.offered);
    assertEquals(1_000_000, array.limit());
    assertEquals(300_000, array.position());
  }

  @Test
  void anArrayBehindABufferGoesInPieces() throws IOException {
    Taker taker = new Taker(500_000);
    ByteBuffer head = ByteBuffer.allocateDirect(100);
    ByteBuffer array = ByteBuffer.allocate(400_000);
    assertEquals(400_100, new NioStreamSocket(taker).write(head, array));
    assertEquals(List.of(100 + 131_072, 131_072, 131_072, 6_784), taker.offered);
    assertEquals(400_000, array.limit());
  }

  @Test
  void whatIsOutsideOfTheHeapGoesWhole() throws IOException {
    Taker taker = new Taker(2_000_000);
    assertEquals(1_000_000, new NioStreamSocket(taker).write(ByteBuffer.allocateDirect(1_000_000)));
    assertEquals(List.of(1_000_000), taker.offered);
  }

  @Test
  void theLimitIsRestoredWhenTheSystemFails() {
    Taker taker = new Taker(-1);
    ByteBuffer array = ByteBuffer.allocate(1_000_000);
    NioStreamSocket socket = new NioStreamSocket(taker);
    assertTrue(
        org.junit.jupiter.api.Assertions.assertThrows(IOException.class, () -> socket.write(array))
            .getMessage()
            .contains("broken"));
    assertEquals(1_000_000, array.limit());
  }

  /** Takes so many bytes and no more; a negative number of them is a broken connection. */
  private static final class Taker extends StubSocketChannel {

    final List<Integer> offered = new ArrayList<>();
    private long room;

    Taker(long room) {
      this.room = room;
    }

    @Override
    public int write(ByteBuffer src) throws IOException {
      return (int) write(new ByteBuffer[] {src}, 0, 1);
    }

    @Override
    public long write(ByteBuffer[] srcs, int offset, int length) throws IOException {
      if (room < 0) {
        throw new IOException("broken");
      }
      int offer = 0;
      long taken = 0;
      for (ByteBuffer src : srcs) {
        offer += src.remaining();
        int count = (int) Math.min(room, src.remaining());
        src.position(src.position() + count);
        room -= count;
        taken += count;
      }
      offered.add(offer);
      return taken;
    }
  }
}
