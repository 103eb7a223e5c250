package dev.weir.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.loop.Loop;
import dev.weir.stream.ByteStream;
import dev.weir.stream.StreamException;
import dev.weir.stream.StreamHandler;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** Two ends in memory keep the promises of a byte stream. */
class StreamPairTest {

  private final SimNetwork net = new SimNetwork(1);
  private final Loop loop = net.host("host").loop();

  @Test
  void twoThousandConversationsThroughPairsOfEverySize() {
    Seeds.of(2_000).run(StreamPairTest::begin);
  }

  private static Runnable begin(SimNetwork net) {
    RandomGenerator random = net.random();
    RandomGenerator cuts = random.nextBoolean() ? random : null;
    StreamPair pair =
        new StreamPair(
            net.host("host").loop(), 1 + random.nextInt(1 << random.nextInt(4, 17)), cuts);
    Party[] parties = Party.pair(net);
    pair.open(parties[0], parties[1]);
    return () -> {
      parties[0].verify();
      parties[1].verify();
    };
  }

  @Test
  void aPeerScriptsOneEndAgainstARoleOnTheOther() {
    StreamPair pair = new StreamPair(loop);
    TestPeer peer = new TestPeer(net);
    pair.open((stream, bytes) -> stream.write(bytes), peer);
    net.runUntil(() -> peer.stream() != null);
    peer.send("hello").expect("hello").end().expectEnd().expectClosed();
    assertNull(peer.problem());
    net.runUntilIdle();
    net.assertNothingLeft();
  }

  @Test
  void aFullPairTakesNothingUntilItIsRead() {
    StreamPair pair = new StreamPair(loop, 10, null);
    TestPeer near = new TestPeer(net);
    TestPeer far = new TestPeer(net);
    pair.open(near, far);
    net.runUntil(() -> near.stream() != null);
    far.pause();
    near.send("0123456789abcdef");
    net.run(Duration.ofSeconds(1));
    assertEquals(0, far.available());
    loop.execute(() -> assertNull(pair.near().reserve(1)));
    far.resume().expect("0123456789abcdef");
    assertEquals(16, pair.near().carrier().bytesOut());
    near.reset();
    far.expectReset();
    net.assertNothingLeft();
  }

  @Test
  void aResetCarriesItsCode() {
    StreamPair pair = new StreamPair(loop);
    TestPeer far = new TestPeer(net);
    pair.open(new TestPeer(net), far);
    net.runUntil(() -> far.stream() != null);
    pair.near().reset(42);
    far.expectReset();
    assertEquals(42, far.problem().code());
  }

  @Test
  void aHandlerThatLeavesTooMuchIsReset() {
    StreamPair pair = new StreamPair(loop, 1 << 20, null);
    TestPeer far = new TestPeer(net);
    StreamHandler greedy = (stream, bytes) -> {};
    pair.open(greedy, far);
    net.runUntil(() -> far.stream() != null);
    far.send(new byte[StreamHandler.MAX_LEFT + 1]).expectReset();
  }

  @Test
  void closingWaitsForTheOtherEndButNotForEver() {
    StreamPair pair = new StreamPair(loop);
    TestPeer near = new TestPeer(net);
    TestPeer far = new TestPeer(net);
    pair.open(near, far);
    net.runUntil(() -> near.stream() != null);
    far.pause();
    near.send("unread").close().expectClosed();
    assertInstanceOf(StreamException.TimedOut.class, near.problem());
    assertTrue(net.elapsed().toMillis() >= 2000);
    far.expectReset();
    net.assertNothingLeft();
  }

  @Test
  void limitsAreChecked() {
    assertThrows(IllegalArgumentException.class, () -> new StreamPair(loop, 0, null));
    ByteStream near = new StreamPair(loop).near();
    assertThrows(IllegalArgumentException.class, () -> near.reserve(ByteStream.MAX_RESERVE + 1));
    assertEquals(0, near.write(ByteBuffer.allocate(0)));
  }
}
