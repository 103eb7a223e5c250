package dev.weir.net;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import dev.weir.stream.ByteStream;
import dev.weir.stream.StreamException;
import dev.weir.stream.StreamHandler;
import dev.weir.stream.WeirException;
import dev.weir.tls.ClientAuth;
import dev.weir.tls.Identity;
import dev.weir.tls.TlsClientConfig;
import dev.weir.tls.TlsProvider;
import dev.weir.tls.TlsServerConfig;
import dev.weir.tls.TlsServerContext;
import dev.weir.tls.TlsSession;
import dev.weir.tls.TlsVersion;
import dev.weir.tls.Trust;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** TLS over TCP, there and back. */
class TlsEchoTest {

  private static final InetSocketAddress ANY =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
  private static final TlsProvider JSSE = TlsProvider.named(TlsProvider.JSSE);
  private static final Identity IDENTITY =
      Identity.selfSigned(Instant.now(), Duration.ofDays(1), "localhost");

  private final Context context = Context.start();

  @AfterEach
  void close() {
    context.close();
  }

  private Listener listen(StreamAcceptor acceptor) {
    TlsServerContext server =
        JSSE.server(TlsServerConfig.of(IDENTITY).alpn("echo", "other").build());
    return context.listen(ANY, Tls.server(JSSE, name -> server, acceptor));
  }

  private void connect(Listener listener, Trust trust, StreamHandler handler) {
    var client = JSSE.client(TlsClientConfig.of(trust).alpn("other", "echo").build());
    context.connect(
        Endpoint.of(listener.address()), Tls.client(client, "localhost", listener.port(), handler));
  }

  @Test
  void megabytesComeBackWholeAndBothEndsClose() throws Exception {
    byte[] sent = new byte[5_000_000];
    new Random(2).nextBytes(sent);
    EchoTest.Collector collector = new EchoTest.Collector(sent);
    connect(listen(stream -> new EchoTest.Echo()), Trust.insecure(), collector);
    assertArrayEquals(sent, collector.result.get(20, TimeUnit.SECONDS));
  }

  @Test
  void whatWasAgreedIsKnownOnBothSides() throws Exception {
    CompletableFuture<TlsSession> server = new CompletableFuture<>();
    CompletableFuture<TlsSession> client = new CompletableFuture<>();
    Listener listener = listen(stream -> new Opened(server));
    connect(listener, Trust.insecure(), new Opened(client));
    TlsSession there = server.get(10, TimeUnit.SECONDS);
    TlsSession here = client.get(10, TimeUnit.SECONDS);
    assertEquals(TlsVersion.TLS_1_3, there.version());
    assertEquals("echo", there.alpn());
    assertEquals("echo", here.alpn());
    assertEquals("localhost", there.serverName());
    assertNotNull(here.peerCertificates());
  }

  @Test
  void anUntrustedServerIsRefused() throws Exception {
    CompletableFuture<WeirException> closed = new CompletableFuture<>();
    connect(
        listen(stream -> new EchoTest.Echo()),
        Trust.none(),
        new StreamHandler() {
          @Override
          public void received(ByteStream stream, ByteBuffer bytes) {}

          @Override
          public void closed(ByteStream stream, @Nullable WeirException problem) {
            closed.complete(problem);
          }
        });
    assertInstanceOf(StreamException.TlsFailed.class, closed.get(10, TimeUnit.SECONDS));
  }

  /** Judging a client takes several computations in a row, each made off the loop. */
  @Test
  void clientsProveWhoTheyAre() throws Exception {
    var config =
        TlsServerConfig.of(IDENTITY)
            .clients(ClientAuth.REQUIRED, Trust.certificates(List.of(IDENTITY.leaf())));
    TlsServerContext server = JSSE.server(config.build());
    Listener listener =
        context.listen(ANY, Tls.server(JSSE, name -> server, stream -> new EchoTest.Echo()));
    var client = JSSE.client(TlsClientConfig.of(Trust.insecure()).identities(IDENTITY).build());
    EchoTest.Collector collector = new EchoTest.Collector(new byte[10_000]);
    context.connect(
        Endpoint.of(listener.address()),
        Tls.client(client, "localhost", listener.port(), collector));
    assertEquals(10_000, collector.result.get(10, TimeUnit.SECONDS).length);
  }

  /** The last bytes and close_notify come in one read: the end waits for a handler that paused. */
  @Test
  void theEndComesAfterTheLastByte() throws Exception {
    Listener listener =
        listen(stream ->
            new StreamHandler() {
              @Override
              public void opened(ByteStream opened) {
                opened.write(ByteBuffer.allocate(100));
                opened.end();
              }

              @Override
              public void received(ByteStream stream, ByteBuffer bytes) {}
            });
    var sips = new Sips();
    connect(listener, Trust.insecure(), sips);
    assertEquals(100, sips.countAtEnd.get(10, TimeUnit.SECONDS));
  }

  /** Takes ten bytes at a time and pauses in between. */
  private static final class Sips implements StreamHandler {
    final CompletableFuture<Integer> countAtEnd = new CompletableFuture<>();
    private int count;

    @Override
    public void received(ByteStream stream, ByteBuffer bytes) {
      int sip = Math.min(10, bytes.remaining());
      bytes.position(bytes.position() + sip);
      count += sip;
      stream.pause();
      stream.loop().execute(stream::resume);
    }

    @Override
    public void ended(ByteStream stream) {
      countAtEnd.complete(count);
      stream.close();
    }
  }

  @Test
  void garbageInsteadOfAHandshakeClosesThatConnectionOnly() throws Exception {
    Listener listener = listen(stream -> new EchoTest.Echo());
    CompletableFuture<Boolean> cut = new CompletableFuture<>();
    context.connect(
        Endpoint.of(listener.address()),
        new StreamHandler() {
          @Override
          public void opened(ByteStream stream) {
            stream.write(
                ByteBuffer.wrap("GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII)));
          }

          @Override
          public void received(ByteStream stream, ByteBuffer bytes) {
            bytes.position(bytes.limit());
          }

          @Override
          public void closed(ByteStream stream, @Nullable WeirException problem) {
            cut.complete(true);
          }
        });
    cut.get(10, TimeUnit.SECONDS);
    EchoTest.Collector collector = new EchoTest.Collector(new byte[10_000]);
    connect(listener, Trust.insecure(), collector);
    assertEquals(10_000, collector.result.get(10, TimeUnit.SECONDS).length);
  }

  /** Tells what was agreed. */
  private record Opened(CompletableFuture<TlsSession> session) implements StreamHandler {
    @Override
    public void opened(ByteStream stream) {
      session.complete(stream.carrier().tls());
    }

    @Override
    public void received(ByteStream stream, ByteBuffer bytes) {
      bytes.position(bytes.limit());
    }
  }
}
