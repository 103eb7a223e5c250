package dev.weir.websocket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.http.Headers;
import dev.weir.http.HttpRequest;
import dev.weir.http.HttpResponse;
import dev.weir.http.HttpVersion;
import dev.weir.http.Status;
import dev.weir.http.client.HttpClient;
import dev.weir.http.client.HttpResult;
import dev.weir.http.server.HttpServer;
import dev.weir.net.Context;
import dev.weir.net.Endpoint;
import dev.weir.net.Listener;
import dev.weir.net.StreamAcceptor;
import dev.weir.sniff.Sniffers;
import dev.weir.sniff.SniffingAcceptor;
import dev.weir.stream.ByteStream;
import dev.weir.stream.StreamHandler;
import dev.weir.testkit.SimHost;
import dev.weir.testkit.SimNetwork;
import dev.weir.websocket.WebSocketException.HandshakeFailed;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** WebSockets on streams of one HTTP/2 connection, with each other and with requests (RFC 8441). */
class SharedConnectionTest {

  private static final String SETTINGS_AND_ACK = "000000040000000000" + "000000040100000000";

  private final SimNetwork net = new SimNetwork(1);
  private final SimHost near = net.host("near");
  private final SimHost far = net.host("far");
  private final Context serving = far.context(1);
  private final HttpClient http = CarriedBy.HTTP2_STREAM.client(near.context(1));
  private final List<Long> seen = new ArrayList<>();
  private final List<WebSocket> atServer = new ArrayList<>();
  private @Nullable Listener listener;

  /** What one side hears. */
  private static final class Told implements WebSocketHandler {
    final List<String> events = new ArrayList<>();

    @Override
    public void text(WebSocket ws, String message) {
      events.add(message);
    }

    @Override
    public void closed(WebSocket ws, int code, String reason) {
      events.add("closed " + code);
    }
  }

  /** Echoes, unless it is told to listen no more. */
  private final class Server implements WebSocketHandler {
    @Override
    public void opened(WebSocket ws) {
      atServer.add(ws);
    }

    @Override
    public void text(WebSocket ws, String message) {
      if (message.equals("stall")) {
        ws.pause();
      } else {
        ws.send(message);
      }
    }

    @Override
    public void binary(WebSocket ws, ByteBuffer data) {}
  }

  /** A stream that ends as it is told, with no frame of a WebSocket on it. */
  private record Rude(boolean reset) implements StreamHandler {
    @Override
    public void opened(ByteStream stream) {
      if (reset) {
        stream.reset(8);
      } else {
        stream.close();
      }
    }

    @Override
    public void received(ByteStream stream, ByteBuffer bytes) {
      bytes.position(bytes.limit());
    }
  }

  private void handle(HttpRequest request, HttpResponse response) throws Exception {
    seen.add(request.carrier().id());
    switch (request.path()) {
      case "/echo" -> WebSocketEndpoint.of(Server::new).handle(request, response);
      case "/hello" -> response.text("hello");
      case "/reset", "/end" ->
          response.switchProtocol("websocket", stream -> new Rude(request.path().equals("/reset")));
      default -> response.status(Status.NOT_FOUND).text("none");
    }
  }

  private StreamAcceptor server() {
    return HttpServer.of(this::handle).acceptor();
  }

  private void listen(StreamAcceptor acceptor) {
    listener = serving.listen(far.address(80), acceptor);
  }

  private WebSocketClient client() {
    return WebSocketClient.on(http).withEndpoint(Endpoint.of(far.address(80)));
  }

  private WebSocket open(String path, Told told) {
    return await(client().open("ws://far" + path, told));
  }

  private <T> T await(CompletableFuture<T> future) {
    net.runUntil(future::isDone);
    return future.join();
  }

  private HttpResult hello() {
    return await(http.get("http://far/hello").via(Endpoint.of(far.address(80))).send());
  }

  @AfterEach
  void nothingIsLeft() {
    http.close();
    if (listener != null) {
      listener.close();
    }
    net.runUntilIdle();
    net.assertNothingLeft();
  }

  @Test
  void severalShareItWithRequests() {
    listen(server());
    var one = new Told();
    var two = new Told();
    WebSocket first = open("/echo", one);
    WebSocket second = open("/echo", two);
    assertEquals("hello", hello().text());
    assertEquals(first.carrier().id(), second.carrier().id());
    assertEquals(1, seen.stream().distinct().count(), seen::toString);
    first.send("1");
    second.send("2");
    net.runUntil(() -> one.events.size() + two.events.size() == 2);
    assertEquals(List.of("1"), one.events);
    assertEquals(List.of("2"), two.events);
    first.close();
    net.runUntil(() -> one.events.size() == 2);
    second.send("3");
    net.runUntil(() -> two.events.size() == 2);
    assertEquals(List.of("1", "closed 1000"), one.events);
    assertEquals(List.of("2", "3"), two.events);
    second.close();
  }

  /** What is sent to it waits with the sender, and the connection's window is left to others. */
  @Test
  void oneThatStallsLeavesTheOthersAlone() {
    listen(server());
    WebSocket stalled = open("/echo", new Told());
    var told = new Told();
    WebSocket talks = open("/echo", told);
    stalled.send("stall");
    net.runUntil(() -> atServer.size() == 2);
    int sent = 0;
    try {
      while (sent < 1000) {
        stalled.send(ByteBuffer.allocate(64 << 10));
        sent++;
      }
    } catch (QueueFullException e) {
      assertTrue(stalled.queuedBytes() <= WebSocketConfig.CLIENT.maxQueuedBytes());
    }
    assertTrue(sent < 1000, "nothing said stop");
    for (int n = 0; n < 20; n++) {
      int expected = n + 1;
      talks.send("m" + n);
      net.runUntil(() -> told.events.size() == expected);
    }
    assertTrue(stalled.isOpen());
    assertEquals("hello", hello().text());
    atServer.getFirst().resume();
    net.runUntil(() -> stalled.queuedBytes() == 0);
    stalled.close();
    talks.close();
  }

  @ParameterizedTest
  @CsvSource({"/reset", "/end"})
  void anEndWithoutCloseFrameIsAbnormal(String path) {
    listen(server());
    var told = new Told();
    open(path, told);
    net.runUntil(() -> !told.events.isEmpty());
    assertEquals(List.of("closed 1006"), told.events);
    assertEquals("hello", hello().text());
    assertEquals(1, seen.stream().distinct().count(), "the connection goes on");
  }

  @Test
  void aLostConnectionEndsAllOfThem() {
    var carriers = new ArrayList<ByteStream>();
    StreamAcceptor acceptor = server();
    listen(stream -> {
      carriers.add(stream);
      return acceptor.accept(stream);
    });
    var one = new Told();
    var two = new Told();
    open("/echo", one);
    open("/echo", two);
    carriers.getFirst().reset(0);
    net.runUntil(() -> one.events.size() + two.events.size() == 2);
    assertEquals(List.of("closed 1006"), one.events);
    assertEquals(List.of("closed 1006"), two.events);
  }

  @ParameterizedTest
  @CsvSource({"/nowhere, '', '', 404", "/echo, Origin, http://other, 403"})
  void refusedHandshakesLeaveTheConnection(String path, String name, String value, int status) {
    listen(server());
    Headers fields = Headers.create();
    if (!name.isEmpty()) {
      fields.add(name, value);
    }
    var refused = client().withHeaders(fields).open("ws://far" + path, new Told());
    net.runUntil(refused::isDone);
    assertEquals(status, failure(refused::join).code());
    assertEquals("hello", hello().text());
    assertEquals(1, seen.stream().distinct().count(), seen::toString);
  }

  private static HandshakeFailed failure(Executable join) {
    return (HandshakeFailed) assertThrows(CompletionException.class, join).getCause();
  }

  /** RFC 8441 3: nothing but a setting says that a server takes them. */
  @Test
  void withoutTheSettingEachHasAConnectionOfHttp1() {
    var connections = new ArrayList<ByteStream>();
    listen(
        SniffingAcceptor.of(
                Sniffers.HTTP_2,
                stream -> {
                  connections.add(stream);
                  return new WithoutConnect();
                })
            .otherwise(server()));
    var versions = new ArrayList<HttpVersion>();
    WebSocketClient client = client().withAnswered(answer -> versions.add(answer.version()));
    var told = new Told();
    WebSocket first = await(client.open("ws://far/echo", told));
    WebSocket second = await(client.open("ws://far/echo", new Told()));
    assertEquals(List.of(HttpVersion.HTTP_1_1, HttpVersion.HTTP_1_1), versions);
    assertNotEquals(first.carrier().id(), second.carrier().id());
    assertEquals(1, connections.size(), "it is asked once");
    first.send("hi");
    net.runUntil(() -> !told.events.isEmpty());
    assertEquals(List.of("hi"), told.events);
    assertFalse(seen.isEmpty());
    first.close();
    second.close();
  }

  /** The least that a server of HTTP/2 says. */
  private static final class WithoutConnect implements StreamHandler {
    private boolean said;

    @Override
    public void received(ByteStream stream, ByteBuffer bytes) {
      bytes.position(bytes.limit());
      if (!said) {
        said = true;
        stream.write(ByteBuffer.wrap(HexFormat.of().parseHex(SETTINGS_AND_ACK)));
      }
    }
  }

  @Test
  void closesInOrderWhenTheServerDrains() {
    listen(server());
    var one = new Told();
    var two = new Told();
    open("/echo", one);
    open("/echo", two);
    var ended = serving.shutdown(Duration.ofSeconds(30));
    net.runUntil(() -> one.events.size() + two.events.size() == 2);
    assertEquals(List.of("closed 1001"), one.events);
    assertEquals(List.of("closed 1001"), two.events);
    net.runUntil(ended::isDone);
  }
}
