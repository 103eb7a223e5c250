package dev.weir.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.stream.ByteStream;
import dev.weir.testkit.HostConditions;
import dev.weir.testkit.SimHost;
import dev.weir.testkit.SimNetwork;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Accepting: out of descriptors, spread over loops, refused, closed. */
class ListenerTest {

  private final SimNetwork net = new SimNetwork(1);
  private final SimHost server = net.host("server");
  private final SimHost client = net.host("client");
  private final Context serving = server.context(4);
  private final Context connecting = client.context(1);
  private final List<Recorder> accepted = new ArrayList<>();
  private final List<Recorder> clients = new ArrayList<>();

  @AfterEach
  void nothingIsLeft() {
    connecting.close();
    serving.close();
    net.runUntilIdle();
    net.assertNothingLeft();
  }

  private Recorder accept(ByteStream stream) {
    accepted.add(new Recorder());
    return accepted.getLast();
  }

  private void connect(int count) {
    for (int n = 0; n < count; n++) {
      Recorder made = new Recorder();
      clients.add(made);
      connecting.connect(Endpoint.of(server.address(80)), made);
    }
  }

  // ---- out of descriptors

  @Test
  void outOfDescriptorsItWaitsAndRecovers() {
    server.conditions(HostConditions.DEFAULT.withDescriptors(1 + 3));
    Listener listener = serving.listen(server.address(80), this::accept);
    connect(6);
    net.run(Duration.ofMillis(950));
    assertEquals(3, listener.accepted());
    // It tries ten times a second, not as fast as it can.
    assertTrue(listener.exhausted() >= 8 && listener.exhausted() <= 10, "" + listener.exhausted());
    assertEquals(6, clients.stream().filter(one -> one.stream != null).count(), "all wait");

    accepted.forEach(one -> one.onLoop(one.stream::close));
    clients.forEach(one -> one.onLoop(() -> one.stream.close()));
    net.run(Duration.ofMillis(300));
    assertEquals(6, listener.accepted());
  }

  @Test
  void closingWhileItWaitsIsTheEnd() {
    server.conditions(HostConditions.DEFAULT.withDescriptors(1));
    Listener listener = serving.listen(server.address(80), this::accept);
    connect(1);
    net.run(Duration.ofMillis(250));
    assertEquals(3, listener.exhausted());
    listener.close();
    net.runUntilIdle();
    assertEquals(3, listener.exhausted());
    assertEquals(List.of("opened", "closed by Reset"), clients.getFirst().events);
  }

  // ---- spread over loops

  @Test
  void aBurstIsSpreadExactly() {
    serving.listen(server.address(80), this::accept);
    server.pause(Duration.ofMillis(500));
    connect(40);
    net.run(Duration.ofSeconds(1));
    assertEquals(List.of(10, 10, 10, 10), serving.connectionsByLoop());
  }

  @Test
  void theLoopThatHasTheFewestGetsTheNext() {
    serving.listen(server.address(80), this::accept);
    connect(8);
    net.run(Duration.ofSeconds(1));
    Recorder gone = accepted.getFirst();
    int index = serving.loops().indexOf(gone.stream.loop());
    gone.onLoop(() -> gone.stream.reset(0));
    net.run(Duration.ofSeconds(1));
    connect(1);
    net.run(Duration.ofSeconds(1));
    assertEquals(index, serving.loops().indexOf(accepted.getLast().stream.loop()));
    assertEquals(List.of(2, 2, 2, 2), serving.connectionsByLoop());
  }

  @Test
  void refusedConnectionsDoNotCount() {
    serving.listen(server.address(80), stream -> null);
    connect(10);
    net.run(Duration.ofSeconds(1));
    serving.listen(server.address(81), this::accept);
    for (int n = 0; n < 8; n++) {
      connecting.connect(Endpoint.of(server.address(81)), new Recorder());
    }
    net.run(Duration.ofSeconds(1));
    assertEquals(List.of(2, 2, 2, 2), serving.connectionsByLoop());
  }

  @Test
  void connectionsOutAreSpreadToo() {
    Context many = client.context(4);
    serving.listen(server.address(80), this::accept);
    for (int n = 0; n < 8; n++) {
      many.connect(Endpoint.of(server.address(80)), new Recorder());
    }
    net.run(Duration.ofSeconds(1));
    assertEquals(List.of(2, 2, 2, 2), many.connectionsByLoop());
    many.close();
  }

  @Test
  void everyLoopAcceptsByItselfWhereTheSystemSpreads() {
    ListenOptions reuse = ListenOptions.DEFAULT.withBalance(ListenOptions.Balance.REUSE_PORT);
    Listener listener = serving.listen(server.address(80), reuse, this::accept);
    assertEquals(4, server.openSockets());
    connect(100);
    net.run(Duration.ofSeconds(1));
    assertEquals(100, listener.accepted());
    assertEquals(100, serving.connections());
    assertTrue(serving.connectionsByLoop().stream().allMatch(count -> count > 5));
    listener.close();
    net.run(Duration.ofMillis(10));
    assertEquals(100, server.openSockets());
  }

  // ---- refused, closed

  @Test
  void anAcceptorThatRefusesResets() {
    serving.listen(server.address(80), stream -> null);
    connect(1);
    net.runUntil(() -> clients.getFirst().isClosed());
    assertEquals(List.of("opened", "closed by Reset"), clients.getFirst().events);
  }

  @Test
  void anAcceptorThatFailsHarmsThatConnectionOnly() {
    serving.listen(
        server.address(80),
        stream -> {
          if (accepted.isEmpty()) {
            accept(stream);
            throw new IllegalStateException("on purpose");
          }
          return accept(stream);
        });
    connect(1);
    net.runUntil(() -> clients.getFirst().isClosed());
    assertEquals(List.of("opened", "closed by Reset"), clients.getFirst().events);
    connect(5);
    net.run(Duration.ofSeconds(1));
    assertEquals(5, serving.connections());
  }

  @Test
  void whatWasAcceptedOutlivesTheListener() {
    Listener listener = serving.listen(server.address(80), this::accept);
    connect(4);
    net.run(Duration.ofSeconds(1));
    listener.close();
    listener.close();
    net.run(Duration.ofSeconds(1));
    connect(1);
    net.run(Duration.ofSeconds(1));
    assertEquals(4, serving.connections());
    assertEquals(List.of("closed by ConnectFailed"), clients.getLast().events);
  }

  @Test
  void aFullBacklogIsWaitedFor() {
    Listener listener =
        serving.listen(
            server.address(80), ListenOptions.DEFAULT.withBacklog(1), stream -> accept(stream));
    server.pause(Duration.ofMillis(500));
    connect(3);
    net.run(Duration.ofMillis(400));
    assertEquals(1, clients.stream().filter(one -> one.stream != null).count());
    net.run(Duration.ofSeconds(5));
    assertEquals(3, listener.accepted());
  }

  @Test
  void aPortIsHadOnce() {
    Listener any = serving.listen(server.address(0), this::accept);
    assertNotEquals(0, any.port());
    UncheckedIOException e =
        assertThrows(
            UncheckedIOException.class,
            () -> serving.listen(server.address(any.port()), this::accept));
    assertEquals("cannot listen on " + any.address() + ": Address already in use", e.getMessage());
    assertThrows(
        UncheckedIOException.class,
        () -> serving.listen(new InetSocketAddress("192.0.2.1", 80), this::accept));
    any.close();
    net.run(Duration.ofMillis(10));
    assertEquals(any.port(), serving.listen(server.address(any.port()), this::accept).port());
  }
}
