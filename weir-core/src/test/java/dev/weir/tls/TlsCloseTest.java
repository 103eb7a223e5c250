package dev.weir.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.security.KeyStore;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How connections end, and the small print of the engine's contract. */
final class TlsCloseTest {
  private static final TlsProvider JSSE = TlsProvider.named(TlsProvider.JSSE);
  private static final Identity IDENTITY =
      Identity.selfSigned(TestCa.NOW, Duration.ofDays(9), "localhost");
  private static final TlsServerContext SERVER = JSSE.server(TestCa.server(IDENTITY).build());

  private static EnginePair pair(TlsVersion version) {
    var config =
        TestCa.client(Trust.certificates(List.of(IDENTITY.leaf())))
            .parameters(TlsParameters.STANDARD.withVersions(version))
            .build();
    return new EnginePair(
        JSSE.client(config).connect("localhost", 443), SERVER.accept(), new Random(5));
  }

  /** RFC 8446 6.1: close_notify ends one direction. */
  @Test
  void halfCloseInTls13() {
    var pair = pair(TlsVersion.TLS_1_3).run();
    pair.client.send("request");
    pair.run();
    pair.client.engine.closeOutbound();
    pair.run();
    assertEquals("request", pair.server.text());
    assertEquals(TlsStatus.CLOSED, pair.server.unwrapped);
    assertEquals(TlsStatus.CLOSED, pair.client.wrapped);
    byte[] response = new byte[100_000];
    pair.server.send(response);
    pair.run();
    assertEquals(response.length, pair.client.received.size());
    assertEquals(TlsStatus.NEED_INPUT, pair.client.unwrapped);
    pair.server.engine.closeOutbound();
    pair.run();
    assertEquals(TlsStatus.CLOSED, pair.client.unwrapped);
    assertNull(pair.client.error);
    assertNull(pair.server.error);
  }

  /** RFC 5246 7.2.1: the other end answers with its own at once. */
  @Test
  void closeInTls12() {
    var pair = pair(TlsVersion.TLS_1_2).run();
    pair.client.engine.closeOutbound();
    pair.run();
    assertEquals(TlsStatus.CLOSED, pair.server.unwrapped);
    assertEquals(TlsStatus.CLOSED, pair.server.wrapped);
    assertEquals(TlsStatus.CLOSED, pair.client.unwrapped);
    pair.server.send("too late");
    pair.run();
    assertEquals("", pair.client.text());
  }

  @ParameterizedTest
  @EnumSource(names = {"TLS_1_2", "TLS_1_3"})
  void bytesBeforeTheCloseArrive(TlsVersion version) {
    var pair = pair(version).run();
    pair.server.send("last words");
    pair.server.engine.wrap(ByteBuffer.allocate(0), ByteBuffer.allocate(20_000));
    pair.run();
    pair.server.engine.closeOutbound();
    pair.run();
    assertEquals("last words", pair.client.text());
    assertEquals(TlsStatus.CLOSED, pair.client.unwrapped);
    pair.client.engine.endOfInput();
  }

  @Test
  void closeBeforeTheHandshake() {
    var server = SERVER.accept();
    server.closeOutbound();
    var net = ByteBuffer.allocate(server.maxRecord());
    assertEquals(TlsStatus.CLOSED, server.wrap(ByteBuffer.allocate(0), net));
    assertEquals(0, net.position());
  }

  @ParameterizedTest
  @EnumSource(names = {"TLS_1_2", "TLS_1_3"})
  void closeDuringTheHandshake(TlsVersion version) {
    var pair = pair(version);
    var net = ByteBuffer.allocate(64 * 1024);
    pair.client.engine.wrap(ByteBuffer.allocate(0), net);
    pair.client.engine.closeOutbound();
    assertEquals(TlsStatus.CLOSED, pair.client.engine.wrap(ByteBuffer.allocate(0), net));
    byte[] sent = new byte[net.flip().remaining()];
    net.get(sent);
    pair.client.inject(sent);
    pair.run();
    assertFalse(pair.server.engine.handshakeComplete());
  }

  @Test
  void emptyBuffersDoNoHarm() {
    var pair = pair(TlsVersion.TLS_1_3).run();
    var empty = ByteBuffer.allocate(0);
    var app = ByteBuffer.allocate(pair.client.engine.maxPlaintext());
    assertEquals(TlsStatus.NEED_INPUT, pair.client.engine.unwrap(empty, app));
    assertEquals(0, app.position());
    var net = ByteBuffer.allocate(pair.client.engine.maxRecord());
    assertEquals(TlsStatus.OK, pair.client.engine.wrap(empty, net));
    assertEquals(0, net.position());
    assertEquals(TlsStatus.NEED_OUTPUT_ROOM, pair.client.engine.wrap(app, empty));
    assertThrows(IllegalStateException.class, SERVER.accept()::task);
  }

  /** Without room for a record's plaintext nothing is taken, and the record waits. */
  @Test
  void recordsWaitForRoom() {
    var pair = pair(TlsVersion.TLS_1_3).run();
    var net = ByteBuffer.allocate(pair.client.engine.maxRecord());
    pair.client.engine.wrap(ByteBuffer.wrap(new byte[1000]), net);
    net.flip();
    int length = net.remaining();
    var small = ByteBuffer.allocate(100);
    assertEquals(TlsStatus.NEED_OUTPUT_ROOM, pair.server.engine.unwrap(net, small));
    assertEquals(length, net.remaining());
    var app = ByteBuffer.allocateDirect(pair.server.engine.maxPlaintext());
    assertEquals(TlsStatus.NEED_INPUT, pair.server.engine.unwrap(net, app));
    assertEquals(1000, app.position());
  }

  /** A run of small records is opened in one call, and made in as few as there can be. */
  @Test
  void oneCallTakesManyRecords() {
    var pair = pair(TlsVersion.TLS_1_3).run();
    var net = ByteBuffer.allocateDirect(64 * 1024);
    for (int i = 0; i < 20; i++) {
      assertEquals(
          TlsStatus.OK, pair.client.engine.wrap(ByteBuffer.wrap(new byte[] {(byte) i}), net));
    }
    net.flip();
    var app = ByteBuffer.allocateDirect(64 * 1024);
    assertEquals(TlsStatus.NEED_INPUT, pair.server.engine.unwrap(net, app));
    assertEquals(20, app.position());
    net.clear();
    assertEquals(TlsStatus.OK, pair.client.engine.wrap(ByteBuffer.allocate(40_000), net));
    // header 5, content type 1, tag 16, and the 16 zeros by which JSSE pads (RFC 8446 5.4)
    assertEquals(40_000 + 3 * 38, net.position());
  }

  @Test
  void tasksLeaveTheThread() throws Exception {
    var pair = pair(TlsVersion.TLS_1_3);
    var net = ByteBuffer.allocate(64 * 1024);
    pair.client.engine.wrap(ByteBuffer.allocate(0), net);
    var server = pair.server.engine;
    var app = ByteBuffer.allocate(server.maxPlaintext());
    net.flip();
    assertEquals(TlsStatus.TASK, server.unwrap(net, app));
    var task = server.task();
    assertEquals(TlsStatus.TASK, server.unwrap(net, app));
    assertEquals(TlsStatus.TASK, server.wrap(app, net));
    assertThrows(IllegalStateException.class, server::task);
    var thread = Thread.ofVirtual().start(task);
    thread.join();
    assertEquals(TlsStatus.WANT_WRAP, server.unwrap(net, app));
    assertEquals(TlsStatus.NEED_INPUT, server.wrap(ByteBuffer.allocate(0), net.clear()));
    assertTrue(net.position() > 500);
  }

  /** RFC 9113 9.2.1 and good sense: nobody renegotiates. */
  @Test
  void renegotiationIsRefused() throws Exception {
    var plain = plainClient();
    plain.setEnabledProtocols(new String[] {"TLSv1.2"});
    var server = SERVER.accept();
    var error = assertThrows(TlsError.Refused.class, () -> renegotiate(plain, server));
    assertEquals(TlsAlert.NO_RENEGOTIATION, error.alert());
    var net = ByteBuffer.allocate(server.maxRecord());
    assertEquals(TlsStatus.CLOSED, server.wrap(ByteBuffer.allocate(0), net));
    assertTrue(net.position() > 0);
    var again =
        assertThrows(
            TlsError.class,
            () -> server.unwrap(ByteBuffer.allocate(0), ByteBuffer.allocate(20_000)));
    assertSame(error, again);
  }

  private static SSLEngine plainClient() throws Exception {
    var store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setCertificateEntry("ca", IDENTITY.leaf());
    var trust = TrustManagerFactory.getInstance("PKIX");
    trust.init(store);
    var context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    var engine = context.createSSLEngine("localhost", 443);
    engine.setUseClientMode(true);
    return engine;
  }

  /** A client of another make, which starts a second handshake as soon as the first is done. */
  private static void renegotiate(SSLEngine client, TlsEngine server) throws Exception {
    var app = ByteBuffer.allocate(40_000);
    var empty = ByteBuffer.allocate(0);
    var up = ByteBuffer.allocate(60_000);
    var down = ByteBuffer.allocate(60_000);
    boolean begun = false;
    client.beginHandshake();
    for (int i = 0; i < 200; i++) {
      switch (client.getHandshakeStatus()) {
        case NEED_WRAP -> client.wrap(empty, up);
        case NEED_TASK -> client.getDelegatedTask().run();
        case NEED_UNWRAP -> {
          client.unwrap(down.flip(), app);
          down.compact();
        }
        default -> {
          if (!begun && server.handshakeComplete()) {
            begun = true;
            client.beginHandshake();
          }
        }
      }
      if (client.getHandshakeStatus() != HandshakeStatus.NEED_WRAP) {
        up.flip();
        var status = server.unwrap(up, app);
        up.compact();
        while (status == TlsStatus.TASK || status == TlsStatus.WANT_WRAP) {
          if (status == TlsStatus.TASK) {
            server.task().run();
          }
          server.wrap(empty, down);
          up.flip();
          status = server.unwrap(up, app);
          up.compact();
        }
      }
    }
  }

  /** In TLS 1.3 a second beginHandshake of JSSE is a KeyUpdate (RFC 8446 4.6.3), and welcome. */
  @Test
  void keyUpdatesPassUnseen() throws Exception {
    var plain = plainClient();
    plain.setEnabledProtocols(new String[] {"TLSv1.3"});
    var server = SERVER.accept();
    renegotiate(plain, server);
    assertTrue(server.handshakeComplete());
    assertInstanceOf(TlsSession.class, server.session());
  }
}
