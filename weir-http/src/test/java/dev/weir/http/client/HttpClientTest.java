package dev.weir.http.client;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.http.Method;
import dev.weir.http.Status;
import dev.weir.http.server.HttpServer;
import dev.weir.http.server.Routes;
import dev.weir.net.Context;
import dev.weir.net.Endpoint;
import dev.weir.net.Listener;
import dev.weir.net.Tls;
import dev.weir.stream.StreamException;
import dev.weir.tls.Identity;
import dev.weir.tls.TlsClientConfig;
import dev.weir.tls.TlsProvider;
import dev.weir.tls.TlsServerConfig;
import dev.weir.tls.Trust;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The client on real sockets against our own server, as a newcomer uses it. */
class HttpClientTest {

  private final Context context = Context.start();
  private final HttpClient client = HttpClient.on(context);

  private final Routes routes =
      new Routes()
          .get("/hello", (request, response) -> response.text("Hello, world!"))
          .any(
              "/echo",
              (request, response) ->
                  request
                      .body(1 << 24)
                      .whenComplete((body, problem) -> {
                        if (body != null) {
                          response.bytes(body);
                        } else {
                          response.fail(problem);
                        }
                      }));

  @AfterEach
  void close() {
    context.close();
  }

  private Listener listen() {
    return context.listen(
        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
        HttpServer.of(routes).acceptor());
  }

  private String uri(String path) {
    return "http://localhost:" + listen().port() + path;
  }

  @Test
  void getsAWholeBody() {
    HttpResult result = client.get(uri("/hello")).send().join();

    assertEquals(Status.OK, result.status());
    assertEquals("Hello, world!", result.text());
    assertEquals("text/plain; charset=utf-8", result.header("content-type"));
    assertFalse(result.connection().reused());
  }

  @Test
  void usesAConnectionAgain() {
    String uri = uri("/hello");
    HttpResult first = client.get(uri).send().join();
    HttpResult second = client.get(uri).send().join();

    assertTrue(second.connection().reused());
    assertEquals(first.connection().id(), second.connection().id());
    assertEquals(Duration.ZERO, second.timings().connect());
  }

  @Test
  void postsABody() {
    byte[] body = new byte[3 << 20];
    java.util.Arrays.fill(body, (byte) 'w');

    HttpResult result = client.post(uri("/echo")).body(body).send().join();

    assertEquals(Status.OK, result.status());
    assertEquals(
        new String(body, 0, body.length, java.nio.charset.StandardCharsets.US_ASCII),
        result.text());
  }

  @Test
  void streamsAFile(@TempDir Path directory) throws Exception {
    byte[] content = new byte[300_001];
    content[200_000] = 7;
    Path file = Files.write(directory.resolve("upload"), content);

    HttpResult result = client.post(uri("/echo")).body(BodySource.file(file)).send().join();

    assertArrayEquals(content, result.bytes());
  }

  @Test
  void aFileThatBecomesShorterFailsItsCall(@TempDir Path directory) throws Exception {
    Path file = Files.write(directory.resolve("upload"), new byte[100_000]);
    HttpCall call = client.post(uri("/echo")).body(BodySource.file(file));
    Files.write(file, new byte[10]);

    var problem = assertThrows(CompletionException.class, () -> call.send().join());

    assertInstanceOf(CallException.class, problem.getCause());
  }

  @Test
  void asksBeforeItSends() {
    HttpResult result = client.post(uri("/echo")).body("wanted").expectContinue().send().join();

    assertEquals("wanted", result.text());
  }

  @Test
  void everyStatusIsAResult() {
    assertEquals(Status.NOT_FOUND, client.get(uri("/nothing")).send().join().status());
  }

  @Test
  void headHasNoBody() {
    HttpResult result = client.head(uri("/hello")).send().join();

    assertEquals("13", result.header("content-length"));
    assertEquals("", result.text());
  }

  @Test
  void sendsManyAtOnce() {
    String uri = uri("/hello");
    var all = java.util.stream.Stream.generate(() -> client.get(uri).send()).limit(200).toList();

    all.forEach(one -> assertEquals("Hello, world!", one.join().text()));
    assertTrue(context.connections() <= 2 * PoolLimits.DEFAULTS.connectionsPerOrigin());
  }

  @Test
  void refusedConnectionsFail() {
    Listener listener = listen();
    String uri = "http://127.0.0.1:" + listener.port() + "/hello";
    listener.close();

    var problem = assertThrows(CompletionException.class, () -> client.get(uri).send().join());

    assertInstanceOf(StreamException.ConnectFailed.class, problem.getCause());
  }

  @Test
  void speaksOverUnixSockets(@TempDir Path directory) {
    Path socket = directory.resolve("weir.sock");
    context.listen(UnixDomainSocketAddress.of(socket), HttpServer.of(routes).acceptor());

    HttpResult result =
        client.get("http://localhost/hello").via(Endpoint.unix(socket)).send().join();

    assertEquals("Hello, world!", result.text());
  }

  @Test
  void speaksTls() {
    TlsProvider provider = TlsProvider.named(TlsProvider.JSSE);
    Identity identity =
        Identity.selfSigned(Instant.now().minusSeconds(60), Duration.ofDays(1), "localhost");
    var server = provider.server(TlsServerConfig.of(identity).alpn("http/1.1").build());
    Listener listener =
        context.listen(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            Tls.server(provider, name -> server, HttpServer.of(routes).acceptor()));
    var tls =
        provider.client(
            TlsClientConfig.of(Trust.certificates(identity.chain())).alpn("http/1.1").build());
    HttpClient secure = HttpClient.on(context, HttpClientOptions.DEFAULTS.withTls(tls));

    HttpResult result = secure.get("https://localhost:" + listener.port() + "/hello").send().join();

    assertEquals("Hello, world!", result.text());
    var session = result.connection().tls();
    assertEquals("http/1.1", session == null ? null : session.alpn());
    assertTrue(result.timings().tls().isPositive());
  }

  @Test
  void cancellingGivesUp() {
    routes.get("/never", (request, response) -> {});
    var call = client.get(uri("/never")).send();

    assertTrue(call.cancel(true));
    assertTrue(call.isCancelled());
  }

  @Test
  void optionsOfTheServer() {
    HttpResult result = client.request(Method.OPTIONS, uri("")).send().join();

    assertEquals(Status.NO_CONTENT, result.status());
  }
}
