package dev.weir.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.stream.ByteStream;
import dev.weir.stream.DatagramHandler;
import dev.weir.stream.Datagrams;
import dev.weir.stream.StreamHandler;
import dev.weir.stream.WeirException;
import dev.weir.testkit.HostConditions;
import dev.weir.testkit.SimHost;
import dev.weir.testkit.SimNetwork;
import dev.weir.testkit.TestPeer;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The end of a context: ask, wait, cut, and tell everybody. */
class ShutdownTest {

  private final SimNetwork net = new SimNetwork(1);
  private final SimHost server = net.host("server");
  private final Context serving = server.context(3);

  @AfterEach
  void nothingIsLeft() {
    net.runUntilIdle();
    assertEquals(0, server.openSockets());
    assertEquals(List.of(), serving.loops().stream().filter(loop -> loop.timers() > 0).toList());
  }

  private TestPeer connect() {
    TestPeer peer = TestPeer.connect(net, "client", server.address(80));
    net.run(Duration.ofMillis(100));
    return peer;
  }

  /** Never comes to an end by itself. */
  private static class Stubborn extends Recorder {
    @Override
    public void drain(ByteStream stream) {
      events.add("drain");
    }
  }

  @Test
  void anIdleContextEndsAtOnce() {
    serving.listen(server.address(80), stream -> new Recorder());
    CompletableFuture<Void> ended = serving.shutdown(Duration.ofMinutes(1));
    net.runUntilIdle();
    assertTrue(ended.isDone());
    assertTrue(net.elapsed().toMillis() < 5, "" + net.elapsed());
  }

  @Test
  void aHandlerFinishesWhatItHasBegunAndNobodyWaitsForTheDeadline() {
    Recorder last =
        new Recorder() {
          @Override
          public void drain(ByteStream stream) {
            stream
                .loop()
                .schedule(
                    Duration.ofSeconds(3),
                    () -> {
                      stream.write(bytes("the end"));
                      stream.close();
                    });
          }
        };
    serving.listen(server.address(80), stream -> last);
    TestPeer peer = connect();
    CompletableFuture<Void> ended = serving.shutdown(Duration.ofMinutes(1));
    peer.expectSilence(Duration.ofSeconds(2));
    assertFalse(ended.isDone());
    peer.expect("the end").expectEnd().end();
    net.runUntil(ended::isDone);
    assertTrue(net.elapsed().toSeconds() < 5);
    assertEquals(List.of("opened", "closed"), last.events);
  }

  @Test
  void theEndComesWithTheLastConnection() {
    List<Duration> ends = new ArrayList<>();
    Stubborn handler =
        new Stubborn() {
          @Override
          public void closed(ByteStream gone, @Nullable WeirException why) {
            ends.add(net.elapsed());
          }
        };
    serving.listen(server.address(80), stream -> handler);
    TestPeer peer = connect();
    CompletableFuture<Void> ended = serving.shutdown(Duration.ofMinutes(1));
    ended.thenRun(() -> ends.add(net.elapsed()));
    net.run(Duration.ofSeconds(1));
    peer.reset();
    net.runUntil(ended::isDone);
    assertEquals(2, ends.size());
    Duration later = ends.get(1).minus(ends.get(0));
    assertTrue(later.compareTo(Duration.ofNanos(100_000)) < 0, later + " later");
  }

  @Test
  void byDefaultAStreamIsClosedInOrderAtOnce() {
    serving.listen(server.address(80), stream -> new Recorder());
    TestPeer peer = connect();
    serving.shutdown(Duration.ofMinutes(1));
    peer.expectEnd();
  }

  @Test
  void whatIsLeftAtTheDeadlineIsCut() {
    List<Stubborn> handlers = new ArrayList<>();
    serving.listen(
        server.address(80),
        stream -> {
          handlers.add(new Stubborn());
          return handlers.getLast();
        });
    List<TestPeer> peers = List.of(connect(), connect(), connect(), connect());
    long begin = net.elapsed().toMillis();
    CompletableFuture<Void> ended = serving.shutdown(Duration.ofSeconds(5));
    net.runUntil(ended::isDone);
    long took = net.elapsed().toMillis() - begin;
    assertTrue(took >= 5000 && took < 5010, took + " ms");
    for (Stubborn handler : handlers) {
      assertEquals(List.of("opened", "drain", "closed by Aborted"), handler.events);
    }
    peers.forEach(TestPeer::expectReset);
  }

  @Test
  void withoutADeadlineEverythingIsCutAndNobodyAsked() {
    Stubborn handler = new Stubborn();
    serving.listen(server.address(80), stream -> handler);
    TestPeer peer = connect();
    serving.close();
    net.runUntil(() -> serving.ended().isDone());
    assertEquals(List.of("opened", "closed by Aborted"), handler.events);
    peer.expectReset();
  }

  @Test
  void aSecondCallBringsTheDeadlineForward() {
    serving.listen(server.address(80), stream -> new Stubborn());
    connect();
    serving.shutdown(Duration.ofHours(1));
    net.run(Duration.ofSeconds(1));
    CompletableFuture<Void> ended = serving.shutdown(Duration.ofSeconds(1));
    net.runUntil(ended::isDone);
    assertTrue(net.elapsed().toSeconds() < 4, "" + net.elapsed());
    assertTrue(serving.shutdown(Duration.ofHours(1)).isDone());
  }

  @Test
  void aSecondCallDoesNotPutTheDeadlineOff() {
    serving.listen(server.address(80), stream -> new Stubborn());
    connect();
    serving.shutdown(Duration.ofSeconds(2));
    CompletableFuture<Void> ended = serving.shutdown(Duration.ofHours(1));
    net.runUntil(ended::isDone);
    assertTrue(net.elapsed().toSeconds() < 4, "" + net.elapsed());
  }

  @Test
  void aDeadlineBeyondAllClocksIsNone() {
    Stubborn handler = new Stubborn();
    serving.listen(server.address(80), stream -> handler);
    TestPeer peer = connect();
    CompletableFuture<Void> ended = serving.shutdown(ChronoUnit.FOREVER.getDuration());
    net.run(Duration.ofMinutes(1));
    assertEquals(List.of("opened", "drain"), handler.events);
    peer.end();
    net.run(Duration.ofSeconds(1));
    assertTrue(ended.isDone());
  }

  @Test
  void nobodyIsAcceptedAnyMore() {
    serving.listen(server.address(80), stream -> new Stubborn());
    connect();
    serving.shutdown(Duration.ofSeconds(5));
    net.run(Duration.ofSeconds(1));
    Recorder late = new Recorder();
    net.host("client").context(1).connect(Endpoint.of(server.address(80)), late);
    net.run(Duration.ofSeconds(1));
    assertEquals(List.of("closed by ConnectFailed"), late.events);
    assertThrows(
        IllegalStateException.class,
        () -> serving.listen(server.address(81), stream -> new Recorder()));
  }

  @Test
  void connectionsOnTheirWayFromLoopToLoopAreRefusedNotLost() {
    for (int seed = 1; seed <= 200; seed++) {
      SimNetwork network = new SimNetwork(seed);
      network.conditions(HostConditions.hostile(network.random()));
      Context context = network.host("server").context(3);
      context.listen(network.host("server").address(80), stream -> new Stubborn());
      Context clients = network.host("client").context(1);
      for (int n = 0; n < 20; n++) {
        clients.connect(Endpoint.of(network.host("server").address(80)), new Recorder());
      }
      Duration when = Duration.ofNanos(network.random().nextInt(60_000_000));
      network.after(when, () -> context.shutdown(Duration.ofSeconds(1)));
      network.runUntilIdle();
      network.assertNothingLeft();
    }
  }

  @Test
  void datagramSocketsGoLast() {
    List<String> told = new ArrayList<>();
    serving.datagrams(
        server.address(53),
        null,
        DatagramOptions.DEFAULT,
        new DatagramHandler() {
          @Override
          public void received(Datagrams datagrams, ByteBuffer data, SocketAddress from) {}

          @Override
          public void closed(Datagrams datagrams, @Nullable WeirException problem) {
            told.add("datagrams closed: " + problem);
          }
        });
    Recorder slow =
        new Recorder() {
          @Override
          public void drain(ByteStream stream) {
            stream.loop().schedule(Duration.ofSeconds(1), () -> stream.reset(0));
          }

          @Override
          public void closed(ByteStream gone, @Nullable WeirException why) {
            told.add("stream closed");
          }
        };
    serving.listen(server.address(80), stream -> slow);
    connect();
    CompletableFuture<Void> ended = serving.shutdown(Duration.ofMinutes(1));
    ended.thenRun(() -> told.add("ended"));
    net.runUntil(ended::isDone);
    assertEquals(List.of("datagrams closed: null", "stream closed", "ended"), sorted(told));
  }

  /** A stream and a datagram socket may be on different loops, which end independently. */
  private static List<String> sorted(List<String> events) {
    List<String> sorted = new ArrayList<>(events.subList(0, 2));
    sorted.sort(null);
    sorted.addAll(events.subList(2, events.size()));
    return sorted;
  }

  @Test
  void aHandlerThatFailsWhenAskedIsCut() {
    Recorder failing =
        new Recorder() {
          @Override
          public void drain(ByteStream stream) {
            throw new IllegalStateException("on purpose");
          }
        };
    serving.listen(server.address(80), stream -> failing);
    TestPeer peer = connect();
    CompletableFuture<Void> ended = serving.shutdown(Duration.ofMinutes(1));
    net.runUntil(ended::isDone);
    assertEquals(List.of("opened", "closed by Aborted"), failing.events);
    peer.expectReset();
  }

  @Test
  void whatIsBeingClosedIsWaitedFor() {
    serving.listen(
        server.address(80),
        stream ->
            new StreamHandler() {
              @Override
              public void received(ByteStream from, ByteBuffer bytes) {
                bytes.position(bytes.limit());
                from.close();
              }
            });
    TestPeer peer = connect();
    peer.send("close").expectEnd();
    CompletableFuture<Void> ended = serving.shutdown(Duration.ofMinutes(1));
    net.run(Duration.ofSeconds(1));
    assertFalse(ended.isDone());
    peer.end();
    net.runUntil(ended::isDone);
  }
}
