package dev.weir.websocket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.http.server.HttpServer;
import dev.weir.net.Endpoint;
import dev.weir.net.Validity;
import dev.weir.testkit.HostConditions;
import dev.weir.testkit.LinkConditions;
import dev.weir.testkit.SimHost;
import dev.weir.testkit.SimNetwork;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Either role pings in silence and hangs up on a peer that is gone. */
class ValidityOfWebSocketsTest {

  private static final Validity.Policy POLICY =
      new Validity.Policy(Duration.ofSeconds(10), Duration.ofSeconds(15));

  private final SimNetwork net = new SimNetwork(1);
  private final SimHost near = net.host("near");
  private final SimHost far = net.host("far");
  private final Told server = new Told();
  private final Told client = new Told();

  static Stream<Arguments> cases() {
    return Stream.of(true, false)
        .flatMap(server -> Stream.of(CarriedBy.values()).map(by -> Arguments.of(server, by)));
  }

  /** What one side hears. */
  private final class Told implements WebSocketHandler {
    final List<String> events = new ArrayList<>();
    @Nullable WebSocket socket;

    @Override
    public void opened(WebSocket ws) {
      socket = ws;
    }

    @Override
    public void text(WebSocket ws, String message) {}

    @Override
    public void ping(WebSocket ws, ByteBuffer payload) {
      events.add("pinged at " + net.elapsed().toSeconds());
    }

    @Override
    public void closed(WebSocket ws, int code, String reason) {
      events.add(code + " at " + net.elapsed().toSeconds() + ": " + reason);
    }

    void on(Duration delay, Runnable what) {
      net.after(delay, () -> socket.loop().execute(what));
    }
  }

  @BeforeEach
  void calm() {
    net.conditions(LinkConditions.PERFECT.withLatency(Duration.ofMillis(50), Duration.ZERO));
    net.conditions(HostConditions.DEFAULT.withDurations(Duration.ZERO, Duration.ZERO));
  }

  /** Opens one, of which one side looks for signs of life. */
  private Told begin(boolean serverLooks, CarriedBy by) {
    WebSocketConfig config = WebSocketConfig.SERVER.withValidity(null);
    var endpoint =
        WebSocketEndpoint.of(() -> server).with(serverLooks ? config.withValidity(POLICY) : config);
    var listener = far.context(1).listen(far.address(80), HttpServer.of(endpoint).acceptor());
    WebSocketClient.on(by.client(near.context(1)))
        .with(serverLooks ? config : config.withValidity(POLICY))
        .withEndpoint(Endpoint.of(listener.address()))
        .open("ws://far/", client);
    net.runUntil(() -> client.socket != null && server.socket != null);
    listener.close();
    return serverLooks ? server : client;
  }

  private Told other(Told one) {
    return one == server ? client : server;
  }

  private void end() {
    client.socket.close();
    net.runUntilIdle();
    net.assertNothingLeft();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void pingsInSilenceAndMeasuresTheRoundTrip(boolean serverLooks, CarriedBy by) {
    Told looks = begin(serverLooks, by);
    assertEquals(Optional.empty(), looks.socket.roundTripTime());
    net.run(Duration.ofSeconds(25));

    assertEquals(List.of("pinged at 10", "pinged at 20"), other(looks).events);
    assertEquals(100, looks.socket.roundTripTime().orElseThrow().toMillis());
    assertEquals(List.of(), looks.events);
    end();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void hangsUpOnAPeerThatIsGone(boolean serverLooks, CarriedBy by) {
    Told looks = begin(serverLooks, by);
    net.partition(near, far);
    net.run(Duration.ofSeconds(30));

    assertEquals(List.of("1006 at 15: no sign of life within 15 s"), looks.events);
    assertEquals(List.of(), other(looks).events);
    net.heal(near, far);
    other(looks).on(Duration.ZERO, () -> other(looks).socket.close());
    net.runUntilIdle();
    net.assertNothingLeft();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void whatComesIsProof(boolean serverLooks, CarriedBy by) {
    Told looks = begin(serverLooks, by);
    Told talks = other(looks);
    for (int n = 1; n < 10; n++) {
      talks.on(Duration.ofSeconds(9L * n), () -> talks.socket.send("here"));
    }
    net.run(Duration.ofSeconds(88));
    assertEquals(List.of(), talks.events);
    end();
  }

  /** A pong that no ping asked for, or another one, says nothing of the time a ping takes. */
  @ParameterizedTest
  @MethodSource("cases")
  void onlyTheAnswerMeasures(boolean serverLooks, CarriedBy by) {
    Told looks = begin(serverLooks, by);
    looks.on(Duration.ofSeconds(1), () -> looks.socket.sendPing(ByteBuffer.allocate(8)));
    net.run(Duration.ofSeconds(9));
    assertEquals(List.of("pinged at 1"), other(looks).events);
    assertEquals(Optional.empty(), looks.socket.roundTripTime());
    end();
  }

  /** Who does not read cannot hear the answer, so it must not be missed. */
  @ParameterizedTest
  @MethodSource("cases")
  void aPausedConnectionIsNotHungUpOn(boolean serverLooks, CarriedBy by) {
    Told looks = begin(serverLooks, by);
    looks.on(Duration.ZERO, () -> looks.socket.pause());
    net.run(Duration.ofMinutes(2));
    assertEquals(List.of(), looks.events);
    assertEquals(List.of(), other(looks).events);
    looks.on(Duration.ZERO, () -> looks.socket.resume());
    net.run(Duration.ofSeconds(12));
    assertEquals(1, other(looks).events.size());
    assertTrue(looks.socket.isOpen());
    end();
  }
}
