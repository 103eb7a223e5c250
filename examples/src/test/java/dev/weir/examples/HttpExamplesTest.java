package dev.weir.examples;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.Host;
import dev.weir.Weir;
import dev.weir.http.Status;
import dev.weir.http.client.HttpClient;
import dev.weir.http.client.HttpClientOptions;
import dev.weir.http.client.HttpResult;
import dev.weir.net.Context;
import dev.weir.net.Endpoint;
import dev.weir.tls.Identity;
import dev.weir.tls.TlsClientConfig;
import dev.weir.tls.TlsProvider;
import dev.weir.tls.Trust;
import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.zip.CRC32;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Runs the examples of streams, hosts, certificates and WebSockets over HTTP. */
@Timeout(60)
class HttpExamplesTest {

  private final Weir client = Weir.start();

  @TempDir private Path directory;

  @AfterEach
  void close() {
    client.close();
  }

  private static int port(Weir weir) {
    return ((InetSocketAddress) weir.addresses().getFirst()).getPort();
  }

  private static Trust trust(Identity identity) {
    return Trust.pinnedKey(identity.spkiSha256());
  }

  private String get(TlsClientConfig tls, String host, int port, String path) {
    var context = TlsProvider.named(TlsProvider.JSSE).client(tls);
    try (HttpClient http =
        HttpClient.on(client.context(), HttpClientOptions.DEFAULTS.withTls(context))) {
      return http.get("https://" + host + ":" + port + path)
          .via(Endpoint.tcp("localhost", port))
          .send()
          .join()
          .text();
    }
  }

  private String get(Identity shown, String host, int port) {
    return get(TlsClientConfig.of(trust(shown)).alpn("http/1.1").build(), host, port, "/");
  }

  @Test
  void twoHosts() {
    Identity one = Identity.selfSigned("one.localhost");
    Identity two = Identity.selfSigned("*.two.localhost");
    Identity three = Identity.selfSigned("three.localhost");
    try (Weir weir = Weir.start()) {
      Host first = TwoHosts.start(weir, 0, one, two);
      int port = first.port();
      assertEquals("the one\n", get(one, "one.localhost", port));
      assertEquals("you asked a.two.localhost:" + port, get(two, "a.two.localhost", port));

      Host third = TwoHosts.add(weir, first, "three.localhost", three);
      assertEquals("you asked three.localhost:" + port, get(three, "three.localhost", port));
      third.remove();
      assertThrows(CompletionException.class, () -> get(three, "three.localhost", port));

      Identity renewed = Identity.selfSigned("one.localhost");
      first.tls(renewed);
      assertEquals("the one\n", get(renewed, "one.localhost", port));
    }
  }

  /** With the server's identity from PKCS#12, as the example's main reads it. */
  @Test
  void clientCertificates() throws Exception {
    Identity made = Identity.selfSigned("localhost");
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    char[] password = "changeit".toCharArray();
    store.setKeyEntry("it", made.key(), password, made.chain().toArray(Certificate[]::new));
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    store.store(bytes, password);
    Path file = Files.write(directory.resolve("identity.p12"), bytes.toByteArray());
    Identity server = Identity.pkcs12(file, password);
    Identity me = Identity.selfSigned("me");
    try (Weir weir = ClientCertificates.start(0, server, Trust.certificates(List.of(me.leaf())))) {
      TlsClientConfig.Builder tls = TlsClientConfig.of(trust(server)).alpn("http/1.1");
      assertThrows(
          CompletionException.class, () -> get(tls.build(), "localhost", port(weir), "/whoami"));
      assertEquals("CN=me", get(tls.identities(me).build(), "localhost", port(weir), "/whoami"));
    }
  }

  @Test
  void uploadServer() throws Exception {
    Path file = Files.write(directory.resolve("source"), new byte[2_000_000]);
    try (Weir weir = UploadServer.start(0, directory)) {
      String base = "http://localhost:" + port(weir) + "/files/";
      HttpResult taken = ClientUploadStream.upload(base + "copy", file);
      assertEquals(Status.CREATED, taken.status());
      assertArrayEquals(Files.readAllBytes(file), Files.readAllBytes(directory.resolve("copy")));

      assertEquals(Status.FORBIDDEN, ClientUploadStream.upload(base + "a.b", file).status());
      assertFalse(Files.exists(directory.resolve("a.b")));
    }
  }

  @Test
  void streamedResponseAndClientDownload() {
    try (Weir weir = StreamedResponse.start(0)) {
      String told = ClientDownload.download("http://localhost:" + port(weir) + "/numbers/100000");

      assertEquals(
          "103 </style.css>; rel=preload; as=style, 200, 588895 bytes, sum 5000050000, in time",
          told);
    }
  }

  @Test
  void connectProxy() throws Exception {
    try (Context context = Context.start()) {
      InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
      int target = TcpEcho.start(context, any).port();
      int proxy = ConnectProxy.start(context, any, target).port();
      for (int port : new int[] {target, 1}) {
        try (Socket socket = new Socket(any.getAddress(), proxy)) {
          String head = "CONNECT localhost:" + port + " HTTP/1.1\r\nHost: localhost\r\n\r\necho";
          socket.getOutputStream().write(head.getBytes(US_ASCII));
          socket.shutdownOutput();
          String all = new String(socket.getInputStream().readAllBytes(), US_ASCII);
          assertTrue(all.startsWith(port == target ? "HTTP/1.1 200 " : "HTTP/1.1 403 "), all);
          assertEquals(port == target, all.endsWith("\r\n\r\necho"), all);
        }
      }
    }
  }

  @Test
  void onePort() throws Exception {
    try (Weir weir = Weir.start()) {
      List<SocketAddress> at = OnePort.start(weir, 0, 0).addresses();
      int tlsPort = ((InetSocketAddress) at.getFirst()).getPort();
      int plainPort = ((InetSocketAddress) at.getLast()).getPort();
      byte[] own = {0, 1, 2};
      try (Socket raw = new Socket("localhost", plainPort)) {
        raw.getOutputStream().write(own);
        assertArrayEquals(own, raw.getInputStream().readNBytes(3));
      }
      assertEquals("200 OK\nhttp\n", ClientGet.get("http://localhost:" + plainPort + "/"));
      var tls = TlsClientConfig.of(Trust.insecure()).alpn("http/1.1").build();
      assertEquals("http\n", get(tls, "localhost", tlsPort, "/"));
      try (Socket mistaken = new Socket("localhost", tlsPort)) {
        mistaken.getOutputStream().write("GET / HTTP/1.0\r\n\r\n".getBytes(US_ASCII));
        String answer = new String(mistaken.getInputStream().readAllBytes(), US_ASCII);
        assertTrue(answer.startsWith("HTTP/1.1 308 "), answer);
      }
    }
  }

  @Test
  void gracefulServer() throws Exception {
    Weir weir = GracefulServer.start(0);
    String url = "http://localhost:" + port(weir) + "/slow";
    CompletableFuture<HttpResult> slow = client.get(url).send();
    while (weir.context().traffic().in() == 0) {
      Thread.onSpinWait();
    }
    weir.shutdown(Duration.ofSeconds(10)).join();
    assertEquals("done\n", slow.join().text());
    assertThrows(CompletionException.class, () -> client.get(url).send().join());
  }

  @Test
  void webSocketAskAndPieces() {
    CRC32 sum = new CRC32();
    String question = "what is my sum?".repeat(10_000);
    sum.update(question.getBytes(StandardCharsets.UTF_8));
    try (Weir weir = WebSocketPieces.start(0)) {
      String url = "ws://localhost:" + port(weir) + "/sum";
      assertEquals(
          Long.toHexString(sum.getValue()) + " by ask",
          WebSocketAsk.ask(client, Trust.none(), url, question).join());
    }
  }

  @Test
  void foreignScheduler() throws Exception {
    try (var scheduler = Executors.newSingleThreadScheduledExecutor()) {
      Weir weir = ForeignScheduler.start(scheduler);
      CompletableFuture<Thread> servedBy = new CompletableFuture<>();
      Host host =
          weir.host(
              "localhost",
              h ->
                  h.listenPlain(new InetSocketAddress("localhost", 0))
                      .get(
                          "/",
                          (request, response) -> {
                            servedBy.complete(Thread.currentThread());
                            response.text("served in between");
                          }));
      String url = "http://localhost:" + host.port() + "/";
      assertEquals("served in between", client.get(url).send().join().text());
      assertEquals(
          scheduler.submit(Thread::currentThread).get(), servedBy.get(20, TimeUnit.SECONDS));
      weir.shutdown(Duration.ofSeconds(5)).join();
      assertEquals("goes on", scheduler.submit(() -> "goes on").get());
    }
  }
}
