package dev.weir.bench.server;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.weir.http.HttpVersion;
import dev.weir.http.client.HttpClientOptions;
import dev.weir.http.client.HttpResult;
import dev.weir.net.Context;
import dev.weir.websocket.DeflateSettings;
import dev.weir.websocket.WebSocketClient;
import dev.weir.websocket.WebSocketConfig;
import dev.weir.websocket.WebSocketHandler;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Scanner;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;
import org.opentest4j.TestAbortedException;

/** All servers answer alike and right, so that no figure is one of a wrong answer. */
@ParameterizedClass
@FieldSource("dev.weir.bench.server.Servers#NAMES")
class ServersTest {

  private static final long PATIENCE = 10;
  private static final int PIPELINED = 16;
  private static final String REQUEST = "GET / HTTP/1.1\r\nHost: localhost\r\n";

  @TempDir private static Path directory;
  private static Running server;
  private static HttpClient client;

  @Parameter String name;

  @BeforeParameterizedClassInvocation
  static void start(String name) throws Exception {
    var test = new TestContent(Files.createDirectory(directory.resolve(name)));
    try {
      server = Servers.start(name, test.content);
    } catch (LinkageError e) {
      throw new TestAbortedException(name + " is not for this machine", e);
    }
    client = HttpClient.newBuilder().sslContext(test.trusting()).build();
  }

  @AfterParameterizedClassInvocation
  static void stop() {
    client.shutdownNow();
    server.close();
  }

  private static URI plain(String path) {
    return URI.create("http://127.0.0.1:" + server.plain() + path);
  }

  private static URI tls(String path) {
    return URI.create("https://127.0.0.1:" + server.tls() + path);
  }

  private static HttpResponse<byte[]> get(URI uri, Version version) throws Exception {
    return send(HttpRequest.newBuilder(uri).version(version));
  }

  private static HttpResponse<byte[]> send(HttpRequest.Builder request) throws Exception {
    HttpResponse<byte[]> response = client.send(request.build(), BodyHandlers.ofByteArray());
    assertEquals(200, response.statusCode());
    return response;
  }

  private static void assertHello(HttpResponse<byte[]> response) {
    assertArrayEquals(Content.hello(), response.body());
    assertEquals("text/plain", response.headers().firstValue("content-type").orElseThrow());
    assertEquals("13", response.headers().firstValue("content-length").orElseThrow());
    assertTrue(response.headers().firstValue("date").isPresent());
  }

  private void assumeWebSocket() {
    assumeTrue(!name.equals("jdk"), "it has no WebSockets");
  }

  private static WebSocket open(String path, WebSocket.Listener listener) throws Exception {
    return client
        .newWebSocketBuilder()
        .buildAsync(URI.create("ws://127.0.0.1:" + server.plain() + path), listener)
        .get(PATIENCE, TimeUnit.SECONDS);
  }

  private static void assumeHttp2() {
    assumeTrue(server.h2c() != Running.NONE, "it has no HTTP/2");
  }

  @Test
  void saysHello() throws Exception {
    assertHello(get(plain("/"), Version.HTTP_1_1));
  }

  @Test
  void sendsMuch() throws Exception {
    assertArrayEquals(Content.large(), get(plain("/100k"), Version.HTTP_1_1).body());
  }

  @Test
  void takesAnUpload() throws Exception {
    assertHello(
        send(
            HttpRequest.newBuilder(plain("/upload"))
                .version(Version.HTTP_1_1)
                .POST(BodyPublishers.ofByteArray(TestContent.file()))));
  }

  @Test
  void sendsAFile() throws Exception {
    assertArrayEquals(TestContent.file(), get(plain("/file"), Version.HTTP_1_1).body());
  }

  @Test
  void closesWhenAskedTo() throws Exception {
    assumeTrue(!name.equals("helidon"), "it says that it will, and waits for the client");
    try (Socket socket = connect()) {
      socket.getOutputStream().write((REQUEST + "Connection: close\r\n\r\n").getBytes(US_ASCII));
      String answer = new String(socket.getInputStream().readAllBytes(), US_ASCII);
      assertTrue(answer.startsWith("HTTP/1.1 200 "), answer);
      assertTrue(answer.endsWith("Hello, World!"), answer);
    }
  }

  @Test
  void answersAllRequestsThatComeAtOnce() throws Exception {
    try (Socket socket = connect()) {
      socket.getOutputStream().write((REQUEST + "\r\n").repeat(PIPELINED).getBytes(US_ASCII));
      var answers = new Scanner(socket.getInputStream(), US_ASCII);
      for (int i = 0; i < PIPELINED; i++) {
        assertNotNull(answers.findWithinHorizon("Hello, World!", 0));
      }
    }
  }

  private static Socket connect() throws IOException {
    var socket = new Socket(Content.loopback(), server.plain());
    socket.setSoTimeout((int) TimeUnit.SECONDS.toMillis(PATIENCE));
    return socket;
  }

  @Test
  void saysHelloOverTls() throws Exception {
    HttpResponse<byte[]> response = get(tls("/"), Version.HTTP_1_1);
    assertEquals(Version.HTTP_1_1, response.version());
    assertHello(response);
  }

  @Test
  void sendsAFileOverTls() throws Exception {
    assertArrayEquals(TestContent.file(), get(tls("/file"), Version.HTTP_1_1).body());
  }

  @Test
  void doesAllOfItOverHttp2AndTls() throws Exception {
    assumeHttp2();
    HttpResponse<byte[]> response = get(tls("/"), Version.HTTP_2);
    assertEquals(Version.HTTP_2, response.version());
    assertHello(response);
    assertArrayEquals(Content.large(), get(tls("/100k"), Version.HTTP_2).body());
    assertArrayEquals(TestContent.file(), get(tls("/file"), Version.HTTP_2).body());
    assertHello(
        send(
            HttpRequest.newBuilder(tls("/upload"))
                .POST(BodyPublishers.ofByteArray(TestContent.file()))));
  }

  @Test
  void saysHelloOverHttp2WithoutTls() throws Exception {
    assumeHttp2();
    try (Context context = Context.start(1, "nio")) {
      HttpResult result =
          dev.weir.http.client.HttpClient.on(
                  context, HttpClientOptions.DEFAULTS.withHttp2Known(true))
              .get("http://127.0.0.1:" + server.h2c() + "/")
              .send()
              .get(PATIENCE, TimeUnit.SECONDS);
      assertEquals(HttpVersion.HTTP_2, result.version());
      assertArrayEquals(Content.hello(), result.bytes());
    }
  }

  @Test
  void echoes() throws Exception {
    assumeWebSocket();
    var received = new Messages();
    WebSocket socket = open("/ws", received);
    socket.sendText("tränen", true).get(PATIENCE, TimeUnit.SECONDS);
    assertEquals("tränen", received.next());
    socket.sendBinary(ByteBuffer.wrap(new byte[] {1, 2, 3}), true).get(PATIENCE, TimeUnit.SECONDS);
    assertEquals("[1, 2, 3]", received.next());
    socket.abort();
  }

  @Test
  void broadcasts() throws Exception {
    assumeWebSocket();
    var one = new Messages();
    var two = new Messages();
    WebSocket first = open("/broadcast", one);
    WebSocket second = open("/broadcast", two);
    // Its own message coming back says that it is in.
    first.sendText("first", true).get(PATIENCE, TimeUnit.SECONDS);
    assertEquals("first", one.next());
    second.sendText("second", true).get(PATIENCE, TimeUnit.SECONDS);
    assertEquals("second", one.next());
    first.abort();
    second.abort();
  }

  @ParameterizedTest
  @CsvSource({"/ws, true", "/ws, false", "/broadcast, true", "/broadcast, false"})
  void compressesWebSockets(String path, boolean takeover) throws Exception {
    assumeTrue(!Set.of("jdk", "helidon").contains(name), "it has no compression of WebSockets");
    String message = "again and ".repeat(100);
    var extensions = new CompletableFuture<String>();
    var echo = new CompletableFuture<String>();
    try (Context context = Context.start(1, "nio")) {
      dev.weir.websocket.WebSocket socket =
          WebSocketClient.on(dev.weir.http.client.HttpClient.on(context))
              .with(
                  WebSocketConfig.CLIENT.withDeflate(
                      DeflateSettings.CLIENT.withTakeover(takeover, takeover)))
              .withAnswered(
                  head -> extensions.complete(head.headers().get("sec-websocket-extensions")))
              .open(
                  "ws://127.0.0.1:" + server.plain() + path,
                  new WebSocketHandler() {
                    @Override
                    public void opened(dev.weir.websocket.WebSocket ws) {
                      ws.send(message);
                    }

                    @Override
                    public void text(dev.weir.websocket.WebSocket ws, String text) {
                      echo.complete(text);
                    }
                  })
              .get(PATIENCE, TimeUnit.SECONDS);
      assertEquals(message, echo.get(PATIENCE, TimeUnit.SECONDS));
      assertTrue(socket.isOpen());
      assertTrue(extensions.get(PATIENCE, TimeUnit.SECONDS).startsWith("permessage-deflate"));
    }
  }

  /** The messages of a WebSocket, as text. */
  private static final class Messages implements WebSocket.Listener {
    private final BlockingQueue<String> queue = new LinkedBlockingQueue<>();

    String next() throws InterruptedException {
      return queue.poll(PATIENCE, TimeUnit.SECONDS);
    }

    @Override
    public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
      queue.add(data.toString());
      return WebSocket.Listener.super.onText(socket, data, last);
    }

    @Override
    public CompletionStage<?> onBinary(WebSocket socket, ByteBuffer data, boolean last) {
      byte[] bytes = new byte[data.remaining()];
      data.get(bytes);
      queue.add(Arrays.toString(bytes));
      return WebSocket.Listener.super.onBinary(socket, data, last);
    }
  }
}
