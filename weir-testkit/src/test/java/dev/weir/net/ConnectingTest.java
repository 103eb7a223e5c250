package dev.weir.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.loop.spi.SocketOptions;
import dev.weir.stream.StreamException;
import dev.weir.testkit.HostConditions;
import dev.weir.testkit.LinkConditions;
import dev.weir.testkit.SimHost;
import dev.weir.testkit.SimNetwork;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How a connection comes about, or does not. Ten milliseconds each way; names take two. */
class ConnectingTest {

  private static final InetSocketAddress ANY_80 = new InetSocketAddress(80);

  private final SimNetwork net = new SimNetwork(1);
  private final SimHost server = net.host("server");
  private final SimHost client = net.host("client");
  private final Context serving = server.context(1);
  private final Context connecting = client.context(1);
  private final Recorder handler = new Recorder();
  private final List<String> trace = new ArrayList<>();

  @BeforeEach
  void quietly() {
    net.conditions(LinkConditions.PERFECT.withLatency(Duration.ofMillis(10), Duration.ZERO));
    net.conditions(HostConditions.DEFAULT.withDurations(Duration.ZERO, Duration.ZERO));
    net.trace(trace::add);
  }

  @AfterEach
  void nothingIsLeft() {
    connecting.close();
    serving.close();
    net.runUntilIdle();
    net.assertNothingLeft();
  }

  private void connect() {
    connecting.connect(Endpoint.tcp("server", 80), handler);
  }

  private List<String> attempts() {
    return trace.stream()
        .filter(line -> line.contains("connecting"))
        .map(line -> line.substring(line.indexOf("->") + 3))
        .distinct()
        .toList();
  }

  private void assertElapsed(long millis) {
    long elapsed = net.elapsed().toMillis();
    assertTrue(elapsed >= millis, "too soon: " + elapsed + " ms");
    // The clock of timers has ticks of about a millisecond.
    assertTrue(elapsed <= millis + 4, "too late: " + elapsed + " ms");
  }

  @Test
  void theFirstAddressIsTriedFirst() {
    serving.listen(ANY_80, stream -> new Recorder());
    connect();
    net.runUntil(() -> handler.stream != null);
    assertElapsed(22);
    SocketAddress remote = handler.stream.carrier().remote();
    assertEquals(new InetSocketAddress(server.ip6(), 80), remote);
  }

  @Test
  void aSilentAddressDelaysByTheHeadStartOnly() {
    serving.listen(ANY_80, stream -> new Recorder());
    net.blackhole(server.ip6());
    connect();
    net.runUntil(() -> handler.stream != null);
    assertElapsed(2 + 250 + 20);
    assertEquals(server.address(80), handler.stream.carrier().remote());
    assertEquals(1, client.openSockets(), "the one that lost is closed");
  }

  @Test
  void aRefusedAddressDelaysByItsAnswerOnly() {
    serving.listen(server.address(80), stream -> new Recorder());
    connect();
    net.runUntil(() -> handler.stream != null);
    assertElapsed(2 + 20 + 20);
  }

  @Test
  void familiesAlternateBeginningWithTheFirst() {
    InetAddress[] six = {ip("fd00::a"), ip("fd00::b"), ip("fd00::c")};
    InetAddress[] four = {ip("10.1.0.1"), ip("10.1.0.2")};
    net.names().answer("many", six[0], six[1], four[0], six[2], four[1]);
    connecting.connect(Endpoint.tcp("many", 80), handler);
    net.run(Duration.ofMillis(2 + 4 * 250 + 10));
    List<String> expected = new ArrayList<>();
    for (InetAddress address : List.of(six[0], four[0], six[1], four[1], six[2])) {
      expected.add(new InetSocketAddress(address, 80).toString());
    }
    assertEquals(expected, attempts());
  }

  @Test
  void aSlowNetworkMakesTwoConnectionsOfWhichOneIsDropped() {
    net.conditions(LinkConditions.PERFECT.withLatency(Duration.ofMillis(200), Duration.ZERO));
    List<Recorder> accepted = new ArrayList<>();
    Listener listener =
        serving.listen(
            ANY_80,
            stream -> {
              accepted.add(new Recorder());
              return accepted.getLast();
            });
    connect();
    net.run(Duration.ofSeconds(2));
    assertEquals(List.of("opened"), handler.events);
    assertEquals(1, serving.connections());
    assertEquals(1, client.openSockets());
    assertTrue(listener.accepted() <= 2);
  }

  @Test
  void allRefused() {
    connect();
    net.runUntilIdle();
    var problem = assertInstanceOf(StreamException.ConnectFailed.class, handler.problem);
    assertEquals("cannot connect to server:80: Connection refused", problem.getMessage());
    assertEquals(List.of("closed by ConnectFailed"), handler.events);
    assertEquals("connect", problem.layer());
  }

  @Test
  void noneAnswers() {
    net.blackhole(server.ip4());
    net.blackhole(server.ip6());
    connect();
    net.runUntil(handler::isClosed);
    assertInstanceOf(StreamException.TimedOut.class, handler.problem);
    assertElapsed(10_000);
  }

  @Test
  void theTimeoutIsForNameAndAttemptsTogether() {
    net.names().answer("slow", Duration.ofMillis(900), server.ip4());
    net.blackhole(server.ip4());
    connecting.connect(
        Endpoint.tcp("slow", 80),
        ConnectOptions.DEFAULT.withTimeout(Duration.ofSeconds(1)),
        handler);
    net.runUntil(handler::isClosed);
    assertInstanceOf(StreamException.TimedOut.class, handler.problem);
    assertElapsed(1000);
  }

  @Test
  void aNameThatNobodyAnswersForTimesOut() {
    net.names().silent("nobody");
    connecting.connect(Endpoint.tcp("nobody", 80), handler);
    net.runUntil(handler::isClosed);
    assertInstanceOf(StreamException.TimedOut.class, handler.problem);
  }

  @Test
  void aNameThatDoesNotExist() {
    connecting.connect(Endpoint.tcp("nowhere", 80), handler);
    net.runUntilIdle();
    var problem = assertInstanceOf(StreamException.ConnectFailed.class, handler.problem);
    assertEquals("cannot resolve nowhere:80: no such name", problem.getMessage());
  }

  @Test
  void aNameThatIsAnsweredTooLateChangesNothing() {
    net.names().answer("late", Duration.ofSeconds(20), server.ip4());
    connecting.connect(Endpoint.tcp("late", 80), handler);
    net.runUntilIdle();
    assertEquals(List.of("closed by TimedOut"), handler.events);
    assertEquals(List.of(), attempts());
  }

  @Test
  void literalsNeedNoName() {
    serving.listen(ANY_80, stream -> new Recorder());
    connecting.connect(Endpoint.tcp(server.ip6().getHostAddress(), 80), handler);
    net.runUntil(() -> handler.stream != null);
    assertElapsed(20);
  }

  @Test
  void aServerThatComesUpBetweenPacketsIsReached() {
    net.partition(client, server);
    serving.listen(ANY_80, stream -> new Recorder());
    connect();
    net.run(Duration.ofMillis(1500));
    net.heal(client, server);
    net.runUntil(() -> handler.stream != null);
  }

  @Test
  void noDescriptorIsLeft() {
    client.conditions(HostConditions.DEFAULT.withDescriptors(1));
    serving.listen(ANY_80, stream -> new Recorder());
    Recorder first = new Recorder();
    connecting.connect(Endpoint.of(server.address(80)), first);
    net.runUntil(() -> first.stream != null);
    connect();
    net.runUntil(handler::isClosed);
    var problem = assertInstanceOf(StreamException.ConnectFailed.class, handler.problem);
    assertEquals("cannot connect to server:80: Too many open files", problem.getMessage());
  }

  @Test
  void anAddressToConnectFromThatIsNotOurs() {
    ConnectOptions from =
        new ConnectOptions(Duration.ofSeconds(1), server.address(0), SocketOptions.DEFAULT, null);
    connecting.connect(Endpoint.of(server.address(80)), from, handler);
    net.runUntilIdle();
    assertInstanceOf(StreamException.ConnectFailed.class, handler.problem);
  }

  @Test
  void anAddressToConnectFromThatIsOurs() {
    serving.listen(ANY_80, stream -> new Recorder());
    ConnectOptions from =
        new ConnectOptions(
            Duration.ofSeconds(1), client.address(4321), SocketOptions.DEFAULT, null);
    connecting.connect(Endpoint.of(server.address(80)), from, handler);
    net.runUntil(() -> handler.stream != null);
    assertEquals(client.address(4321), handler.stream.carrier().local());
  }

  @Test
  void unixSocketsNeedNeitherNameNorNetwork() {
    Path path = Path.of("/run/weir.sock");
    Context here = client.context(1);
    here.listen(java.net.UnixDomainSocketAddress.of(path), stream -> new Recorder());
    connecting.connect(Endpoint.unix(path), handler);
    net.runUntil(() -> handler.stream != null);
    here.close();
  }

  @Test
  void phasesAreToldInOrderAndMayFail() {
    serving.listen(ANY_80, stream -> new Recorder());
    List<String> phases = new ArrayList<>();
    connecting.connect(
        Endpoint.tcp("server", 80),
        ConnectOptions.DEFAULT.withPhases(
            new ConnectOptions.Phases() {
              @Override
              public void resolved() {
                phases.add("resolved");
                throw new IllegalStateException("on purpose");
              }

              @Override
              public void connected(SocketAddress to) {
                phases.add("connected " + to);
                throw new IllegalStateException("on purpose");
              }
            }),
        handler);
    net.runUntil(() -> handler.stream != null);
    assertEquals(
        List.of("resolved", "connected " + new InetSocketAddress(server.ip6(), 80)), phases);
  }

  @Test
  void aHandlerThatFailsWhenToldHarmsNoOther() {
    Recorder failing =
        new Recorder() {
          @Override
          public void closed(dev.weir.stream.ByteStream gone, dev.weir.stream.WeirException why) {
            super.closed(gone, why);
            throw new IllegalStateException("on purpose");
          }
        };
    connecting.connect(Endpoint.of(server.address(81)), failing);
    serving.listen(ANY_80, stream -> new Recorder());
    connect();
    net.runUntil(() -> handler.stream != null && failing.isClosed());
  }

  @Test
  void whatIsOnItsWayWhenTheContextShutsDownIsTold() {
    net.blackhole(server.ip4());
    connecting.connect(Endpoint.of(server.address(80)), handler);
    Recorder resolving = new Recorder();
    connecting.connect(Endpoint.tcp("server", 80), resolving);
    net.run(Duration.ofMillis(1));
    var ended = connecting.shutdown(Duration.ofSeconds(5));
    net.run(Duration.ofSeconds(1));
    assertEquals(List.of(), handler.events, "what drains may still need it");
    net.runUntil(ended::isDone);
    assertElapsed(5001);
    assertEquals(List.of("closed by Aborted"), handler.events);
    assertEquals(List.of("closed by Aborted"), resolving.events);
  }

  @Test
  void afterTheShutdownNothingBegins() {
    connecting.shutdown(Duration.ZERO);
    connect();
    net.runUntilIdle();
    assertEquals(List.of("closed by Aborted"), handler.events);
    assertNotNull(handler.problem);
  }

  private static InetAddress ip(String literal) {
    return InetAddress.ofLiteral(literal);
  }
}
