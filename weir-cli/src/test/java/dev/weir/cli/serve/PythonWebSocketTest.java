package dev.weir.cli.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.http.HttpVersion;
import dev.weir.testpeers.NeedsProgram;
import dev.weir.testpeers.Programs;
import dev.weir.tls.TlsClientConfig;
import dev.weir.tls.TlsProvider;
import dev.weir.tls.Trust;
import dev.weir.websocket.WebSocket;
import dev.weir.websocket.WebSocketClient;
import dev.weir.websocket.WebSocketHandler;
import java.io.BufferedReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Python's websockets as client of our server, and as server of our client. */
@NeedsProgram("python3")
class PythonWebSocketTest {

  private static final Duration LIMIT = Duration.ofSeconds(30);

  private static final String CLIENT =
      """
      import asyncio, ssl, sys, websockets

      async def main(url, cafile):
          tls = ssl.create_default_context(cafile=cafile) if url.startswith("wss") else None
          async with websockets.connect(url, ssl=tls, max_size=None) as ws:
              print("extensions", [e.name for e in ws.extensions])
              for size in (0, 1, 125, 126, 65535, 65536, 1000000):
                  text = "\\u00e4" * size
                  await ws.send(text)
                  assert await ws.recv() == text, size
                  data = bytes(range(256)) * (size // 256 + 1)
                  await ws.send(data)
                  assert await ws.recv() == data, size
              await ws.send(["frag", "men", "ted"])
              assert await ws.recv() == "fragmented"
              await (await ws.ping(b"are you there"))
              await ws.close(4000, "bye")
              print("closed", ws.close_code, ws.close_reason)

      asyncio.run(main(*sys.argv[1:]))
      """;

  private static final String SERVER =
      """
      import asyncio, websockets

      async def echo(ws, path=None):
          async for message in ws:
              await ws.send(message)

      async def main():
          async with websockets.serve(echo, "127.0.0.1", 0, max_size=None) as server:
              print(server.sockets[0].getsockname()[1], flush=True)
              await asyncio.Future()

      asyncio.run(main())
      """;

  /** An ASGI server that speaks HTTP/2, and WebSocket on its streams. */
  private static final String HTTP2_SERVER =
      """
      import asyncio, socket, sys
      from hypercorn.asyncio import serve
      from hypercorn.config import Config

      async def echo(scope, receive, send):
          assert scope["type"] == "websocket", scope["type"]
          assert scope["http_version"] == "2", scope["http_version"]
          await receive()
          await send({"type": "websocket.accept"})
          while (event := await receive())["type"] == "websocket.receive":
              await send({"type": "websocket.send", "text": event["text"]})

      listening = socket.socket()
      listening.bind(("127.0.0.1", 0))
      listening.listen()
      config = Config()
      config.bind = [f"fd://{listening.fileno()}"]
      config.certfile, config.keyfile = sys.argv[1:]
      config.errorlog = None
      print(listening.getsockname()[1], flush=True)
      asyncio.run(serve(echo, config))
      """;

  @TempDir private Path directory;
  private final TestServer server = new TestServer();

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void asClientOverTlsAndPlain() throws Exception {
    String certificate = server.certificate(directory).toString();
    for (String url :
        new String[] {
          "wss://localhost:" + server.tlsPort() + "/echo",
          "ws://localhost:" + server.plainPort() + "/echo"
        }) {
      String output = Run.of(LIMIT, "python3", "-c", CLIENT, url, certificate).ok().output();
      assertTrue(output.contains("extensions ['permessage-deflate']"), output);
      assertTrue(output.contains("closed 4000"), output);
    }
  }

  @Test
  void asServer() throws Exception {
    Process python =
        new ProcessBuilder(Programs.get("python3").toString(), "-c", SERVER)
            .redirectErrorStream(true)
            .start();
    try (BufferedReader out = python.inputReader()) {
      int port = Integer.parseInt(out.readLine());
      BlockingQueue<String> events = new LinkedBlockingQueue<>();
      WebSocketClient client =
          WebSocketClient.on(
              server.weir.context(),
              TlsProvider.named(TlsProvider.JSSE)
                  .client(TlsClientConfig.of(Trust.insecure()).build()));
      WebSocket ws = client.open("ws://127.0.0.1:" + port + "/", new Recorder(events)).join();
      for (int size : new int[] {0, 1, 125, 126, 65_535, 65_536, 300_000}) {
        String text = "\u00e4".repeat(size);
        ws.send(text);
        assertEquals(text, events.poll(LIMIT.toSeconds(), TimeUnit.SECONDS));
      }
      ws.close(1000, "done");
      assertEquals("closed 1000 done", events.poll(LIMIT.toSeconds(), TimeUnit.SECONDS));
    } finally {
      python.destroyForcibly();
    }
  }

  /** RFC 8441, with a server that ends such a WebSocket without a close frame. */
  @Test
  @NeedsProgram({"python3", "python:hypercorn"})
  void asServerOverHttp2() throws Exception {
    Path key = Files.writeString(directory.resolve("key.pem"), server.identity.keyToPem());
    Process python =
        new ProcessBuilder(
                Programs.get("python3").toString(),
                "-c",
                HTTP2_SERVER,
                server.certificate(directory).toString(),
                key.toString())
            .redirectErrorStream(true)
            .start();
    try (BufferedReader out = python.inputReader()) {
      int port = Integer.parseInt(out.readLine());
      BlockingQueue<String> events = new LinkedBlockingQueue<>();
      BlockingQueue<HttpVersion> versions = new LinkedBlockingQueue<>();
      WebSocketClient client =
          WebSocketClient.on(
                  server.weir.context(),
                  TlsProvider.named(TlsProvider.JSSE)
                      .client(
                          TlsClientConfig.of(Trust.pem(server.certificate(directory)))
                              .alpn("h2", "http/1.1")
                              .build()))
              .withAnswered(answer -> versions.add(answer.version()));
      WebSocket ws = client.open("wss://localhost:" + port + "/", new Recorder(events)).join();
      assertEquals(HttpVersion.HTTP_2, versions.poll());
      for (int size : new int[] {0, 1, 125, 126, 65_535, 65_536, 300_000}) {
        String text = "\u00e4".repeat(size);
        ws.send(text);
        assertEquals(text, events.poll(LIMIT.toSeconds(), TimeUnit.SECONDS));
      }
      ws.close(1000, "done");
      String closed = events.poll(LIMIT.toSeconds(), TimeUnit.SECONDS);
      assertTrue(closed != null && closed.startsWith("closed 1"), closed);
    } finally {
      python.destroyForcibly();
    }
  }

  private record Recorder(BlockingQueue<String> events) implements WebSocketHandler {
    @Override
    public void text(WebSocket ws, String message) {
      events.add(message);
    }

    @Override
    public void closed(WebSocket ws, int code, String reason) {
      events.add("closed " + code + " " + reason);
    }
  }
}
