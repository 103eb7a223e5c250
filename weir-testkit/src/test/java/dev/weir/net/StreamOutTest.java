package dev.weir.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.loop.Buffers;
import dev.weir.stream.ByteStream;
import dev.weir.testkit.HostConditions;
import dev.weir.testkit.TestPeer;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is written to the byte stream of a socket, and back-pressure. */
class StreamOutTest extends OverSimNetwork {

  @Test
  void aTurnsWritesLeaveTogether() {
    List<String> trace = new ArrayList<>();
    Recorder handler =
        new Recorder() {
          @Override
          public void opened(ByteStream stream) {
            super.opened(stream);
            stream.write(bytes("a"));
            stream.reserve(10).put((byte) 'b');
            stream.write(bytes("c"));
            stream.loop().execute(() -> stream.write(bytes("d")));
          }
        };
    net.trace(trace::add);
    TestPeer peer = connectTo(handler);
    peer.expect("abcd");
    assertEquals(1, trace.stream().filter(line -> line.contains(" bytes")).count(), "" + trace);
    peer.end();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 1000, 16 * 1024, 1_000_000})
  void aSlowReaderStallsItsWriterAtABound(int piece) {
    net.conditions(HostConditions.DEFAULT.withBuffers(10_000, 10_000));
    byte[] all = pattern(500_000);
    PieceWriter handler = new PieceWriter(all, piece);
    TestPeer peer = new TestPeer(net);
    serving.listen(server.address(80), stream -> handler);
    net.host("client").context(1).connect(Endpoint.of(server.address(80)), peer);
    net.runUntil(() -> peer.stream() != null);
    peer.pause();
    net.run(Duration.ofSeconds(10));
    int taken = handler.rest.position() - peer.available();
    assertTrue(taken <= 10_000 + 10_000 + Buffers.SIZE, taken + " bytes were taken");
    peer.resume().expect(all).expectEnd().end();
    net.runUntil(handler::isClosed);
    assertEquals(all.length, handler.stream.carrier().bytesOut());
  }

  @Test
  void aFullStreamTakesNothingAndReservesNothing() {
    net.conditions(HostConditions.DEFAULT.withBuffers(1000, 1000));
    PieceWriter handler = new PieceWriter(pattern(200_000), 1000);
    TestPeer peer = connectTo(handler);
    peer.pause();
    net.run(WHILE);
    handler.onLoop(() -> {
      assertEquals(0, handler.stream.write(Recorder.bytes("more")));
      assertNull(handler.stream.reserve(1));
      assertTrue(handler.stream.hasUnsent());
      handler.events.add("asserted");
    });
    net.run(WHILE);
    assertEquals("asserted", handler.events.getLast());
    peer.resume().readBytes(200_000);
    peer.end();
  }

  @Test
  void moreThanCanBeReservedIsRefused() {
    Recorder handler = new Recorder();
    TestPeer peer = connectTo(handler);
    handler.onLoop(() -> {
      assertThrows(
          IllegalArgumentException.class, () -> handler.stream.reserve(ByteStream.MAX_RESERVE + 1));
      for (int n = 0; n < 5; n++) {
        ByteBuffer room = handler.stream.reserve(ByteStream.MAX_RESERVE);
        assertTrue(room.remaining() >= ByteStream.MAX_RESERVE);
        room.position(room.position() + ByteStream.MAX_RESERVE);
      }
      handler.events.add("asserted");
    });
    net.run(WHILE);
    assertEquals("asserted", handler.events.getLast());
    peer.readBytes(5 * ByteStream.MAX_RESERVE);
    peer.end();
  }
}
