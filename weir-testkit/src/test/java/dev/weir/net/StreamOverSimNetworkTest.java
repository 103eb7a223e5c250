package dev.weir.net;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.loop.Buffers;
import dev.weir.loop.spi.SocketOptions;
import dev.weir.stream.ByteStream;
import dev.weir.stream.Carrier;
import dev.weir.stream.StreamException;
import dev.weir.stream.StreamHandler;
import dev.weir.testkit.HostConditions;
import dev.weir.testkit.LinkConditions;
import dev.weir.testkit.SimHost;
import dev.weir.testkit.SimNetwork;
import dev.weir.testkit.TestPeer;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The byte stream on a socket: in, out, back-pressure, the ends, and handlers that misbehave. */
class StreamOverSimNetworkTest {

  private static final Duration WHILE = Duration.ofMillis(100);

  private final SimNetwork net = new SimNetwork(1);
  private final SimHost server = net.host("server");
  private final Context serving = server.context(1);

  @AfterEach
  void nothingIsLeft() {
    net.runUntilIdle();
    serving.close();
    net.runUntilIdle();
    assertEquals(0, server.openSockets());
    assertEquals(0, serving.connections());
    assertEquals(0, serving.loop().timers());
    assertEquals(0, serving.loop().buffers().lent());
  }

  private TestPeer connectTo(StreamHandler handler) {
    serving.listen(server.address(80), stream -> handler);
    TestPeer peer = TestPeer.connect(net, "client", server.address(80));
    net.run(WHILE);
    return peer;
  }

  private static byte[] pattern(int length) {
    byte[] bytes = new byte[length];
    for (int n = 0; n < length; n++) {
      bytes[n] = (byte) (n * 31 + (n >> 10));
    }
    return bytes;
  }

  // ---- in

  /** Leaves everything until a whole line is there, then hands the line on. */
  private static final class Lines extends Recorder {
    final List<String> lines = new ArrayList<>();
    final List<Integer> seen = new ArrayList<>();

    @Override
    public void received(ByteStream from, ByteBuffer bytes) {
      seen.add(bytes.remaining());
      for (int n = bytes.position(); n < bytes.limit(); n++) {
        if (bytes.get(n) == '\n') {
          byte[] line = new byte[n - bytes.position()];
          bytes.get(line).get();
          lines.add(new String(line, StandardCharsets.ISO_8859_1));
        }
      }
    }
  }

  @Test
  void whatIsLeftComesAgainInFrontOfWhatIsNew() {
    Lines handler = new Lines();
    TestPeer peer = connectTo(handler);
    peer.sendSlowly("one\ntwo\n".getBytes(StandardCharsets.ISO_8859_1), WHILE)
        .send("three\nfour")
        .expectSilence(WHILE);
    assertEquals(List.of("one", "two", "three"), handler.lines);
    assertEquals(List.of(1, 2, 3, 4, 1, 2, 3, 4, 10), handler.seen, "and only then");
    peer.end();
  }

  @Test
  void aResetAfterThePeersEndIsToldThoughNothingIsWritten() {
    Recorder handler =
        new Recorder() {
          @Override
          public void ended(ByteStream from) {
            events.add("ended");
          }
        };
    TestPeer peer = connectTo(handler);
    peer.end().expectSilence(WHILE);
    assertEquals(List.of("opened", "ended"), handler.events);
    peer.reset();
    net.run(WHILE);
    assertEquals(List.of("opened", "ended", "closed by Reset"), handler.events);
  }

  @Test
  void whatIsLeftIsNotShownAgainBecauseThereIsRoomToWrite() {
    Lines handler = new Lines();
    TestPeer peer = connectTo(handler);
    peer.send("no line").expectSilence(WHILE);
    handler.onLoop(() -> handler.stream.wantWritable());
    net.run(WHILE);
    assertEquals(List.of(7), handler.seen);
    peer.end();
  }

  @Test
  void aPausedHandlerIsLeftAloneAndGetsTheRestWhenItResumes() {
    Recorder handler =
        new Recorder() {
          @Override
          public void received(ByteStream from, ByteBuffer bytes) {
            events.add("received " + bytes.remaining());
            bytes.get();
            from.pause();
          }
        };
    TestPeer peer = connectTo(handler);
    peer.send("abc").expectSilence(WHILE).send("def").expectSilence(WHILE);
    assertEquals(List.of("opened", "received 3"), handler.events);
    handler.onLoop(() -> handler.stream.resume());
    net.run(WHILE);
    assertEquals(List.of("opened", "received 3", "received 2"), handler.events);
    handler.onLoop(() -> handler.stream.resume());
    net.run(WHILE);
    assertEquals("received 1", handler.events.getLast(), "what was left, before what is new");
    handler.onLoop(() -> handler.stream.reset(0));
    peer.expectReset();
  }

  @Test
  void whatIsLeftComesBeforeTheEnd() {
    // The end arrives between the resume and its effect, on any of many networks.
    for (int seed = 1; seed <= 300; seed++) {
      SimNetwork network = new SimNetwork(seed);
      network.conditions(HostConditions.DEFAULT.withDurations(Duration.ofMillis(5), Duration.ZERO));
      SimHost host = network.host("server");
      Recorder handler =
          new Recorder() {
            @Override
            public void received(ByteStream from, ByteBuffer bytes) {
              events.add("received " + bytes.remaining());
              if (events.size() == 2) {
                from.pause();
                network.after(
                    Duration.ofMillis(20), () -> from.loop().execute(() -> from.resume()));
              } else {
                bytes.position(bytes.limit());
              }
            }
          };
      host.context(1).listen(host.address(80), stream -> handler);
      TestPeer peer = TestPeer.connect(network, "client", host.address(80));
      peer.send("abc");
      network.run(Duration.ofMillis(20));
      peer.end();
      network.runUntil(() -> handler.events.contains("ended"));
      assertEquals(List.of("received 3", "received 3", "ended"), handler.events.subList(1, 4));
    }
  }

  @Test
  void aHandlerThatLeavesTooMuchIsReset() {
    Recorder handler =
        new Recorder() {
          @Override
          public void received(ByteStream from, ByteBuffer bytes) {}
        };
    TestPeer peer = connectTo(handler);
    peer.send(pattern(StreamHandler.MAX_LEFT)).expectSilence(WHILE);
    assertEquals(List.of("opened"), handler.events, "as much as is allowed");
    peer.send("x").expectReset();
    var problem = assertInstanceOf(StreamException.Aborted.class, handler.problem);
    assertTrue(problem.getMessage().contains("left " + (StreamHandler.MAX_LEFT + 1) + " bytes"));
  }

  @Test
  void aPausedHandlerMayLeaveAllOfIt() {
    byte[] sent = pattern(200_000);
    Recorder handler =
        new Recorder() {
          int times;

          @Override
          public void received(ByteStream from, ByteBuffer bytes) {
            if (++times % 3 != 0) {
              from.pause();
              from.loop().execute(from::resume);
            } else {
              super.received(from, bytes);
            }
          }
        };
    connectTo(handler).send(sent).end();
    net.runUntil(handler::isClosed);
    assertArrayEquals(sent, handler.received.toByteArray());
  }

  // ---- another handler

  @Test
  void theNextHandlerGetsWhatTheFirstHasLeft() {
    Recorder second = new Recorder();
    Recorder first =
        new Recorder() {
          @Override
          public void received(ByteStream from, ByteBuffer bytes) {
            bytes.position(bytes.position() + 8);
            from.handler(second);
          }
        };
    TestPeer peer = connectTo(first);
    peer.send("upgrade:hello").end();
    net.runUntil(second::isClosed);
    assertEquals("hello", second.text());
    assertEquals(List.of("received", "ended", "closed"), second.events);
    assertEquals(List.of("opened"), first.events);
  }

  @Test
  void theNextHandlerGetsWhatWasLeftLongAgo() {
    Lines first = new Lines();
    Recorder second = new Recorder();
    TestPeer peer = connectTo(first);
    peer.send("left").expectSilence(WHILE);
    first.onLoop(() -> first.stream.handler(second));
    net.run(WHILE);
    assertEquals("left", second.text());
    peer.end();
  }

  @Test
  void theNextHandlerOfAPausedStreamWaits() {
    Recorder second = new Recorder();
    Recorder first =
        new Recorder() {
          @Override
          public void received(ByteStream from, ByteBuffer bytes) {
            from.pause();
            from.handler(second);
          }
        };
    TestPeer peer = connectTo(first);
    peer.send("hello").expectSilence(WHILE);
    assertEquals("", second.text());
    first.onLoop(() -> first.stream.resume());
    net.run(WHILE);
    assertEquals("hello", second.text());
    peer.end();
  }

  // ---- adopted

  @Test
  void whatWasReadBeforeAdoptionComesFirst() throws Exception {
    byte[] before = pattern(150_000);
    Recorder handler = new Recorder();
    Context away = net.host("away").context(1);
    TestPeer peer = TestPeer.listen(net, "client", 99);
    var loop = serving.loop();
    var socket =
        loop.poller()
            .sockets()
            .connect(net.host("client").address(99), null, SocketOptions.DEFAULT);
    net.run(WHILE);
    assertTrue(socket.finishConnect());
    peer.send("and after").end();
    net.run(WHILE);
    serving.adopt(socket, ByteBuffer.wrap(before), stream -> handler);
    net.runUntil(handler::isClosed);
    assertEquals(before.length + 9, handler.received.size());
    assertEquals("and after", handler.text().substring(before.length));
    assertThrows(
        IllegalArgumentException.class, () -> serving.adopt("no socket", null, stream -> handler));
    away.close();
  }

  // ---- out

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

  /** Writes as much as is taken, in pieces, whenever there is room. */
  private static class Writer extends Recorder {
    final ByteBuffer rest;
    final int piece;

    Writer(byte[] all, int piece) {
      this.rest = ByteBuffer.wrap(all);
      this.piece = piece;
    }

    @Override
    public void opened(ByteStream opened) {
      super.opened(opened);
      writable(opened);
    }

    @Override
    public void writable(ByteStream to) {
      while (rest.hasRemaining()) {
        ByteBuffer next = rest.slice(rest.position(), Math.min(piece, rest.remaining()));
        rest.position(rest.position() + to.write(next));
        if (next.hasRemaining()) {
          to.wantWritable();
          return;
        }
      }
      allWritten(to);
    }

    void allWritten(ByteStream to) {
      to.end();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 1000, 16 * 1024, 1_000_000})
  void aSlowReaderStallsItsWriterAtABound(int piece) {
    net.conditions(HostConditions.DEFAULT.withBuffers(10_000, 10_000));
    byte[] all = pattern(500_000);
    Writer handler = new Writer(all, piece);
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
    Writer handler = new Writer(pattern(200_000), 1000);
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

  // ---- the ends

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
    Writer handler =
        new Writer(all, 5000) {
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
    Writer handler = new Writer(pattern(1_000_000), 1000);
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
