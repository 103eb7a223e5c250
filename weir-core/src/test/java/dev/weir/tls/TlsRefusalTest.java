package dev.weir.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.tls.RefusedCertificate.Reason;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Connections that fail: the error on either end, and the alert between them. Where JSSE sends
 * another alert than the RFC names, the table says what it sends.
 */
final class TlsRefusalTest {
  private static final TlsProvider JSSE = TlsProvider.named(TlsProvider.JSSE);
  private static final TestCa CA = TestCa.root("Root");
  private static final Identity IDENTITY = CA.issue("localhost");
  private static final TlsServerContext SERVER =
      JSSE.server(TestCa.server(IDENTITY).alpn("h2").build());

  private static EnginePair pair(TlsClientConfig.Builder client, TlsEngine server) {
    var engine = JSSE.client(client.build()).connect("localhost", 443);
    return new EnginePair(engine, server, new Random(7)).run();
  }

  private static TlsClientConfig.Builder client() {
    return TestCa.client(CA.trust());
  }

  static Stream<Arguments> disagreements() {
    var tls12 = TlsParameters.STANDARD.withVersions(TlsVersion.TLS_1_2);
    var tls13 = TlsParameters.STANDARD.withVersions(TlsVersion.TLS_1_3);
    return Stream.of(
        Arguments.of(
            "no version in common",
            client().parameters(tls12),
            TestCa.server(IDENTITY).parameters(tls13),
            TlsAlert.PROTOCOL_VERSION),
        Arguments.of(
            "no version in common, the other way round",
            client().parameters(tls13),
            TestCa.server(IDENTITY).parameters(tls12),
            TlsAlert.PROTOCOL_VERSION),
        Arguments.of(
            "no application protocol in common",
            client().alpn("http/1.1"),
            TestCa.server(IDENTITY).alpn("h2"),
            TlsAlert.NO_APPLICATION_PROTOCOL),
        Arguments.of(
            "no cipher suite in common",
            client().parameters(tls13.withCipherSuites("TLS_AES_128_GCM_SHA256")),
            TestCa.server(IDENTITY).parameters(tls13.withCipherSuites("TLS_AES_256_GCM_SHA384")),
            TlsAlert.HANDSHAKE_FAILURE),
        Arguments.of(
            "no group in common",
            client().parameters(tls13.withGroups("x25519")),
            TestCa.server(IDENTITY).parameters(tls13.withGroups("secp384r1")),
            // RFC 8446 4.1.1 says handshake_failure
            TlsAlert.UNEXPECTED_MESSAGE),
        Arguments.of(
            "no signature scheme in common",
            client().parameters(tls13.withSignatureSchemes("rsa_pss_rsae_sha256")),
            TestCa.server(IDENTITY).parameters(tls13),
            TlsAlert.HANDSHAKE_FAILURE));
  }

  @ParameterizedTest(name = "{0}: {3}")
  @MethodSource("disagreements")
  void noAgreement(
      String name, TlsClientConfig.Builder client, TlsServerConfig.Builder server, TlsAlert alert) {
    var pair = pair(client, JSSE.server(server.build()).accept());
    var refused = assertInstanceOf(TlsError.Refused.class, pair.server.error, name);
    assertEquals(alert, refused.alert(), refused.getMessage());
    assertEquals(alert.code(), refused.code());
    assertEquals("tls", refused.layer());
    assertTrue(refused.getMessage().startsWith(alert.text() + ": "), refused.getMessage());
    var told = assertInstanceOf(TlsError.PeerAlert.class, pair.client.error, name);
    assertEquals(alert, told.alert(), told.getMessage());
    assertFalse(pair.client.engine.handshakeComplete());
    assertThrows(IllegalStateException.class, () -> pair.client.engine.session());
  }

  @ParameterizedTest
  @CsvSource({
    "UNTRUSTED, CERTIFICATE_UNKNOWN",
    "SELF_SIGNED, CERTIFICATE_UNKNOWN",
    "EXPIRED, CERTIFICATE_EXPIRED",
    "NOT_YET_VALID, BAD_CERTIFICATE",
    "WRONG_HOST, CERTIFICATE_UNKNOWN",
    "NOT_PINNED, CERTIFICATE_UNKNOWN",
  })
  void serversCertificateRefused(Reason reason, TlsAlert alert) {
    for (var version : List.of(TlsVersion.TLS_1_2, TlsVersion.TLS_1_3)) {
      var later = TestCa.NOW.plus(Duration.ofDays(60));
      var earlier = TestCa.NOW.minus(Duration.ofDays(60));
      var self = Identity.selfSigned(TestCa.NOW, Duration.ofDays(9), "localhost");
      var identity =
          switch (reason) {
            case SELF_SIGNED -> self;
            case WRONG_HOST -> CA.issue("example.org");
            default -> IDENTITY;
          };
      var config =
          switch (reason) {
            case UNTRUSTED -> TestCa.client(TestCa.root("Other").trust());
            case EXPIRED -> client().clock(InstantSource.fixed(later));
            case NOT_YET_VALID -> client().clock(InstantSource.fixed(earlier));
            case NOT_PINNED -> TestCa.client(Trust.pinnedCertificate(self.fingerprintSha256()));
            default -> client();
          };
      var parameters = TlsParameters.STANDARD.withVersions(version);
      var pair =
          pair(
              config.parameters(parameters), JSSE.server(TestCa.server(identity).build()).accept());
      var refused = assertInstanceOf(TlsError.CertificateRefused.class, pair.client.error);
      assertEquals(reason, refused.refusal().reason());
      assertEquals(alert, refused.alert());
      var told = assertInstanceOf(TlsError.PeerAlert.class, pair.server.error);
      assertEquals(alert, told.alert(), told.getMessage());
      assertFalse(pair.server.engine.handshakeComplete());
    }
  }

  /** The first bytes are judged before there is an SSLEngine; the alert is ours. */
  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          plain HTTP          | UNEXPECTED_MESSAGE | 474554202f20485454502f312e310d0a
          zeros               | UNEXPECTED_MESSAGE | 0000000000
          SSL 2 hello         | UNEXPECTED_MESSAGE | 802e0103010015000000
          plaintext alert     | UNEXPECTED_MESSAGE | 15030300020228
          application data    | UNEXPECTED_MESSAGE | 170303000100
          too long a record   | RECORD_OVERFLOW    | 1603014001
          malformed hello     | DECODE_ERROR       | 160301000401000000
          too long a hello    | ILLEGAL_PARAMETER  | 160301000401ffffff
          """)
  void serversFirstBytes(String name, TlsAlert alert, String hex) {
    var engine = SERVER.accept();
    var net = ByteBuffer.wrap(HexFormat.of().parseHex(hex));
    var app = ByteBuffer.allocate(engine.maxPlaintext());
    var error = assertThrows(TlsError.Refused.class, () -> engine.unwrap(net, app), name);
    assertEquals(alert, error.alert(), error.getMessage());
    assertSame(error, assertThrows(TlsError.class, () -> engine.unwrap(net, app)));
    var out = ByteBuffer.allocate(engine.maxRecord());
    assertEquals(TlsStatus.CLOSED, engine.wrap(app, out));
    byte[] expected = {21, 3, 3, 0, 2, 2, (byte) alert.code()};
    assertEquals(ByteBuffer.wrap(expected), out.flip());
    assertEquals(TlsStatus.CLOSED, engine.wrap(app, out.clear()));
    assertEquals(0, out.position());
  }

  @Test
  void plainHttpIsNamed() {
    var engine = SERVER.accept();
    var net = ByteBuffer.wrap("GET / HTTP/1.1\r\n".getBytes(StandardCharsets.US_ASCII));
    var error = assertThrows(TlsError.class, () -> engine.unwrap(net, ByteBuffer.allocate(20_000)));
    assertEquals(
        "unexpected_message: not TLS: \"GET / HTTP/1.1..\"; expected a TLS ClientHello",
        error.getMessage());
  }

  /** What a client hears first, before there are keys. */
  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          plain HTTP           | UNEXPECTED_MESSAGE | 485454502f312e3120343030200d0a
          too long a record    | RECORD_OVERFLOW    | 1603034805
          application data     | UNEXPECTED_MESSAGE | 170303000100
          change cipher spec 2 | UNEXPECTED_MESSAGE | 140303000102
          a client hello       | UNEXPECTED_MESSAGE | 160303000401000000
          cut short hello      | DECODE_ERROR       | 160303000402000000
          """)
  void clientsFirstBytes(String name, TlsAlert alert, String hex) {
    var engine = JSSE.client(client().build()).connect("localhost", 443);
    var pair = new EnginePair(engine, SERVER.accept(), new Random(1));
    pair.server.inject(HexFormat.of().parseHex(hex));
    pair.run();
    var error = assertInstanceOf(TlsError.Refused.class, pair.client.error, name);
    assertEquals(alert, error.alert(), error.getMessage());
  }

  @Test
  void clientsAreToldByAlerts() {
    var engine = JSSE.client(client().build()).connect("localhost", 443);
    var pair = new EnginePair(engine, SERVER.accept(), new Random(1));
    pair.server.inject(new byte[] {21, 3, 3, 0, 2, 2, 40});
    pair.run();
    var error = assertInstanceOf(TlsError.PeerAlert.class, pair.client.error);
    assertEquals(TlsAlert.HANDSHAKE_FAILURE, error.alert());
  }

  @Test
  void unknownAlertsHaveNoName() {
    var engine = JSSE.client(client().build()).connect("localhost", 443);
    var pair = new EnginePair(engine, SERVER.accept(), new Random(1));
    pair.server.inject(new byte[] {21, 3, 3, 0, 2, 2, (byte) 200});
    pair.run();
    var error = assertInstanceOf(TlsError.PeerAlert.class, pair.client.error);
    assertNull(error.alert());
    assertEquals(-1, error.code());
    assertTrue(error.getMessage().contains("Unknown alert"), error.getMessage());
  }

  /** Bytes injected into a connection that is up. */
  @ParameterizedTest(name = "{0} {1}: {2}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          TLS_1_3 | forged record            | BAD_RECORD_MAC     | 1703030020 + 32
          TLS_1_2 | forged record            | BAD_RECORD_MAC     | 1703030020 + 32
          TLS_1_3 | plaintext alert          | UNEXPECTED_MESSAGE | 15030300020228
          TLS_1_2 | plaintext alert          | BAD_RECORD_MAC     | 15030300020228
          TLS_1_3 | record too long          | UNEXPECTED_MESSAGE | 1703034801
          TLS_1_2 | record too long          | UNEXPECTED_MESSAGE | 1703034801
          TLS_1_3 | plain HTTP               | UNEXPECTED_MESSAGE | 474554202f
          TLS_1_2 | version of no TLS        | UNEXPECTED_MESSAGE | 1704040020
          TLS_1_3 | unknown content type     | UNEXPECTED_MESSAGE | 1803030020
          TLS_1_3 | cut short ciphertext     | BAD_RECORD_MAC     | 170303000100
          """)
  void injectedRecords(TlsVersion version, String name, TlsAlert alert, String hex) {
    var parameters = TlsParameters.STANDARD.withVersions(version);
    var pair = pair(client().parameters(parameters), SERVER.accept());
    assertTrue(pair.server.engine.handshakeComplete());
    int plus = hex.indexOf('+');
    int padding = plus < 0 ? 0 : Integer.parseInt(hex.substring(plus + 1).strip());
    String head = plus < 0 ? hex : hex.substring(0, plus).strip();
    pair.client.inject(HexFormat.of().parseHex(head + "00".repeat(padding)));
    pair.run();
    var error = assertInstanceOf(TlsError.Refused.class, pair.server.error, name);
    assertEquals(alert, error.alert(), error.getMessage());
    var told = assertInstanceOf(TlsError.PeerAlert.class, pair.client.error, name);
    assertEquals(alert, told.alert(), "the alert went out under the keys: " + told.getMessage());
  }

  @ParameterizedTest
  @EnumSource(names = {"TLS_1_2", "TLS_1_3"})
  void endsWithoutCloseNotifyAreTruncation(TlsVersion version) {
    var parameters = TlsParameters.STANDARD.withVersions(version);
    var pair = pair(client().parameters(parameters), SERVER.accept());
    pair.client.send("half a response");
    pair.run();
    var error = assertThrows(TlsError.Truncated.class, pair.server.engine::endOfInput);
    assertNull(error.alert());
    assertTrue(error.getMessage().contains("without close_notify"), error.getMessage());
    var fresh = SERVER.accept();
    var early = assertThrows(TlsError.Truncated.class, fresh::endOfInput);
    assertTrue(early.getMessage().contains("during the TLS handshake"), early.getMessage());
  }

  @Test
  void unknownHostsAreRefused() {
    var none = JSSE.accept(name -> null);
    var pair = pair(client(), none);
    assertEquals(TlsAlert.UNRECOGNIZED_NAME, pair.server.error.alert());
    assertTrue(
        pair.server.error.getMessage().contains("no host here is called localhost"),
        pair.server.error.getMessage());
    assertEquals(TlsAlert.UNRECOGNIZED_NAME, pair.client.error.alert());
    assertNotNull(pair.server.engine.serverName());
  }

  @Test
  void unknownAlgorithmsAreRefusedWhenConfiguring() {
    var bad =
        List.of(
            TlsParameters.STANDARD.withCipherSuites("TLS_NULL"),
            TlsParameters.STANDARD.withGroups("secp42"),
            TlsParameters.STANDARD.withSignatureSchemes("crc32"),
            TlsParameters.STANDARD.withVersions(TlsVersion.DTLS_1_2));
    for (var parameters : bad) {
      var config = client().parameters(parameters).build();
      var error = assertThrows(IllegalArgumentException.class, () -> JSSE.client(config));
      assertTrue(error.getMessage().startsWith("JSSE does not know the"), error.getMessage());
      var serverConfig = TestCa.server(IDENTITY).parameters(parameters).build();
      assertThrows(IllegalArgumentException.class, () -> JSSE.server(serverConfig));
    }
  }
}
