package dev.weir;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.http.Status;
import dev.weir.http.client.HttpClient;
import dev.weir.http.client.HttpClientOptions;
import dev.weir.http.client.HttpResult;
import dev.weir.http.client.RedirectPolicy;
import dev.weir.net.Endpoint;
import dev.weir.tls.Identity;
import dev.weir.tls.TlsClientConfig;
import dev.weir.tls.TlsProvider;
import dev.weir.tls.Trust;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Hosts on one port: chosen by name, added, removed and given new identities while they serve. */
class HostTest {

  private static final InetSocketAddress ANY =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

  private final Weir weir = Weir.start();

  @AfterEach
  void close() {
    weir.close();
  }

  private static Identity identity(String name) {
    return Identity.selfSigned(Instant.now(), Duration.ofDays(1), name);
  }

  /** A client that trusts one key, and connects to one port whatever the name. */
  private String get(Identity trusted, String host, int port) {
    HttpClientOptions options =
        HttpClientOptions.DEFAULTS.withTls(
            TlsProvider.named(TlsProvider.JSSE)
                .client(
                    TlsClientConfig.of(Trust.pinnedKey(trusted.spkiSha256()))
                        .alpn("http/1.1")
                        .build()));
    try (HttpClient client = HttpClient.on(weir.context(), options)) {
      return client
          .get("https://" + host + ":" + port + "/")
          .via(Endpoint.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), port)))
          .send()
          .join()
          .text();
    }
  }

  @Test
  void severalHostsShareAPortEachWithItsOwnIdentity() {
    Identity one = identity("one.example");
    Identity below = identity("a.two.example");
    Host first =
        weir.host(
            "one.example",
            h -> h.tls(one).listen(ANY).get("/", (request, response) -> response.text("one")));
    InetSocketAddress shared = (InetSocketAddress) first.addresses().getFirst();
    Host second =
        weir.host(
            "*.two.example",
            h -> h.tls(below).listen(shared).get("/", (request, response) -> response.text("two")));
    assertEquals("one", get(one, "one.example", first.port()));
    assertEquals("two", get(below, "a.two.example", first.port()));
    second.remove();
    assertThrows(CompletionException.class, () -> get(below, "a.two.example", first.port()));
    assertEquals("one", get(one, "one.example", first.port()));
  }

  @Test
  void anIdentityIsSwappedWhileItServes() {
    Identity old = identity("localhost");
    Identity fresh = identity("localhost");
    Host host =
        weir.host(
            "localhost",
            h -> h.tls(old).listen(ANY).get("/", (request, response) -> response.text("here")));
    assertEquals("here", get(old, "localhost", host.port()));
    host.tls(fresh);
    assertEquals("here", get(fresh, "localhost", host.port()));
    assertThrows(CompletionException.class, () -> get(old, "localhost", host.port()));
  }

  @Test
  void plainHttpOnATlsPortIsSentToHttps() {
    Host host =
        weir.host(
            "localhost",
            h ->
                h.tls(identity("localhost"))
                    .listen(ANY)
                    .get("/", (request, response) -> response.text("secret")));
    HttpClientOptions options = HttpClientOptions.DEFAULTS.withRedirects(RedirectPolicy.NONE);
    try (HttpClient client = HttpClient.on(weir.context(), options)) {
      HttpResult result = client.get("http://localhost:" + host.port() + "/?a=b").send().join();
      assertEquals(Status.PERMANENT_REDIRECT, result.status());
      assertEquals("https://localhost:" + host.port() + "/?a=b", result.header("location"));
    }
  }

  @Test
  void routesComeAndGoWhileItServes() {
    Host host = weir.host("localhost", h -> h.listenPlain(ANY));
    String url = "http://localhost:" + host.port() + "/now";
    assertEquals(404, weir.get(url).send().join().status().code());
    host.get("/now", (request, response) -> response.bytes(new byte[] {1, 2, 3}));
    assertArrayEquals(new byte[] {1, 2, 3}, weir.get(url).send().join().bytes());
    assertTrue(host.remove("/now"));
    assertEquals(404, weir.get(url).send().join().status().code());
  }

  @Test
  void shutdownLetsWhatHasBegunFinish() throws Exception {
    Host host =
        weir.host(
            "localhost",
            h ->
                h.listenPlain(ANY)
                    .get(
                        "/slow",
                        (request, response) -> {
                          weir.shutdown(Duration.ofSeconds(10));
                          request
                              .loop()
                              .schedule(Duration.ofMillis(50), () -> response.text("finished"));
                        }));
    try (Weir other = Weir.start()) {
      String url = "http://localhost:" + host.port() + "/slow";
      assertEquals("finished", other.get(url).send().join().text());
    }
    weir.awaitShutdown();
  }
}
