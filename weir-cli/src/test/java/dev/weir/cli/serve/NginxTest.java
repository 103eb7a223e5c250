package dev.weir.cli.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.testpeers.NeedsProgram;
import dev.weir.testpeers.Programs;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** nginx as proxy in front of our server, requests and WebSockets. */
@NeedsProgram({"nginx", "curl", "python3"})
class NginxTest {

  private static final Duration LIMIT = Duration.ofSeconds(30);

  private static final String CONFIGURATION =
      """
      daemon off;
      master_process off;
      pid nginx.pid;
      error_log error.log;
      events { worker_connections 64; }
      http {
        access_log off;
        client_body_temp_path body; proxy_temp_path proxy; fastcgi_temp_path fastcgi;
        uwsgi_temp_path uwsgi; scgi_temp_path scgi;
        client_max_body_size 16m;
        map $http_upgrade $connection_upgrade { default upgrade; '' ''; }
        server {
          listen 127.0.0.1:@PORT@;
          location / {
            proxy_pass http://127.0.0.1:@BACKEND@;
            proxy_http_version 1.1;
            proxy_set_header Host $http_host;
            proxy_set_header Upgrade $http_upgrade;
            proxy_set_header Connection $connection_upgrade;
            proxy_request_buffering off;
          }
        }
      }
      """;

  @TempDir private Path directory;
  private final TestServer server = new TestServer();
  private Process nginx;
  private int port;

  @BeforeEach
  void start() throws Exception {
    port = freePort();
    Path configuration = directory.resolve("nginx.conf");
    Files.writeString(
        configuration,
        CONFIGURATION
            .replace("@PORT@", Integer.toString(port))
            .replace("@BACKEND@", Integer.toString(server.plainPort())));
    nginx =
        new ProcessBuilder(
                Programs.get("nginx").toString(), "-p", directory.toString(), "-c", "nginx.conf")
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("out.log").toFile())
            .start();
    while (!answers()) {
      assertTrue(nginx.isAlive(), () -> "nginx ended: " + log());
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private boolean answers() {
    try (Socket probe = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return probe.isConnected();
    } catch (IOException e) {
      Thread.onSpinWait();
      return false;
    }
  }

  private String log() {
    try {
      return Files.readString(directory.resolve("out.log"));
    } catch (IOException e) {
      return e.toString();
    }
  }

  @AfterEach
  void close() {
    nginx.destroyForcibly();
    server.close();
  }

  @Test
  void proxiesRequests() throws Exception {
    String base = "http://localhost:" + port;
    assertEquals("Hello, world!", Run.of(LIMIT, "curl", "-s", base + "/hello").ok().output());
    Path body = Files.write(directory.resolve("upload"), new byte[2_000_000]);
    assertEquals(
        "2000000",
        Run.of(
                LIMIT,
                "curl",
                "-s",
                "--data-binary",
                "@" + body,
                "-o",
                "/dev/null",
                "-w",
                "%{size_download}",
                base + "/echo")
            .ok()
            .output());
    assertEquals("drip\n".repeat(3), Run.of(LIMIT, "curl", "-s", base + "/drip/3/10").output());
  }

  @Test
  void proxiesWebSockets() throws Exception {
    String client =
        """
        import asyncio, sys, websockets
        async def main(url):
            async with websockets.connect(url) as ws:
                await ws.send("through nginx")
                print(await ws.recv())
        asyncio.run(main(sys.argv[1]))
        """;
    assertEquals(
        "through nginx\n",
        Run.of(LIMIT, "python3", "-c", client, "ws://localhost:" + port + "/echo").ok().output());
  }
}
