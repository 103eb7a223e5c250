package dev.weir.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.stream.ByteStream;
import dev.weir.stream.Carrier;
import dev.weir.stream.StreamException;
import dev.weir.testkit.HostConditions;
import dev.weir.testkit.LinkConditions;
import dev.weir.testkit.TestPeer;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The ends of the byte stream of a socket, and handlers that misbehave. */
class StreamEndsTest extends OverSimNetwork {

  @Test
  void eachDirectionEndsByItself() {
    Recorder handler = new Recorder();
    TestPeer peer = connectTo(handler);
    handler.onLoop(() -> handler.stream.end());
    peer.expectEnd().send("still here").expectSilence(WHILE);
    assertEquals("still here", handler.text());
    assertEquals(List.of("opened", "received"), handler.events);
    handler.onLoop(() -> assertEquals(0, handler.stream.write(Recorder.bytes("no"))));
    peer.end().expectClosed();
    assertNull(peer.problem());
    net.runUntil(handler::isClosed);
    assertEquals(List.of("opened", "received", "ended", "closed"), handler.events);
  }

  @Test
  void byDefaultAnEndIsAnsweredByClosing() {
    TestPeer peer = connectTo((stream, bytes) -> stream.write(bytes));
    peer.send("echo").end().expect("echo").expectEnd().expectClosed();
  }

  @Test
  void closingSendsWhatWasWrittenAndDropsWhatStillComes() {
    byte[] all = pattern(300_000);
    PieceWriter handler =
        new PieceWriter(all, 5000) {
          @Override
          void allWritten(ByteStream to) {
            to.close();
            to.close();
          }
        };
    TestPeer peer = connectTo(handler);
    peer.send(pattern(300_000)).expect(all).expectEnd();
    int before = handler.received.size();
    peer.send(pattern(100_000)).end().expectClosed();
    assertNull(peer.problem(), "a reset would have cost the peer what it had not read");
    assertEquals(before, handler.received.size());
    net.runUntil(handler::isClosed);
    assertNull(handler.problem);
  }

  @Test
  void aPeerThatDoesNotEndIsWaitedForTwoSeconds() {
    Recorder handler = new Recorder();
    TestPeer peer = connectTo(handler);
    long begin = net.elapsed().toMillis();
    handler.onLoop(() -> handler.stream.close());
    net.runUntil(handler::isClosed);
    long took = net.elapsed().toMillis() - begin;
    assertTrue(took >= 2000 && took < 2005, took + " ms");
    assertEquals(List.of("opened", "closed"), handler.events);
    peer.expectEnd().end().expectClosed();
  }

  @Test
  void aPeerThatTakesNothingIsCutWhileClosing() {
    net.conditions(HostConditions.DEFAULT.withBuffers(1000, 1000));
    Recorder handler = new Recorder();
    TestPeer peer = connectTo(handler);
    peer.pause();
    net.run(WHILE);
    handler.onLoop(() -> {
      handler.stream.write(ByteBuffer.wrap(pattern(15_000)));
      handler.stream.close();
    });
    net.runUntil(handler::isClosed);
    var problem = assertInstanceOf(StreamException.TimedOut.class, handler.problem);
    assertEquals("close", problem.layer());
    peer.resume().expectReset();
  }

  @Test
  void aPeerThatTakesLittleByLittleIsWaitedForWhileClosing() {
    // 15,000 bytes at 2,000 a second, one kilobyte on its way at a time.
    net.conditions(HostConditions.DEFAULT.withBuffers(1000, 1000));
    net.conditions(
        LinkConditions.PERFECT
            .withLatency(Duration.ofMillis(1), Duration.ZERO)
            .withBandwidth(2000));
    byte[] all = pattern(15_000);
    Recorder handler =
        new Recorder() {
          @Override
          public void opened(ByteStream opened) {
            super.opened(opened);
            opened.write(ByteBuffer.wrap(all));
            opened.close();
          }
        };
    TestPeer peer = connectTo(handler);
    peer.expect(all).expectEnd().end();
    net.runUntil(handler::isClosed);
    assertNull(handler.problem);
    assertTrue(net.elapsed().toSeconds() > 5);
  }

  @Test
  void resettingDropsEverythingAtOnce() {
    PieceWriter handler = new PieceWriter(pattern(1_000_000), 1000);
    TestPeer peer = connectTo(handler);
    peer.pause();
    net.run(WHILE);
    handler.onLoop(() -> {
      handler.stream.reset(7);
      assertFalse(handler.isClosed(), "no callback from inside a call");
    });
    net.runUntil(handler::isClosed);
    var problem = assertInstanceOf(StreamException.Aborted.class, handler.problem);
    assertEquals(7, problem.code());
    peer.resume().expectReset();
  }

  @Test
  void callsAfterTheEndDoNothing() {
    Recorder handler = new Recorder();
    TestPeer peer = connectTo(handler);
    peer.reset();
    net.runUntil(handler::isClosed);
    ByteStream gone = handler.stream;
    handler.onLoop(() -> {
      assertEquals(0, gone.write(Recorder.bytes("x")));
      assertNull(gone.reserve(1));
      gone.wantWritable();
      gone.pause();
      gone.resume();
      gone.flush();
      gone.end();
      gone.close();
      gone.reset(0);
      assertFalse(gone.hasUnsent());
      handler.events.add("asserted");
    });
    net.run(WHILE);
    assertEquals(List.of("opened", "closed by Reset", "asserted"), handler.events);
  }

  @Test
  void anAnswerThatCameBeforeTheCutIsReadAlthoughWritingFails() {
    Recorder handler = new Recorder();
    TestPeer peer = connectTo(handler);
    handler.onLoop(() -> handler.stream.pause());
    net.run(WHILE);
    peer.send("too much, go away");
    net.run(WHILE);
    peer.reset();
    net.run(WHILE);
    handler.onLoop(() -> {
      handler.stream.write(ByteBuffer.wrap(pattern(100)));
      handler.stream.resume();
    });
    net.runUntil(handler::isClosed);
    assertEquals("too much, go away", handler.text());
    assertEquals(List.of("opened", "received", "closed by Reset"), handler.events);
  }

  // ---- handlers that fail

  @ParameterizedTest
  @ValueSource(strings = {"opened", "received", "writable", "ended"})
  void aHandlerThatFailsIsResetAndHarmsNoOther(String where) {
    Recorder failing =
        new Recorder() {
          private void failAt(String place) {
            if (place.equals(where)) {
              throw new IllegalStateException("on purpose");
            }
          }

          @Override
          public void opened(ByteStream opened) {
            super.opened(opened);
            opened.wantWritable();
            failAt("opened");
          }

          @Override
          public void received(ByteStream from, ByteBuffer bytes) {
            super.received(from, bytes);
            failAt("received");
          }

          @Override
          public void writable(ByteStream to) {
            failAt("writable");
          }

          @Override
          public void ended(ByteStream from) {
            failAt("ended");
          }
        };
    Recorder other = new Recorder();
    serving.listen(server.address(81), stream -> other);
    TestPeer healthy = TestPeer.connect(net, "client", server.address(81));
    TestPeer peer = connectTo(failing);
    peer.send("bytes").end().expectReset();
    assertInstanceOf(StreamException.Aborted.class, failing.problem);
    assertEquals("handler", failing.problem.layer());
    healthy.send("fine").expectSilence(WHILE);
    assertEquals("fine", other.text());
    healthy.end();
  }

  // ---- from elsewhere

  @Test
  void closingAndResettingFromOutsideTheLoopWork() {
    Recorder first = new Recorder();
    TestPeer peer = connectTo(first);
    first.stream.close();
    peer.expectEnd().end().expectClosed();
    Recorder second = new Recorder();
    serving.listen(server.address(81), stream -> second);
    TestPeer other = TestPeer.connect(net, "client", server.address(81));
    net.run(WHILE);
    second.stream.reset(0);
    other.expectReset();
  }

  @Test
  void theCarrierCountsAndNames() {
    Recorder handler = new Recorder();
    TestPeer peer = connectTo(handler);
    handler.onLoop(() -> handler.stream.write(Recorder.bytes("1234")));
    peer.expect("1234").send("12").expectSilence(WHILE);
    Carrier carrier = handler.stream.carrier();
    assertEquals(2, carrier.bytesIn());
    assertEquals(4, carrier.bytesOut());
    assertEquals(new Context.Traffic(2, 4), serving.traffic());
    assertEquals(server.address(80), carrier.local());
    assertEquals(peer.stream().carrier().local(), carrier.remote());
    assertNull(carrier.tls());
    peer.end();
  }
}
