package dev.weir.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.loop.Loop;
import dev.weir.net.Context;
import dev.weir.net.DatagramOptions;
import dev.weir.stream.DatagramHandler;
import dev.weir.stream.Datagrams;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The simulation does what its knobs say, again and again, and sees what is left. */
class SimNetworkTest {

  private final SimNetwork net = new SimNetwork(7);
  private final SimHost server = net.host("server");
  private final SimHost client = net.host("client");

  // ---- the same again

  @Test
  void aSeedGivesTheSameRunAndAnotherSeedAnother() {
    for (long seed = 1; seed <= 50; seed++) {
      assertEquals(fingerprint(seed), fingerprint(seed));
      assertNotEquals(fingerprint(seed), fingerprint(seed + 1));
    }
  }

  private static long fingerprint(long seed) {
    SimNetwork network = new SimNetwork(seed);
    RawStreamTest.begin(network);
    network.runUntilIdle();
    return network.fingerprint();
  }

  @Test
  void aFailureTellsItsSeedAndWhatTravelled() {
    AssertionError e =
        assertThrows(
            AssertionError.class,
            () ->
                Seeds.of(3)
                    .run(network -> {
                      RawStreamTest.begin(network);
                      return () -> {
                        throw new AssertionError("on purpose");
                      };
                    }));
    assertTrue(e.getMessage().startsWith("seed 1: on purpose\nwhat travelled last:\n"));
    assertTrue(e.getMessage().endsWith("-Dweir.sim.seed=1"));
  }

  // ---- streams

  private TestPeer[] connected() {
    TestPeer there = TestPeer.listen(net, "server", 80);
    TestPeer here = TestPeer.connect(net, "client", server.address(80));
    net.runUntil(() -> there.stream() != null);
    return new TestPeer[] {here, there};
  }

  @Test
  void latencyAndBandwidthTakeTheirTime() {
    net.conditions(HostConditions.DEFAULT.withDurations(Duration.ZERO, Duration.ZERO));
    net.conditions(
        LinkConditions.PERFECT
            .withLatency(Duration.ofMillis(40), Duration.ZERO)
            .withBandwidth(100_000));
    TestPeer[] peers = connected();
    assertEquals(120, net.elapsed().toMillis(), "three times the way: to, back, and to");
    peers[0].send(new byte[1_000_000]);
    peers[1].readBytes(1_000_000);
    long took = net.elapsed().toMillis() - 120;
    assertTrue(took >= 10_000 && took < 12_000, took + " ms");
  }

  @Test
  void aPartitionHoldsAStreamUpAndHealingLetsItGoOn() {
    TestPeer[] peers = connected();
    net.partition(client, server);
    peers[0].send("hello");
    peers[1].expectSilence(Duration.ofSeconds(30));
    net.heal(client, server);
    peers[1].expect("hello");
  }

  @Test
  void aPausedHostDoesNothingMeanwhile() {
    TestPeer[] peers = connected();
    server.pause(Duration.ofSeconds(3));
    long begin = net.elapsed().toMillis();
    peers[0].send("hello");
    peers[1].expect("hello");
    assertTrue(net.elapsed().toMillis() - begin >= 3000);
  }

  @Test
  void aCertainResetCutsBothSides() {
    TestPeer[] peers = connected();
    net.conditions(LinkConditions.PERFECT.withResets(1));
    peers[0].send("hello").expectReset();
    peers[1].expectReset();
  }

  // ---- datagrams

  private static final class Inbox implements DatagramHandler {
    final List<String> got = new ArrayList<>();
    Datagrams datagrams;

    @Override
    public void opened(Datagrams opened) {
      datagrams = opened;
    }

    @Override
    public void received(Datagrams from, ByteBuffer data, SocketAddress sender) {
      byte[] bytes = new byte[data.remaining()];
      data.get(bytes);
      got.add(new String(bytes, StandardCharsets.ISO_8859_1));
    }
  }

  private List<String> afterSending(int count, LinkConditions link) {
    net.conditions(link);
    Context serving = server.context(1);
    Context sending = client.context(1);
    Inbox inbox = new Inbox();
    Inbox outbox = new Inbox();
    SocketAddress to = serving.datagrams(server.address(53), null, DatagramOptions.DEFAULT, inbox);
    sending.datagrams(null, to, DatagramOptions.DEFAULT, outbox);
    net.run(Duration.ofMillis(1));
    for (int n = 0; n < count; n++) {
      byte[] text = String.valueOf(n).getBytes(StandardCharsets.ISO_8859_1);
      outbox.datagrams.loop().execute(() -> outbox.datagrams.send(ByteBuffer.wrap(text), null));
      net.run(Duration.ofMillis(1));
    }
    net.run(Duration.ofSeconds(1));
    serving.close();
    sending.close();
    net.runUntilIdle();
    net.assertNothingLeft();
    return inbox.got;
  }

  @Test
  void datagramsArriveInOrderUnlessTheLinkSaysOtherwise() {
    List<String> got = afterSending(100, LinkConditions.DEFAULT);
    List<String> expected = new ArrayList<>();
    for (int n = 0; n < 100; n++) {
      expected.add(String.valueOf(n));
    }
    assertEquals(expected, got);
  }

  @Test
  void someDatagramsAreLost() {
    int got = afterSending(1000, LinkConditions.DEFAULT.withDatagrams(0.3, 0, 0)).size();
    assertTrue(got > 600 && got < 800, got + " of 1000");
  }

  @Test
  void someDatagramsComeTwice() {
    int got = afterSending(1000, LinkConditions.DEFAULT.withDatagrams(0, 0.3, 0)).size();
    assertTrue(got > 1200 && got < 1400, got + " of 1000");
  }

  @Test
  void someDatagramsAreOvertaken() {
    List<String> got = afterSending(1000, LinkConditions.DEFAULT.withDatagrams(0, 0, 0.3));
    assertEquals(1000, got.size());
    int overtaken = 0;
    for (int n = 1; n < got.size(); n++) {
      overtaken += Integer.parseInt(got.get(n)) < Integer.parseInt(got.get(n - 1)) ? 1 : 0;
    }
    assertTrue(overtaken > 100, overtaken + " overtaken");
  }

  // ---- what is left

  @Test
  void everythingThatIsLeftIsNamed() {
    Context context = server.context(1);
    context.listen(server.address(80), stream -> null);
    Loop loop = server.loop();
    loop.execute(() -> {
      loop.buffers().take();
      loop.schedule(Duration.ofHours(1), () -> {});
    });
    net.run(Duration.ofSeconds(1));
    loop.execute(() -> {});
    List<String> left = net.leftovers();
    assertTrue(left.contains("1 open sockets on server"), "" + left);
    assertTrue(left.contains("1 timers set on server"), "" + left);
    assertTrue(left.contains("1 buffers lent on server"), "" + left);
    assertTrue(left.contains("1 loops with tasks on server"), "" + left);
    AssertionError e = assertThrows(AssertionError.class, net::assertNothingLeft);
    assertTrue(e.getMessage().contains("(seed 7, after "));
  }

  @Test
  void waitingForWhatNeverComesFails() {
    AssertionError e = assertThrows(AssertionError.class, () -> net.runUntil(() -> false));
    assertTrue(e.getMessage().contains("nothing more happens"));
    assertFalse(net.elapsed().isNegative());
  }
}
