package dev.weir.websocket;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.weir.http.client.HttpClient;
import dev.weir.http.server.HttpServer;
import dev.weir.net.Context;
import dev.weir.net.Endpoint;
import dev.weir.net.Listener;
import dev.weir.net.StreamAcceptor;
import dev.weir.testkit.SimHost;
import dev.weir.testkit.SimNetwork;
import dev.weir.websocket.session.CompressedCases;
import dev.weir.websocket.session.ConformanceCase;
import dev.weir.websocket.session.ConformanceCases;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The case list against the roles themselves, endpoint of a server and client, each with its
 * handshake, by HTTP/1.1 and by HTTP/2, on the streams of a context: in memory and over TCP.
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
    return cases.stream()
        .flatMap(c -> Stream.of(true, false).flatMap(server -> carried(c, server)));
  }

  private static Stream<Arguments> carried(ConformanceCase c, boolean server) {
    return Stream.of(CarriedBy.values()).map(by -> Arguments.of(c, server, by));
  }

  /** Over TCP, of those by HTTP/2 every fifth: that differs from memory in its timing alone. */
  static Stream<Arguments> casesOverTcp() {
    var every = new AtomicInteger();
    return cases()
        .filter(a -> a.get()[2] == CarriedBy.HTTP1_UPGRADE || every.getAndIncrement() % 5 == 0);
  }

  @ParameterizedTest(name = "{0} server={1} {2}")
  @MethodSource("cases")
  void inMemory(ConformanceCase c, boolean server, CarriedBy by) {
    var network = new SimNetwork(1);
    SimHost near = network.host("near");
    SimHost far = network.host("server");
    var peer = new ScriptedPeer(c, server);
    var echo = new Echo();
    try (var run = new Running(by, near.context(1), far.context(1), far.address(80))) {
      run.begin(c, server, peer, echo);
      network.runUntil(() -> peer.outcome().isDone() && echo.codes.size() == 1);
      assertEquals(List.of(code(peer.outcome().join())), echo.codes);
    }
    network.runUntilIdle();
    network.assertNothingLeft();
  }

  @ParameterizedTest(name = "{0} server={1} {2}")
  @MethodSource("casesOverTcp")
  void overTcp(ConformanceCase c, boolean server, CarriedBy by) throws Exception {
    var loopback = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    var peer = new ScriptedPeer(c, server);
    var echo = new Echo();
    try (var run = new Running(by, context, context, loopback)) {
      run.begin(c, server, peer, echo);
      String last = peer.outcome().get(30, TimeUnit.SECONDS);
      echo.over.get(30, TimeUnit.SECONDS);
      assertEquals(List.of(code(last)), echo.codes);
    }
  }

  @Tag("thorough")
  @ParameterizedTest(name = "{0} server={1} {2}")
  @MethodSource("largest")
  void largestMessages(ConformanceCase c, boolean server, CarriedBy by) {
    inMemory(c, server, by);
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
      inMemory((ConformanceCase) arguments[0], (boolean) arguments[1], (CarriedBy) arguments[2]);
    } catch (RuntimeException | AssertionError e) {
      throw new AssertionError(Arrays.toString(arguments), e);
    }
  }

  /** A role and its scripted peer, with all that is between them. */
  private static final class Running implements AutoCloseable {
    private final CarriedBy by;
    private final HttpClient http;
    private final Context connecting;
    private final Context listening;
    private final SocketAddress at;
    private @Nullable Listener listener;

    Running(CarriedBy by, Context connecting, Context listening, SocketAddress at) {
      this.by = by;
      this.http = by.client(connecting);
      this.connecting = connecting;
      this.listening = listening;
      this.at = at;
    }

    void begin(ConformanceCase c, boolean server, ScriptedPeer peer, Echo echo) {
      WebSocketConfig config =
          (server ? WebSocketConfig.SERVER : WebSocketConfig.CLIENT)
              .withLimits(LIMITS)
              .withDeflate(c.deflate());
      if (server) {
        WebSocketEndpoint endpoint = WebSocketEndpoint.of(() -> echo).with(config);
        Endpoint to = listen(HttpServer.of(endpoint).acceptor());
        switch (by) {
          case HTTP1_UPGRADE -> connecting.connect(to, peer);
          case HTTP2_STREAM -> ScriptedTunnel.connect(http, to, peer, c.deflate());
        }
        return;
      }
      Endpoint to =
          listen(
              switch (by) {
                case HTTP1_UPGRADE -> stream -> peer;
                case HTTP2_STREAM ->
                    HttpServer.of((request, response) ->
                            ScriptedTunnel.accept(request, response, peer, c.deflate()))
                        .acceptor();
              });
      WebSocketClient.on(http)
          .with(config)
          .withEndpoint(to)
          .open("ws://server/echo", echo)
          .exceptionally(e -> {
            peer.outcome().completeExceptionally(e);
            return null;
          });
    }

    private Endpoint listen(StreamAcceptor acceptor) {
      Listener open = listening.listen(at, acceptor);
      listener = open;
      return Endpoint.of(open.address());
    }

    @Override
    public void close() {
      http.close();
      if (listener != null) {
        listener.close();
      }
    }
  }

  private static int code(String close) {
    return close.equals("CLOSE") ? CloseCode.NO_STATUS : Integer.parseInt(close.substring(6));
  }
}
