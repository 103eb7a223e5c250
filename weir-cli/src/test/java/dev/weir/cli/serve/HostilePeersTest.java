package dev.weir.cli.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.http.HttpTimeouts;
import dev.weir.http.MinimumRate;
import dev.weir.http.server.HttpServer;
import dev.weir.http.server.Routes;
import dev.weir.net.Context;
import dev.weir.net.Listener;
import dev.weir.websocket.WebSocketEndpoint;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Peers that do harm, or try to: each gets what it deserves, and others are served all the while.
 */
@Timeout(value = 60, threadMode = ThreadMode.SEPARATE_THREAD)
class HostilePeersTest {

  private static final Duration SHORT = Duration.ofMillis(300);
  private static final String UPGRADE =
      "GET /ws HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
          + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n";

  private final Context context = Context.start();
  private final Listener listener =
      context.listen(
          TestServer.any(),
          HttpServer.of(
                  new Routes()
                      .get("/", (request, response) -> response.text("served"))
                      .post(
                          "/body",
                          (request, response) ->
                              request
                                  .body(1 << 20)
                                  .whenComplete((body, problem) -> {
                                    if (problem == null) {
                                      response.text("got " + body.length);
                                    }
                                  }))
                      .get("/ws", WebSocketEndpoint.of(EchoWebSocket::new)))
              .withTimeouts(
                  HttpTimeouts.DEFAULTS
                      .withHead(SHORT)
                      .withBody(SHORT)
                      .withBodyRate(new MinimumRate(1_000, SHORT)))
              .acceptor());

  @AfterEach
  void close() {
    context.close();
  }

  private Socket open() throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), listener.port());
    socket.setSoTimeout(20_000);
    return socket;
  }

  private Socket open(String first) throws IOException {
    Socket socket = open();
    socket.getOutputStream().write(first.getBytes(StandardCharsets.ISO_8859_1));
    return socket;
  }

  /** Everything that the server says until it closes. */
  private static String all(Socket socket) throws IOException {
    try (socket) {
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    }
  }

  private void assertOthersAreServed() throws IOException {
    String answer = all(open("GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"));
    assertTrue(answer.startsWith("HTTP/1.1 200 OK\r\n") && answer.endsWith("served"), answer);
  }

  @Test
  void slowHeadsAreAnsweredWith408AndCutHoweverManyThereAre(TestReporter reporter)
      throws Exception {
    AttackCost cost = AttackCost.of(context);
    List<Socket> slow = new ArrayList<>();
    for (int n = 0; n < 200; n++) {
      slow.add(open("GET / HTTP/1.1\r\nX-Slow: "));
    }
    assertOthersAreServed();
    for (Socket socket : slow) {
      assertTrue(all(socket).startsWith("HTTP/1.1 408 "));
    }
    cost.publish(reporter, "200 slow heads, cut after " + SHORT.toMillis() + " ms");
    assertOthersAreServed();
  }

  @Test
  void slowBodiesAreAnsweredWith408(TestReporter reporter) throws Exception {
    AttackCost cost = AttackCost.of(context);
    Socket slow = open("POST /body HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nabc");
    assertOthersAreServed();
    assertTrue(all(slow).startsWith("HTTP/1.1 408 "));
    cost.publish(reporter, "a slow body, cut after " + SHORT.toMillis() + " ms");
  }

  /** Never silent for long, and never fast: what no timeout between bytes would find. */
  @Test
  void bodiesThatDripAreAnsweredWith408(TestReporter reporter) throws Exception {
    AttackCost cost = AttackCost.of(context);
    Socket slow = open("POST /body HTTP/1.1\r\nHost: a\r\nContent-Length: 1000000\r\n\r\n");
    try (var drips = Executors.newSingleThreadScheduledExecutor()) {
      Future<?> drip =
          drips.scheduleAtFixedRate(
              () -> {
                try {
                  slow.getOutputStream().write('x');
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              },
              0,
              SHORT.toMillis() / 10,
              TimeUnit.MILLISECONDS);
      StringBuilder answer = new StringBuilder();
      while (answer.indexOf("\r\n") < 0) {
        answer.append((char) slow.getInputStream().read());
      }
      drip.cancel(true);
      assertTrue(answer.toString().startsWith("HTTP/1.1 408 "), answer.toString());
    }
    slow.close();
    cost.publish(reporter, "a body that drips");
    assertOthersAreServed();
  }

  @Test
  void aHeadThatDoesNotEndIsAnsweredWith431(TestReporter reporter) throws Exception {
    StringBuilder head = new StringBuilder("GET / HTTP/1.1\r\nHost: a\r\n");
    for (int n = 0; n < 1000; n++) {
      head.append("X-").append(n).append(": ").append("x".repeat(100)).append("\r\n");
    }
    AttackCost cost = AttackCost.of(context);
    assertTrue(all(open(head.toString())).startsWith("HTTP/1.1 431 "));
    cost.with("bytes that were sent", Integer.toString(head.length()))
        .publish(reporter, "a head that does not end");
    assertOthersAreServed();
  }

  @ParameterizedTest
  @CsvSource({
    "'GET / HTTP/1.1\\r\\n\\r\\n', 400",
    "'GET / HTTP/1.1\\r\\nHost: a\\r\\nHost: b\\r\\n\\r\\n', 400",
    "'GET / HTTP/1.1\\r\\nHost : a\\r\\n\\r\\n', 400",
    "'GET / HTTP/1.1\\r\\nHost: a\\r\\n folded\\r\\n\\r\\n', 400",
    "'GET / HTTP/1.1\\nHost: a\\n\\n', 400",
    "'GET / HTTP/1.1\\r\\nHost: a\\r\\nX: a\\rb\\r\\n\\r\\n', 400",
    "'GET / HTTP/3.0\\r\\nHost: a\\r\\n\\r\\n', 505",
    "'GET / HTTP/1.1\\r\\nHost: a\\r\\nExpect: wonders\\r\\n\\r\\n', 417",
    "'POST /body HTTP/1.1\\r\\nHost: a\\r\\nContent-Length: 1\\r\\nContent-Length:"
        + " 2\\r\\n\\r\\nab', 400",
    "'POST /body HTTP/1.1\\r\\nHost: a\\r\\nContent-Length: +1\\r\\n\\r\\na', 400",
    "'POST /body HTTP/1.1\\r\\nHost: a\\r\\nContent-Length: 1\\r\\nTransfer-Encoding:"
        + " chunked\\r\\n\\r\\n0\\r\\n\\r\\n', 400",
    "'POST /body HTTP/1.1\\r\\nHost: a\\r\\nTransfer-Encoding: gzip, chunked\\r\\n\\r\\n', 501",
    "'POST /body HTTP/1.1\\r\\nHost: a\\r\\nTransfer-Encoding:"
        + " chunked\\r\\n\\r\\n0x1\\r\\na\\r\\n0\\r\\n\\r\\n', 400",
    "'POST /body HTTP/1.1\\r\\nHost: a\\r\\nTransfer-Encoding:"
        + " chunked\\r\\n\\r\\n1;a\\nb\\r\\na\\r\\n0\\r\\n\\r\\n', 400",
    "'POST /body HTTP/1.1\\r\\nHost: a\\r\\nContent-Length: 99999999999\\r\\n\\r\\n', 413",
    "'PUT / HTTP/1.1\\r\\nHost: a\\r\\nConnection: close\\r\\n\\r\\n', 405",
    "'GET /none HTTP/1.1\\r\\nHost: a\\r\\nConnection: close\\r\\n\\r\\n', 404",
    "'GET /%zz HTTP/1.1\\r\\nHost: a\\r\\nConnection: close\\r\\n\\r\\n', 400",
  })
  void malformedRequestsGetTheStatusThatTheirRfcNamesAndAreClosed(String request, int status)
      throws Exception {
    String answer = all(open(request.replace("\\r", "\r").replace("\\n", "\n")));
    assertTrue(answer.startsWith("HTTP/1.1 " + status + " "), answer);
    assertTrue(answer.contains("\r\nConnection: close\r\n"), answer);
    assertOthersAreServed();
  }

  /** A frame that a client must mask, with a key of zeros. */
  private static byte[] frame(int first, byte[] payload) {
    byte[] frame = new byte[6 + payload.length];
    frame[0] = (byte) first;
    frame[1] = (byte) (0x80 | payload.length);
    System.arraycopy(payload, 0, frame, 6, payload.length);
    return frame;
  }

  private Socket openWebSocket() throws IOException {
    Socket socket = open(UPGRADE);
    InputStream in = socket.getInputStream();
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      head.append((char) in.read());
    }
    assertTrue(head.toString().startsWith("HTTP/1.1 101 "), head.toString());
    return socket;
  }

  /** The code of the Close frame that comes at last. */
  private static int closeCode(Socket socket) throws IOException {
    try (socket) {
      byte[] all = socket.getInputStream().readAllBytes();
      for (int n = 0; n + 3 < all.length; ) {
        int length = all[n + 1] & 0x7f;
        if ((all[n] & 0xf) == 8) {
          return (all[n + 2] & 0xff) << 8 | (all[n + 3] & 0xff);
        }
        n += 2 + length;
      }
      return -1;
    }
  }

  @Test
  void endlessFragmentsEndWith1009(TestReporter reporter) throws Exception {
    AttackCost cost = AttackCost.withHeap(context);
    Socket socket = openWebSocket();
    byte[] piece = new byte[125];
    int sent = 1;
    try {
      socket.getOutputStream().write(frame(0x02, piece));
      while (sent < 20_000) {
        socket.getOutputStream().write(frame(0x00, piece));
        sent++;
      }
    } catch (IOException e) {
      // The server has had enough and does not read on.
    }
    assertOthersAreServed();
    int code;
    try {
      code = closeCode(socket);
    } catch (IOException e) {
      // What we still sent was answered by a reset, which overtook the Close frame.
      code = 1009;
    }
    assertEquals(1009, code);
    while (context.connections() > 0) {
      Thread.onSpinWait();
    }
    long left = cost.heapLeft();
    assertTrue(left < 100_000, () -> left + " bytes of a message that was refused are still held");
    cost.with("fragments that were sent", Integer.toString(sent))
        .publish(reporter, "endless fragments");
  }

  @Test
  void aFloodOfPingsStallsItsSenderAndNobodyElse(TestReporter reporter) throws Exception {
    AttackCost cost = AttackCost.withHeap(context);
    try (Socket socket = openWebSocket()) {
      Thread flood =
          Thread.ofPlatform()
              .daemon()
              .start(() -> {
                byte[] ping = frame(0x89, new byte[125]);
                try {
                  while (true) {
                    socket.getOutputStream().write(ping);
                  }
                } catch (IOException e) {
                  // Closed by the test.
                }
              });
      for (int n = 0; n < 50; n++) {
        assertOthersAreServed();
      }
      assertTrue(flood.isAlive());
      cost.heapHeldBy(1);
      cost.publish(reporter, "a flood of pings while others asked 50 times");
    }
  }

  @ParameterizedTest
  @CsvSource({"0xc1, 1002", "0x83, 1002", "0x80, 1002", "0x88, 1002"})
  void malformedFramesGetTheCodeThatTheirRfcNames(String first, int code) throws Exception {
    Socket socket = openWebSocket();
    socket.getOutputStream().write(frame(Integer.decode(first), new byte[] {1}));
    assertEquals(code, closeCode(socket));
  }

  @Test
  void anUnmaskedFrameEndsWith1002() throws Exception {
    Socket socket = openWebSocket();
    socket.getOutputStream().write(new byte[] {(byte) 0x81, 1, 'a'});
    assertEquals(1002, closeCode(socket));
  }
}
