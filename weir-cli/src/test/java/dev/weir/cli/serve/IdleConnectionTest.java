package dev.weir.cli.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.testpeers.NeedsProgram;
import dev.weir.testpeers.Programs;
import java.io.BufferedReader;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What an idle connection costs in heap, on the server's side: connections of another process, each
 * after one exchange. Prints the figure.
 */
@NeedsProgram("python3")
class IdleConnectionTest {

  /** Enough for what a loop keeps once, for those that were active last, to weigh little. */
  private static final int PLAIN = 10_000;

  private static final int TLS = 2000;
  private static final int WARM_UP = 100;

  private static final String CLIENT =
      """
      import resource, socket, ssl, sys
      hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
      resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
      port, kind, count = int(sys.argv[1]), sys.argv[2], int(sys.argv[3])
      context = ssl._create_unverified_context()
      if kind == "h2-tls":
          context.set_alpn_protocols(["h2"])
      def frame(kind, flags, stream, payload):
          return (len(payload).to_bytes(3, "big") + bytes((kind, flags))
                  + stream.to_bytes(4, "big") + payload)
      def line(name, value):
          return b"\\0" + bytes((len(name),)) + name + bytes((len(value),)) + value
      def until(s, what):
          received = b""
          while what not in received:
              more = s.recv(4096)
              assert more, received
              received += more
      def http2(s, fields, flags):
          s.sendall(b"PRI * HTTP/2.0\\r\\n\\r\\nSM\\r\\n\\r\\n" + frame(4, 0, 0, b"")
                    + frame(4, 1, 0, b"") + frame(1, flags, 1, b"".join(
                        line(name, value) for name, value in fields)))
      open_sockets = []
      for n in range(count):
          s = socket.create_connection(("127.0.0.1", port))
          if kind.endswith("tls"):
              s = context.wrap_socket(s, server_hostname="localhost")
          if kind == "ws":
              s.sendall(b"GET /echo HTTP/1.1\\r\\nHost: localhost\\r\\nUpgrade: websocket\\r\\n"
                        b"Connection: Upgrade\\r\\nSec-WebSocket-Version: 13\\r\\n"
                        b"Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\\r\\n\\r\\n")
              assert b" 101 " in s.recv(4096)
              s.sendall(b"\\x81\\x82\\0\\0\\0\\0hi")
              assert s.recv(16) == b"\\x81\\x02hi"
          elif kind == "ws-h2":
              http2(s, ((b":method", b"CONNECT"), (b":protocol", b"websocket"),
                        (b":scheme", b"http"), (b":path", b"/echo"),
                        (b":authority", b"localhost"), (b"sec-websocket-version", b"13")), 4)
              s.sendall(frame(0, 0, 1, b"\\x81\\x82\\0\\0\\0\\0hi"))
              until(s, b"\\x81\\x02hi")
          elif kind.startswith("h2"):
              scheme = b"https" if kind == "h2-tls" else b"http"
              http2(s, ((b":method", b"GET"), (b":scheme", scheme), (b":path", b"/hello"),
                        (b":authority", b"localhost")), 5)
              until(s, b"Hello, world!")
          else:
              s.sendall(b"GET /hello HTTP/1.1\\r\\nHost: localhost\\r\\n\\r\\n")
              assert b" 200 " in s.recv(4096)
          open_sockets.append(s)
      print("idle", flush=True)
      sys.stdin.read()
      """;

  @ParameterizedTest
  @CsvSource({"plain, 1024", "ws, 1024", "tls, 8192", "h2, 4096", "h2-tls, 8192", "ws-h2, 4096"})
  void costsLessThan(String kind, int most) throws Exception {
    try (TestServer server = new TestServer()) {
      int port = kind.endsWith("tls") ? server.tlsPort() : server.plainPort();
      int count = kind.endsWith("tls") ? TLS : PLAIN;
      // Once for everything that is loaded and cached the first time.
      hold(port, kind, WARM_UP, () -> {});
      while (server.weir.context().connections() > 0) {
        Thread.onSpinWait();
      }
      long before = AttackCost.usedHeap();
      hold(
          port,
          kind,
          count,
          () -> {
            assertEquals(count, server.weir.context().connections());
            long each = (AttackCost.usedHeap() - before) / count;
            System.out.println("idle " + kind + " connection: " + each + " bytes of heap");
            assertTrue(each < most, () -> each + " bytes of heap for each " + kind);
          });
    }
  }

  /** Has another process hold idle connections while {@code meanwhile} runs. */
  private static void hold(int port, String kind, int count, Runnable meanwhile) throws Exception {
    Process python =
        new ProcessBuilder(
                Programs.get("python3").toString(),
                "-c",
                CLIENT,
                Integer.toString(port),
                kind,
                Integer.toString(count))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader out = python.inputReader()) {
      assertEquals("idle", out.readLine());
      meanwhile.run();
    } finally {
      python.destroyForcibly();
      python.waitFor();
    }
  }
}
