package dev.weir.tls;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Handshakes that succeed, and what they agree on. */
final class TlsHandshakeTest {
  private static final TlsProvider JSSE = TlsProvider.named(TlsProvider.JSSE);
  private static final Identity LOCALHOST =
      Identity.selfSigned(TestCa.NOW, Duration.ofDays(10), "localhost", "127.0.0.1", "::1");

  @ParameterizedTest
  @EnumSource(names = {"TLS_1_2", "TLS_1_3"})
  void bytesArriveWhateverTheCuts(TlsVersion version) {
    var parameters = TlsParameters.STANDARD.withVersions(version);
    var server =
        JSSE.server(TestCa.server(LOCALHOST).alpn("h2", "http/1.1").parameters(parameters).build());
    var client =
        JSSE.client(
            TestCa.client(Trust.certificates(List.of(LOCALHOST.leaf())))
                .alpn("http/1.1", "h2")
                .parameters(parameters)
                .build());
    for (int seed = 0; seed < 40; seed++) {
      var random = new Random(seed);
      var pair = new EnginePair(client.connect("localhost", 443), server.accept(), random);
      byte[] request = new byte[random.nextInt(200_000)];
      byte[] response = new byte[random.nextInt(200_000)];
      random.nextBytes(request);
      random.nextBytes(response);
      pair.client.send(request);
      pair.run();
      pair.server.send(response);
      pair.run();
      assertNull(pair.client.error, () -> pair.client.error.toString());
      assertNull(pair.server.error);
      assertArrayEquals(request, pair.server.received.toByteArray());
      assertArrayEquals(response, pair.client.received.toByteArray());

      var session = pair.client.engine.session();
      assertEquals(version, session.version());
      assertEquals("h2", session.alpn());
      assertEquals("localhost", session.serverName());
      assertEquals("localhost", pair.server.engine.session().serverName());
      assertEquals("h2", pair.server.engine.session().alpn());
      assertEquals(LOCALHOST.details(), session.peerCertificates().leaf());
      assertNull(pair.server.engine.session().peerCertificates());
      assertEquals(seed > 0, session.resumed(), "client resumed, seed " + seed);
      assertEquals(seed > 0, pair.server.engine.session().resumed());
      assertArrayEquals(
          session.exportKeyingMaterial("EXPORTER-weir", new byte[] {1}, 48),
          pair.server.engine.session().exportKeyingMaterial("EXPORTER-weir", new byte[] {1}, 48));

      pair.client.engine.closeOutbound();
      pair.run();
      assertEquals(TlsStatus.CLOSED, pair.server.unwrapped);
      pair.server.engine.endOfInput();
      pair.server.engine.closeOutbound();
      pair.run();
      assertEquals(TlsStatus.CLOSED, pair.client.unwrapped);
      pair.client.engine.endOfInput();
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"TLS_1_2", "TLS_1_3"})
  void addressesAreVerifiedWithoutSni(TlsVersion version) {
    var parameters = TlsParameters.STANDARD.withVersions(version);
    var server = JSSE.server(TestCa.server(LOCALHOST).parameters(parameters).build());
    var client = JSSE.client(TestCa.client(Trust.certificates(List.of(LOCALHOST.leaf()))).build());
    for (String host : List.of("127.0.0.1", "[::1]", "::1")) {
      var pair = new EnginePair(client.connect(host, 443), server.accept(), new Random(1)).run();
      assertTrue(pair.client.engine.handshakeComplete(), host);
      assertNull(pair.server.engine.session().serverName());
      assertFalse(pair.client.engine.session().resumed());
    }
  }
}
