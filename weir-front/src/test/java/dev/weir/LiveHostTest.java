package dev.weir;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.loop.Loop;
import dev.weir.loop.spi.LoopProvider;
import dev.weir.net.Context;
import dev.weir.net.Resolver;
import dev.weir.tls.Identity;
import dev.weir.tls.TlsProvider;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What changes while connections live, seen from blocking sockets of the JDK. */
@Timeout(60)
class LiveHostTest {

  private static final InetSocketAddress ANY =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

  private final Weir weir = Weir.start();

  @AfterEach
  void close() {
    weir.close();
  }

  @Test
  void connectionsThatLiveGoOnWhenTheIdentityIsSwapped() throws Exception {
    Identity old = Identity.selfSigned("localhost");
    Identity fresh = Identity.selfSigned("localhost");
    Host host =
        weir.host(
            "localhost",
            h -> h.tls(old).listen(ANY).get("/", (request, response) -> response.text("here")));
    try (SSLSocket before = connect(old, fresh, host.port())) {
      assertEquals("here", ask(before));
      host.tls(fresh);
      try (SSLSocket after = connect(old, fresh, host.port())) {
        assertEquals("here", ask(after));
        assertEquals("here", ask(before));
        assertEquals(List.of(old.leaf()), shown(before));
        assertEquals(List.of(fresh.leaf()), shown(after));
      }
    }
  }

  @Test
  void connectionsThatLiveAreToldWhenTheirHostIsGone() throws Exception {
    Host stays =
        weir.host(
            "stays",
            h -> h.listenPlain(ANY).get("/", (request, response) -> response.text("default")));
    InetSocketAddress shared = (InetSocketAddress) stays.addresses().getFirst();
    Host goes =
        weir.host(
            "localhost",
            h -> h.listenPlain(shared).get("/", (request, response) -> response.text("here")));
    try (Socket client = new Socket(ANY.getAddress(), stays.port())) {
      assertEquals("here", ask(client));
      goes.remove();
      assertEquals("default", ask(client));
      weir.host(
          "localhost",
          h -> h.listenPlain(shared).get("/", (request, response) -> response.text("again")));
      assertEquals("again", ask(client));
    }
  }

  /** Idle ones are closed at once, those that answer when they have, those that hang are cut. */
  @Test
  void aShutdownDrainsAndCutsAtItsDeadline() throws Exception {
    CompletableFuture<Void> asked = new CompletableFuture<>();
    Host host =
        weir.host(
            "localhost",
            h ->
                h.listenPlain(ANY)
                    .get("/", (request, response) -> response.text("here"))
                    .get("/never", (request, response) -> asked.complete(null)));
    try (Socket idle = new Socket(ANY.getAddress(), host.port());
        Socket hanging = new Socket(ANY.getAddress(), host.port())) {
      assertEquals("here", ask(idle));
      hanging
          .getOutputStream()
          .write("GET /never HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(US_ASCII));
      asked.get(20, TimeUnit.SECONDS);
      long start = System.nanoTime();
      CompletableFuture<Void> ended = weir.shutdown(Duration.ofMillis(300));
      assertEquals(-1, idle.getInputStream().read());
      assertThrows(
          ConnectException.class,
          () -> {
            while (true) {
              new Socket(ANY.getAddress(), host.port()).close();
            }
          });
      ended.get(20, TimeUnit.SECONDS);
      assertTrue(System.nanoTime() - start >= 300_000_000, "cut before the deadline");
      assertThrows(IOException.class, () -> hanging.getInputStream().readAllBytes());
    }
  }

  /** As a plugin does in a program that has a loop already, and goes on after. */
  @Test
  void aWholeWeirLivesWithinOneTaskOfAForeignScheduler() throws Exception {
    try (var scheduler = Executors.newSingleThreadScheduledExecutor();
        var others = Executors.newSingleThreadExecutor()) {
      for (int round = 0; round < 3; round++) {
        CompletableFuture<Integer> port = new CompletableFuture<>();
        var answer =
            others.submit(() -> {
              try (Socket client = new Socket(ANY.getAddress(), port.get(20, TimeUnit.SECONDS))) {
                return ask(client);
              }
            });
        var lived = scheduler.schedule(() -> liveOnce(port), 1, TimeUnit.MILLISECONDS);
        assertEquals("from within", answer.get(20, TimeUnit.SECONDS));
        assertEquals(0, lived.get(20, TimeUnit.SECONDS), "buffers that are still lent");
      }
      assertEquals("goes on", scheduler.submit(() -> "goes on").get());
    }
  }

  private static int liveOnce(CompletableFuture<Integer> port) throws IOException {
    Loop loop = new Loop(LoopProvider.named(LoopProvider.preferred()).open(), Runnable::run);
    Context context = Context.on(List.of(loop), Runnable::run, Resolver.SYSTEM);
    boolean[] served = {false};
    try (Weir inside = Weir.on(context, TlsProvider.named(TlsProvider.JSSE))) {
      inside.host(
          "localhost",
          h ->
              h.listenPlain(ANY)
                  .get(
                      "/",
                      (request, response) -> {
                        response.whenOver(problem -> served[0] = true);
                        response.text("from within");
                      }));
      port.complete(((InetSocketAddress) inside.addresses().getFirst()).getPort());
      while (!served[0]) {
        loop.turn(Loop.FOREVER);
      }
      inside.shutdown(Duration.ofSeconds(5));
      while (!context.ended().isDone()) {
        loop.turn(Loop.FOREVER);
      }
    }
    loop.finish();
    return loop.buffers().lent();
  }

  // ---- what the tests share

  /** Asks for the page, on a connection that stays. */
  private static String ask(Socket socket) throws IOException {
    socket.getOutputStream().write("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(US_ASCII));
    InputStream in = socket.getInputStream();
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      head.append((char) in.read());
    }
    String length = head.toString().replaceAll("(?is).*content-length: (\\d+).*", "$1");
    return new String(in.readNBytes(Integer.parseInt(length)), US_ASCII);
  }

  private static List<Certificate> shown(SSLSocket socket) throws IOException {
    return List.of(socket.getSession().getPeerCertificates());
  }

  /** The JDK's own TLS, which trusts both. */
  private static SSLSocket connect(Identity one, Identity other, int port) throws Exception {
    KeyStore anchors = KeyStore.getInstance("PKCS12");
    anchors.load(null, null);
    anchors.setCertificateEntry("one", one.leaf());
    anchors.setCertificateEntry("other", other.leaf());
    var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(anchors);
    SSLContext tls = SSLContext.getInstance("TLS");
    tls.init(null, trust.getTrustManagers(), null);
    return (SSLSocket) tls.getSocketFactory().createSocket("localhost", port);
  }
}
