package dev.weir.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What a server chooses by the ClientHello, and what it asks of its clients. */
final class TlsServerTest {
  private static final TlsProvider JSSE = TlsProvider.named(TlsProvider.JSSE);
  private static final TestCa CA = TestCa.root("Root");

  private static EnginePair connect(TlsClientContext client, String host, TlsEngine server) {
    return new EnginePair(client.connect(host, 443), server, new Random(3)).run();
  }

  private static TlsClientContext client(String... alpn) {
    return JSSE.client(TestCa.client(CA.trust()).alpn(alpn).build());
  }

  private static String subject(EnginePair pair) {
    return pair.client.engine.session().peerCertificates().leaf().subject();
  }

  @Test
  void hostsAreChosenBySni() {
    var hosts =
        Map.of(
            "a.example", JSSE.server(TestCa.server(CA.issue("a.example")).build()),
            "b.example", JSSE.server(TestCa.server(CA.issue("b.example")).alpn("h2").build()));
    SniSelector selector = name -> name == null ? null : hosts.get(name);
    var client = client("h2");
    var a = connect(client, "A.example", JSSE.accept(selector));
    assertEquals("CN=a.example", subject(a));
    assertNull(a.client.engine.session().alpn());
    assertEquals("a.example", a.server.engine.serverName());
    var b = connect(client, "b.example", JSSE.accept(selector));
    assertEquals("CN=b.example", subject(b));
    assertEquals("h2", b.server.engine.session().alpn());
    var c = connect(client, "c.example", JSSE.accept(selector));
    assertEquals(TlsAlert.UNRECOGNIZED_NAME, c.client.error.alert());
  }

  @Test
  void identitiesAreSwappedWhileConnectionsLive() {
    var hosts = new HashMap<String, TlsServerContext>();
    hosts.put("a.example", JSSE.server(TestCa.server(CA.issue("a.example")).build()));
    var client = client();
    var before = connect(client, "a.example", JSSE.accept(hosts::get));
    var old = subject(before);
    var next = CA.issue("a.example", "www.a.example");
    hosts.put("a.example", JSSE.server(TestCa.server(next).build())).close();
    var after = connect(client, "a.example", JSSE.accept(hosts::get));
    assertFalse(after.client.engine.session().resumed());
    assertEquals(next.details(), after.client.engine.session().peerCertificates().leaf());
    before.client.send("still here");
    before.run();
    assertEquals("still here", before.server.text());
    assertEquals(old, subject(before));
  }

  /** A session of one host must not open another, which may ask for more (RFC 8446 4.6.1). */
  @Test
  void sessionsDoNotCrossHosts() {
    var open = JSSE.server(TestCa.server(CA.issue("a.example", "b.example")).build());
    var closed =
        JSSE.server(
            TestCa.server(CA.issue("a.example", "b.example"))
                .clients(ClientAuth.REQUIRED, CA.trust())
                .build());
    var client = client();
    assertNull(connect(client, "a.example", open.accept()).server.error);
    assertTrue(connect(client, "a.example", open.accept()).client.engine.session().resumed());
    var pair = connect(client, "a.example", closed.accept());
    assertNotNull(pair.server.error);
    assertFalse(pair.server.engine.handshakeComplete());
  }

  @ParameterizedTest
  @CsvSource({
    "'h2,http/1.1', 'http/1.1,h2', h2",
    "'http/1.1,h2', 'h2,http/1.1', http/1.1",
    "'h2,http/1.1', http/1.1, http/1.1",
    "'', h2, ",
    "h2, '', ",
  })
  void protocolsByTheServersPreference(String server, String offered, String expected) {
    var context = JSSE.server(TestCa.server(CA.issue("a.example")).alpn(list(server)).build());
    var pair = connect(client(list(offered)), "a.example", context.accept());
    assertNull(pair.client.error);
    assertEquals(expected, pair.client.engine.session().alpn());
    assertEquals(expected, pair.server.engine.session().alpn());
  }

  private static String[] list(String text) {
    return text.isEmpty() ? new String[0] : text.split(",", -1);
  }

  @ParameterizedTest
  @CsvSource({
    "EC, secp256r1, TLS_1_3",
    "EC, secp256r1, TLS_1_2",
    "EC, secp384r1, TLS_1_3",
    "EC, secp521r1, TLS_1_3",
    "RSA, 2048, TLS_1_3",
    "RSA, 2048, TLS_1_2",
    "RSASSA-PSS, 2048, TLS_1_3",
    "Ed25519, '', TLS_1_3",
    "Ed25519, '', TLS_1_2",
    "Ed448, '', TLS_1_3",
  })
  void kindsOfKeys(String algorithm, String parameters, TlsVersion version) {
    var keys = TestCa.keys(algorithm, parameters);
    var identity = CA.issue(keys, TestCa.NOW, Duration.ofDays(1), "a.example");
    var context =
        JSSE.server(
            TestCa.server(identity)
                .parameters(TlsParameters.STANDARD.withVersions(version))
                .build());
    var pair = connect(client(), "a.example", context.accept());
    assertNull(pair.client.error, () -> pair.client.error.toString());
    assertEquals(version, pair.client.engine.session().version());
    assertEquals(identity.details(), pair.client.engine.session().peerCertificates().leaf());
  }

  /** RSA and EC side by side, and two curves: the client's signature schemes decide. */
  @ParameterizedTest
  @CsvSource({
    "rsa_pss_rsae_sha256, RSA",
    "ecdsa_secp256r1_sha256, EC256",
    "ecdsa_secp384r1_sha384, EC384",
    "ed25519, EdDSA",
  })
  void identitiesByTheClientsSignatureSchemes(String scheme, String kind) {
    var identities = new HashMap<String, Identity>();
    identities.put("RSA", issue(TestCa.keys("RSA", "2048")));
    identities.put("EC256", issue(TestCa.keys("EC", "secp256r1")));
    identities.put("EC384", issue(TestCa.keys("EC", "secp384r1")));
    identities.put("EdDSA", issue(TestCa.keys("Ed25519", "")));
    var context = JSSE.server(TestCa.server(identities.values().toArray(new Identity[0])).build());
    // The scheme of the authority's own signature has to be offered too.
    var client =
        JSSE.client(
            TestCa.client(CA.trust())
                .parameters(
                    scheme.startsWith("ecdsa")
                        ? TlsParameters.STANDARD.withSignatureSchemes(scheme)
                        : TlsParameters.STANDARD.withSignatureSchemes(
                            scheme, "ecdsa_secp256r1_sha256"))
                .build());
    var pair = connect(client, "a.example", context.accept());
    assertNull(pair.client.error, () -> pair.client.error.toString());
    assertEquals(
        identities.get(kind).details(), pair.client.engine.session().peerCertificates().leaf());
  }

  private static Identity issue(java.security.KeyPair keys) {
    return CA.issue(keys, TestCa.NOW, Duration.ofDays(1), "a.example");
  }

  enum Shown {
    NONE,
    GOOD,
    UNTRUSTED,
    EXPIRED
  }

  @ParameterizedTest(name = "{0}: {1}, {2}: {3}")
  @CsvSource({
    "TLS_1_3, NONE, GOOD, ",
    "TLS_1_3, OPTIONAL, NONE, ",
    "TLS_1_3, OPTIONAL, GOOD, ",
    "TLS_1_3, OPTIONAL, UNTRUSTED, CERTIFICATE_UNKNOWN",
    "TLS_1_3, REQUIRED, GOOD, ",
    "TLS_1_3, REQUIRED, NONE, CERTIFICATE_REQUIRED",
    "TLS_1_3, REQUIRED, UNTRUSTED, CERTIFICATE_UNKNOWN",
    "TLS_1_3, REQUIRED, EXPIRED, CERTIFICATE_UNKNOWN",
    "TLS_1_2, NONE, GOOD, ",
    "TLS_1_2, OPTIONAL, NONE, ",
    "TLS_1_2, OPTIONAL, GOOD, ",
    "TLS_1_2, REQUIRED, GOOD, ",
    "TLS_1_2, REQUIRED, NONE, HANDSHAKE_FAILURE",
    "TLS_1_2, REQUIRED, UNTRUSTED, CERTIFICATE_UNKNOWN",
  })
  void clientCertificates(TlsVersion version, ClientAuth auth, Shown shown, TlsAlert refused) {
    var stranger = TestCa.root("Root");
    var identities =
        switch (shown) {
          case NONE -> new Identity[0];
          case GOOD -> new Identity[] {CA.issue("client")};
          case UNTRUSTED -> new Identity[] {stranger.issue("client")};
          case EXPIRED ->
              new Identity[] {
                CA.issue(TestCa.NOW.minus(Duration.ofDays(9)), Duration.ofDays(8), "client")
              };
        };
    var server =
        JSSE.server(
            TestCa.server(CA.issue("a.example"))
                .clients(auth, CA.trust())
                .parameters(TlsParameters.STANDARD.withVersions(version))
                .build());
    var client = JSSE.client(TestCa.client(CA.trust()).identities(identities).build());
    var pair = connect(client, "a.example", server.accept());
    if (refused == null) {
      assertNull(pair.server.error, () -> pair.server.error.toString());
      var certificates = pair.server.engine.session().peerCertificates();
      boolean asked = auth != ClientAuth.NONE && shown == Shown.GOOD;
      assertEquals(
          asked ? "CN=client" : null, certificates == null ? null : certificates.leaf().subject());
    } else {
      assertEquals(refused, pair.server.error.alert(), pair.server.error.getMessage());
      assertFalse(pair.server.engine.handshakeComplete());
      var told = assertInstanceOf(TlsError.PeerAlert.class, pair.client.error);
      assertEquals(refused, told.alert());
    }
  }

  /** The server names the authorities that it knows (RFC 8446 4.2.4); the client heeds them. */
  @Test
  void clientsShowWhatTheServerKnows() {
    var other = TestCa.root("Other").issue("client of another");
    var client =
        JSSE.client(TestCa.client(CA.trust()).identities(other, CA.issue("client")).build());
    var server =
        JSSE.server(
            TestCa.server(CA.issue("a.example")).clients(ClientAuth.REQUIRED, CA.trust()).build());
    var pair = connect(client, "a.example", server.accept());
    assertEquals("CN=client", pair.server.engine.session().peerCertificates().leaf().subject());
  }

  @ParameterizedTest
  @EnumSource(names = {"TLS_1_2", "TLS_1_3"})
  void clientsStayKnownWhenResumed(TlsVersion version) {
    var server =
        JSSE.server(
            TestCa.server(CA.issue("a.example"))
                .clients(ClientAuth.REQUIRED, CA.trust())
                .parameters(TlsParameters.STANDARD.withVersions(version))
                .build());
    var client = JSSE.client(TestCa.client(CA.trust()).identities(CA.issue("client")).build());
    for (int i = 0; i < 3; i++) {
      var pair = connect(client, "a.example", server.accept());
      assertNull(pair.server.error, () -> pair.server.error.toString());
      assertEquals(i > 0, pair.server.engine.session().resumed());
      assertEquals("CN=client", pair.server.engine.session().peerCertificates().leaf().subject());
    }
  }

  @Test
  void serversNeedAnIdentity() {
    var builder = TestCa.server();
    assertThrows(IllegalArgumentException.class, builder::build);
  }

  @Test
  void providersAreFoundByName() {
    assertEquals("jsse", JSSE.name());
    assertTrue(JSSE.capabilities().contains(TlsCapability.EXPORTER));
    assertFalse(JSSE.capabilities().contains(TlsCapability.KEY_LOG));
    assertTrue(TlsProvider.all().stream().anyMatch(provider -> provider.name().equals("jsse")));
    var error = assertThrows(IllegalArgumentException.class, () -> TlsProvider.named("none"));
    assertTrue(error.getMessage().contains("[jsse]"), error.getMessage());
    assertEquals(List.of("jsse"), TlsProvider.all().stream().map(TlsProvider::name).toList());
  }
}
