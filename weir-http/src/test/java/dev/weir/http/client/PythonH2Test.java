package dev.weir.http.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.http.Headers;
import dev.weir.http.HttpVersion;
import dev.weir.net.Context;
import dev.weir.testpeers.NeedsProgram;
import dev.weir.tls.Identity;
import dev.weir.tls.TlsClientConfig;
import dev.weir.tls.TlsProvider;
import dev.weir.tls.Trust;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Our client and a server made of Python's h2, which is as awkward as HTTP/2 lets it be. */
@NeedsProgram("python:h2")
@Timeout(60)
class PythonH2Test {

  private static final int WINDOW = 65_535;

  @TempDir private Path directory;
  private final Context threads = Context.start();

  /** Every name is this machine's. */
  private final Context context =
      Context.on(
          threads.loops(),
          threads.workers(),
          (loop, name, found) -> found.done(List.of(InetAddress.getLoopbackAddress()), null));

  private HttpClient client = client(Trust.none());
  private @Nullable PythonH2Server server;
  private String scheme = "http";

  private HttpClient client(Trust trust) {
    return HttpClient.on(
        context,
        HttpClientOptions.DEFAULTS
            .withHttp2Known(true)
            .withTls(
                TlsProvider.named(TlsProvider.JSSE)
                    .client(TlsClientConfig.of(trust).alpn("h2", "http/1.1").build())));
  }

  private void start(String settings) throws Exception {
    server = PythonH2Server.start(directory, settings, null);
  }

  private void startTls(Identity identity, Trust trust) throws Exception {
    server = PythonH2Server.start(directory, "{}", identity);
    client = client(trust);
    scheme = "https";
  }

  private static Identity identity(String... names) {
    return Identity.selfSigned(Instant.now(), Duration.ofDays(1), names);
  }

  @AfterEach
  void close() {
    threads.close();
    if (server != null) {
      server.close();
      assertThat(server.complaints()).isEmpty();
    }
  }

  private PythonH2Server server() {
    if (server == null) {
      throw new IllegalStateException("no server was started");
    }
    return server;
  }

  private String uri(String host, String path) {
    return scheme + "://" + host + ":" + server().port() + path;
  }

  private CompletableFuture<HttpResult> get(String path) {
    return client.get(uri("one.test", path)).send();
  }

  private String text(String path) {
    return get(path).join().text();
  }

  private HttpCall post(String path) {
    return client.post(uri("one.test", path));
  }

  private static byte[] random(int length) {
    var bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    return bytes;
  }

  private static String described(byte[] bytes) throws Exception {
    return bytes.length
        + " "
        + HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
  }

  private static String connection(HttpResult result) {
    return String.valueOf(result.header("x-connection"));
  }

  // ---- many

  @Test
  void oneConnectionCarriesAll() throws Exception {
    start("{}");
    var calls = IntStream.range(0, 300).mapToObj(n -> get("/")).toList();
    for (var call : calls) {
      assertThat(call.join().version()).isEqualTo(HttpVersion.HTTP_2);
      assertThat(connection(call.join())).isEqualTo("1");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7})
  void theServersLimitOfConcurrentStreamsIsKept(int limit) throws Exception {
    start("{\"MAX_CONCURRENT_STREAMS\": " + limit + "}");
    text("/"); // Now the limit has come.
    var calls = IntStream.range(0, 40).mapToObj(n -> get("/")).toList();
    for (var call : calls) {
      assertThat(connection(call.join())).isEqualTo("1");
      assertThat(Integer.parseInt(call.join().header("x-most"))).isBetween(1, limit);
    }
  }

  // ---- bodies

  @Test
  void uploadsComeBack() throws Exception {
    start("{}");
    var bodies = IntStream.of(0, 1, 16_384, 65_535, 65_536, 2_000_000).mapToObj(n -> random(n));
    var calls = bodies.map(body -> post("/echo").body(body).send()).toList();
    for (var call : calls) {
      assertThat(call.join().bytes()).isEqualTo(random(call.join().bytes().length));
    }
    assertThat(calls.stream().mapToInt(call -> call.join().bytes().length).sum())
        .isEqualTo(1 + 16_384 + 65_535 + 65_536 + 2_000_000);
  }

  @Test
  void windowsThatShrinkBelowNothingAndGrowLoseNothing() throws Exception {
    start("{}");
    var body = random(600_000);
    var calls = IntStream.range(0, 3).mapToObj(n -> post("/resize").body(body).send()).toList();
    for (var call : calls) {
      assertThat(call.join().text()).isEqualTo(described(body));
    }
    assertThat(text("/shrunk")).startsWith("[1000").contains("1000000");
  }

  @Test
  void aBodyIsPulledNoFasterThanTheServerTakesIt() throws Exception {
    start("{}");
    var body = random(1_000_000);
    var source = new Source(body, Headers.of());
    var call = post("/stall").body(source).send();
    while (!text("/held").equals(Integer.toString(WINDOW))) {
      assertThat(call).isNotDone();
    }
    assertThat(source.taken).hasValue(WINDOW);
    assertThat(text("/resume")).isEqualTo("resumed");
    assertThat(call.join().text()).isEqualTo(described(body));
  }

  @Test
  void aResponseComesNoFasterThanItsHandlerTakesIt() throws Exception {
    start("{}");
    var slow = new RecordingHandler();
    slow.appetite = 1_000;
    var call = client.get(uri("one.test", "/bytes?3000000")).stream(slow);
    while (Integer.parseInt(text("/sent")) < WINDOW) {
      assertThat(call).isNotDone();
    }
    for (int n = 0; n < 20; n++) {
      assertThat(Integer.parseInt(text("/sent"))).isLessThanOrEqualTo(WINDOW + 1_000);
    }
    slow.eat(Integer.MAX_VALUE);
    call.join();
    assertThat(slow.body.toString()).isEqualTo("0123456789".repeat(300_000));
  }

  @Test
  void trailersGoBothWays() throws Exception {
    start("{}");
    var source = new Source(random(100), Headers.of("x-sum", "17"));
    var result = post("/echo").body(source).send().join();
    assertThat(result.trailers().get("x-sum")).isEqualTo("17");
    assertThat(get("/trailers").join().trailers().get("x-checksum")).isEqualTo("7");
  }

  // ---- what a server may do beside answering

  @Test
  void hintsComeBeforeTheResponse() throws Exception {
    start("{}");
    var handler = new RecordingHandler();
    client.get(uri("one.test", "/hints")).stream(handler).join();
    assertThat(handler.events).containsExactly("103 Early Hints", "200 OK", "end");
  }

  @Test
  void pingsAreAnswered() throws Exception {
    start("{}");
    assertThat(text("/ping")).isEqualTo("answer!!");
  }

  /** RFC 9113 8.1: the server has answered as a whole, and wants no more of the request. */
  @ParameterizedTest
  @ValueSource(ints = {Integer.MAX_VALUE, 10})
  void aResetAfterTheResponseTakesNothingOfIt(int appetite) throws Exception {
    start("{}");
    var handler = new RecordingHandler();
    handler.appetite = appetite;
    var call = post("/early").body(new Source(random(10_000_000), Headers.of())).stream(handler);
    if (appetite < Integer.MAX_VALUE) {
      // Each answer is behind the reset on the same connection.
      text("/");
      text("/");
      handler.eat(Integer.MAX_VALUE);
    }
    call.join();
    assertThat(handler.events).containsExactly("200 OK", "end");
    assertThat(handler.body.toString()).isEqualTo("x".repeat(50_000));
  }

  @Test
  void whatIsRefusedIsSentAgain() throws Exception {
    start("{}");
    assertThat(text("/refused?get")).startsWith("stream ");
    var result = post("/refused?post").body("text").send().join();
    assertThat(result.text()).startsWith("stream ");
    assertThat(connection(result)).isEqualTo("1");
  }

  @Test
  void whatAGoingServerHasNotDoneIsSentAgainElsewhere() throws Exception {
    start("{}");
    var result = post("/away").body("text").send().join();
    assertThat(result.text()).isEqualTo("stream 1 of 2");
  }

  @Test
  void aServerThatGoesUnderLoadLosesNothingAndDoesNothingTwice() throws Exception {
    start("{}");
    var calls =
        IntStream.range(0, 100)
            .mapToObj(n -> post("/load?" + n).body("x".repeat(n * 20)).send())
            .toList();
    for (int n = 0; n < calls.size(); n++) {
      assertThat(calls.get(n).join().text()).isEqualTo(Integer.toString(n));
    }
    assertThat(calls.stream().map(call -> connection(call.join())).distinct())
        .containsExactlyInAnyOrder("1", "2");
    assertThat(text("/processed").split("\n"))
        .containsExactlyInAnyOrder(
            IntStream.range(0, 100).mapToObj(Integer::toString).toArray(String[]::new));
  }

  @Test
  void whatIsWantedByHttp1IsSentSo() throws Exception {
    var identity = identity("one.test");
    startTls(identity, Trust.certificates(identity.chain()));
    assertThat(get("/").join().version()).isEqualTo(HttpVersion.HTTP_2);
    var result = get("/http11").join();
    assertThat(result.text()).isEqualTo("by http1");
    assertThat(result.version()).isEqualTo(HttpVersion.HTTP_1_1);
  }

  @Test
  void aCallThatIsGivenUpIsResetAndTheConnectionGoesOn() throws Exception {
    start("{}");
    var begun = new CompletableFuture<ClientResponse>();
    var call =
        client.get(uri("one.test", "/bytes?3000000")).stream(
            new RecordingHandler() {
              @Override
              public void head(ClientResponse response) {
                response.pause();
                begun.complete(response);
              }
            });
    begun.join().cancel();
    assertThat(text("/resets")).isEqualTo("8");
    assertThat(call).isCompletedExceptionally();
    assertThat(connection(get("/").join())).isEqualTo("1");
  }

  // ---- one connection for two names (RFC 9113 9.1.1)

  private String connectionTo(String host, String path) {
    return connection(client.get(uri(host, path)).send().join());
  }

  @Test
  void aCertificateForBothNamesMakesOneConnectionDo() throws Exception {
    var identity = identity("one.test", "two.test");
    startTls(identity, Trust.certificates(identity.chain()));
    assertThat(connectionTo("one.test", "/")).isEqualTo("1");
    assertThat(connectionTo("two.test", "/")).isEqualTo("1");
  }

  @Test
  void aCertificateForOneOfThemDoesNot() throws Exception {
    startTls(identity("one.test"), Trust.insecure());
    assertThat(connectionTo("one.test", "/")).isEqualTo("1");
    assertThat(connectionTo("two.test", "/")).isEqualTo("2");
    assertThat(connectionTo("one.test", "/")).isEqualTo("1");
  }

  /** RFC 9110 15.5.20. */
  @Test
  void aServerThatSaysSoGetsAConnectionForEach() throws Exception {
    var identity = identity("one.test", "two.test");
    startTls(identity, Trust.certificates(identity.chain()));
    assertThat(connectionTo("one.test", "/own")).isEqualTo("1");
    assertThat(connectionTo("two.test", "/own")).isEqualTo("2");
    assertThat(connectionTo("two.test", "/")).isEqualTo("2");
  }

  /** A body without a length that counts what is taken of it. */
  private static final class Source implements BodySource {
    final AtomicLong taken = new AtomicLong();
    private final ByteBuffer bytes;
    private final Headers trailers;

    Source(byte[] bytes, Headers trailers) {
      this.bytes = ByteBuffer.wrap(bytes);
      this.trailers = trailers;
    }

    @Override
    public void writable(BodySink sink) {
      taken.addAndGet(sink.write(bytes));
      if (bytes.hasRemaining()) {
        sink.wantWritable();
      } else {
        sink.end(trailers);
      }
    }
  }
}
