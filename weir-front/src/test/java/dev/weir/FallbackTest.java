package dev.weir;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.weir.net.Endpoint;
import dev.weir.net.StreamAcceptor;
import dev.weir.net.Tls;
import dev.weir.stream.ByteStream;
import dev.weir.stream.StreamHandler;
import dev.weir.stream.WeirException;
import dev.weir.tls.Identity;
import dev.weir.tls.TlsClientConfig;
import dev.weir.tls.TlsProvider;
import dev.weir.tls.Trust;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A raw echo beside HTTP on one port, with TLS and without. */
class FallbackTest {

  private static final InetSocketAddress ANY =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
  private static final String HTTP = "GET / HTTP/1.0\r\n\r\n";

  private final Weir weir = Weir.start();
  private final Identity identity =
      Identity.selfSigned(Instant.now(), Duration.ofDays(1), "one", "two");

  @AfterEach
  void close() {
    weir.close();
  }

  /** Answers each connection once: with a name, and what came. */
  private static StreamAcceptor echo(String name) {
    return stream ->
        new StreamHandler() {
          @Override
          public void received(ByteStream from, ByteBuffer bytes) {
            from.write(ByteBuffer.wrap(name.getBytes(StandardCharsets.ISO_8859_1)));
            from.write(bytes);
            from.close();
          }
        };
  }

  /** What a client that sends this hears until the server ends. */
  private String ask(int port, @Nullable String tlsName, String bytes) {
    CompletableFuture<String> heard = new CompletableFuture<>();
    StreamHandler asking =
        new StreamHandler() {
          private final StringBuilder all = new StringBuilder();

          @Override
          public void opened(ByteStream stream) {
            stream.write(ByteBuffer.wrap(bytes.getBytes(StandardCharsets.ISO_8859_1)));
          }

          @Override
          public void received(ByteStream from, ByteBuffer data) {
            all.append(StandardCharsets.ISO_8859_1.decode(data));
          }

          @Override
          public void ended(ByteStream by) {
            by.close();
          }

          @Override
          public void closed(ByteStream gone, @Nullable WeirException problem) {
            heard.complete(all.toString());
          }
        };
    weir.context()
        .connect(
            Endpoint.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), port)),
            tlsName == null
                ? asking
                : Tls.client(
                    TlsProvider.named(TlsProvider.JSSE)
                        .client(TlsClientConfig.of(Trust.pinnedKey(identity.spkiSha256())).build()),
                    tlsName,
                    port,
                    asking));
    return heard.join();
  }

  private static String lastLine(String response) {
    return response.lines().reduce((a, b) -> b).orElse("nothing");
  }

  @Test
  void takesWhatIsNoHttp() {
    Host host =
        weir.host(
            "*",
            h ->
                h.listen(ANY)
                    .get("/", (request, response) -> response.text("http"))
                    .fallback(echo("echo ")));

    assertEquals("echo \1\2\3", ask(host.port(), null, "\1\2\3"));
    assertEquals("http", lastLine(ask(host.port(), null, HTTP)));
  }

  @Test
  void isTheHostsThatTheClientAskedFor() {
    Host one =
        weir.host("one", h -> h.tls(identity).listen(ANY).get("/", (q, a) -> a.text("http")));
    InetSocketAddress same = new InetSocketAddress(InetAddress.getLoopbackAddress(), one.port());
    weir.host("two", h -> h.tls(identity).listen(same).fallback(echo("two ")));

    assertEquals("two \1\2\3", ask(one.port(), "two", "\1\2\3"));
    assertEquals("400 Bad Request", lastLine(ask(one.port(), "one", "\1\2\3\r\n")));
    assertEquals(
        "http", lastLine(ask(one.port(), "one", HTTP.replace("1.0\r\n", "1.0\r\nHost: one\r\n"))));
    one.fallback(echo("one "));
    assertEquals("one \1\2\3", ask(one.port(), "one", "\1\2\3"));
  }
}
