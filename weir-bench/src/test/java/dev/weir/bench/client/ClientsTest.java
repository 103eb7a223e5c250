package dev.weir.bench.client;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.Weir;
import dev.weir.http.Status;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import tools.jackson.databind.json.JsonMapper;

/** All clients do what is counted, and stop at what must not be. */
class ClientsTest {

  private static final int CONCURRENCY = 8;
  private static final long PATIENCE = TimeUnit.SECONDS.toNanos(20);

  private static final Weir WEIR = Weir.start();
  private static String base = "";

  @BeforeAll
  static void serve() {
    var any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    int port =
        WEIR.host(
                "*",
                host ->
                    host.get("/", (request, response) -> response.text("Hello, World!"))
                        .get("/error", (request, response) -> response.status(Status.of(500)).end())
                        .listenPlain(any))
            .port();
    base = "http://127.0.0.1:" + port;
  }

  @AfterAll
  static void stop() {
    WEIR.close();
  }

  @ParameterizedTest
  @FieldSource("dev.weir.bench.client.BenchClient#NAMES")
  void countsResponses(String name) throws Exception {
    try (BenchClient client = BenchClient.named(name)) {
      var tally = new Tally();
      client.start(URI.create(base + "/"), CONCURRENCY, tally);
      long deadline = System.nanoTime() + PATIENCE;
      while (tally.count() < 10 * CONCURRENCY && System.nanoTime() < deadline) {
        tally.await(TimeUnit.MILLISECONDS.toNanos(1));
      }
      var json = new JsonMapper().readTree(ClientMain.measure(tally, PATIENCE / 200));
      assertTrue(tally.count() >= 10 * CONCURRENCY, () -> "only " + tally.count());
      assertTrue(json.get("count").asLong() > 0, json::toString);
      assertTrue(json.get("seconds").asDouble() >= 0.1, json::toString);
      assertTrue(json.get("cpuSeconds").asDouble() > 0, json::toString);
      assertTrue(json.get("allocatedBytes").asLong() > 0, json::toString);
    }
  }

  @ParameterizedTest
  @FieldSource("dev.weir.bench.client.BenchClient#NAMES")
  void failsWithAnswersThatAreNotRight(String name) throws Exception {
    try (BenchClient client = BenchClient.named(name)) {
      var tally = new Tally();
      client.start(URI.create(base + "/error"), 1, tally);
      assertThrows(IOException.class, () -> tally.await(PATIENCE));
    }
  }
}
