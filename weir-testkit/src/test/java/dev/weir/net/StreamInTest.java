package dev.weir.net;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.loop.spi.SocketOptions;
import dev.weir.stream.ByteStream;
import dev.weir.stream.StreamException;
import dev.weir.stream.StreamHandler;
import dev.weir.testkit.HostConditions;
import dev.weir.testkit.SimHost;
import dev.weir.testkit.SimNetwork;
import dev.weir.testkit.TestPeer;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What comes on the byte stream of a socket: what is left of it, the next handler, adoption. */
class StreamInTest extends OverSimNetwork {

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
}
