package dev.weir.websocket;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.weir.http.server.HttpServer;
import dev.weir.net.Context;
import dev.weir.net.Endpoint;
import dev.weir.net.Listener;
import dev.weir.testkit.SimHost;
import dev.weir.testkit.SimNetwork;
import dev.weir.websocket.session.CompressedCases;
import dev.weir.websocket.session.ConformanceCase;
import dev.weir.websocket.session.ConformanceCases;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The case list against the roles themselves, endpoint of a server and client, each with its
 * handshake on the streams of a context: in memory and over TCP.
 */
class RoleConformanceTest {

  private static final WebSocketLimits LIMITS =
      WebSocketLimits.DEFAULTS.withMaxMessageBytes(16 << 20);

  private static Context context;

  @BeforeAll
  static void start() {
    context = Context.start();
  }

  @AfterAll
  static void stop() {
    context.close();
  }

  static Stream<Arguments> cases() {
    return both(1 << 17, 1 << 15);
  }

  static Stream<Arguments> largest() {
    return bothRoles(ConformanceCases.large(16 << 20));
  }

  private static Stream<Arguments> both(int large, int compressed) {
    var all = new ArrayList<>(ConformanceCases.small());
    all.addAll(ConformanceCases.large(large));
    all.addAll(CompressedCases.of(compressed));
    return bothRoles(all);
  }

  private static Stream<Arguments> bothRoles(List<ConformanceCase> cases) {
    return cases.stream().flatMap(c -> Stream.of(true, false).map(s -> Arguments.of(c, s)));
  }

  @ParameterizedTest(name = "{0} server={1}")
  @MethodSource("cases")
  void inMemory(ConformanceCase c, boolean server) {
    var network = new SimNetwork(1);
    SimHost near = network.host("near");
    SimHost far = network.host("server");
    var peer = new ScriptedPeer(c, server);
    var echo = new Echo();
    try (Listener _ =
        begin(c, server, near.context(1), far.context(1), far.address(80), peer, echo)) {
      network.runUntil(() -> peer.outcome().isDone() && echo.codes.size() == 1);
      assertEquals(List.of(code(peer.outcome().join())), echo.codes);
    }
    network.runUntilIdle();
    network.assertNothingLeft();
  }

  @ParameterizedTest(name = "{0} server={1}")
  @MethodSource("cases")
  void overTcp(ConformanceCase c, boolean server) throws Exception {
    var loopback = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    var peer = new ScriptedPeer(c, server);
    var echo = new Echo();
    try (Listener _ = begin(c, server, context, context, loopback, peer, echo)) {
      String last = peer.outcome().get(30, TimeUnit.SECONDS);
      echo.over.get(30, TimeUnit.SECONDS);
      assertEquals(List.of(code(last)), echo.codes);
    }
  }

  @Tag("thorough")
  @ParameterizedTest(name = "{0} server={1}")
  @MethodSource("largest")
  void largestMessages(ConformanceCase c, boolean server) {
    inMemory(c, server);
  }

  /** Nearly all of it is zlib's work, so every processor takes part in it. */
  @Tag("thorough")
  @ParameterizedTest
  @ValueSource(
      strings = {
        "12.1", "12.2", "12.3", "12.4", "12.5", "13.1", "13.2", "13.3", "13.4", "13.5", "13.6",
        "13.7"
      })
  void thousandMessagesEach(String section) {
    List<ConformanceCase> cases =
        CompressedCases.of(Long.MAX_VALUE).stream()
            .filter(c -> c.toString().startsWith(section + "."))
            .toList();
    bothRoles(cases).toList().parallelStream().forEach(c -> inMemory(c.get()));
  }

  private void inMemory(Object[] arguments) {
    try {
      inMemory((ConformanceCase) arguments[0], (boolean) arguments[1]);
    } catch (RuntimeException | AssertionError e) {
      throw new AssertionError(arguments[0] + " server=" + arguments[1], e);
    }
  }

  private static Listener begin(
      ConformanceCase c,
      boolean server,
      Context connecting,
      Context listening,
      SocketAddress at,
      ScriptedPeer peer,
      Echo echo) {
    WebSocketConfig config =
        (server ? WebSocketConfig.SERVER : WebSocketConfig.CLIENT)
            .withLimits(LIMITS)
            .withDeflate(c.deflate());
    if (server) {
      WebSocketEndpoint endpoint = WebSocketEndpoint.of(() -> echo).with(config);
      Listener listener = listening.listen(at, HttpServer.of(endpoint).acceptor());
      connecting.connect(Endpoint.of(listener.address()), peer);
      return listener;
    }
    Listener listener = listening.listen(at, stream -> peer);
    WebSocketClient.on(connecting, NoTls.CONTEXT)
        .with(config)
        .withEndpoint(Endpoint.of(listener.address()))
        .open("ws://server/echo", echo)
        .exceptionally(e -> {
          peer.outcome().completeExceptionally(e);
          return null;
        });
    return listener;
  }

  private static int code(String close) {
    return close.equals("CLOSE") ? CloseCode.NO_STATUS : Integer.parseInt(close.substring(6));
  }
}
