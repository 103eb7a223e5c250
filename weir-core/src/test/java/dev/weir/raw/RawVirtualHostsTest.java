package dev.weir.raw;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.weir.names.VirtualHosts;
import dev.weir.net.Context;
import dev.weir.net.Endpoint;
import dev.weir.net.Listener;
import dev.weir.net.StreamAcceptor;
import dev.weir.net.Tls;
import dev.weir.stream.ByteStream;
import dev.weir.stream.StreamException;
import dev.weir.stream.StreamHandler;
import dev.weir.stream.WeirException;
import dev.weir.tls.Identity;
import dev.weir.tls.TlsClientConfig;
import dev.weir.tls.TlsProvider;
import dev.weir.tls.TlsServerConfig;
import dev.weir.tls.TlsServerContext;
import dev.weir.tls.TlsSession;
import dev.weir.tls.Trust;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Virtual hosts of a role that is not HTTP, chosen by the name in the handshake. */
class RawVirtualHostsTest {

  private static final TlsProvider JSSE = TlsProvider.named(TlsProvider.JSSE);

  /** What a virtual host has: keys, and what it says to whoever comes. */
  private record Vhost(TlsServerContext tls, String greeting) {
    static Vhost of(String name, String greeting) {
      Identity identity = Identity.selfSigned(Instant.now(), Duration.ofDays(1), name);
      return new Vhost(JSSE.server(TlsServerConfig.of(identity).build()), greeting);
    }
  }

  private final VirtualHosts<Vhost> hosts = new VirtualHosts<>();
  private final Context context = Context.start();
  private Listener listener;

  @BeforeEach
  void listen() {
    hosts.add("a.example", Vhost.of("a.example", "this is a"));
    hosts.add("*.b.example", Vhost.of("*.b.example", "this is below b"));
    StreamAcceptor greeter =
        stream ->
            new StreamHandler() {
              @Override
              public void opened(ByteStream stream) {
                stream.write(ISO_8859_1.encode(vhost(stream).greeting()));
                stream.end();
              }

              @Override
              public void received(ByteStream stream, ByteBuffer bytes) {}
            };
    listener =
        context.listen(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            Tls.server(JSSE, this::identityOf, greeter));
  }

  @AfterEach
  void close() {
    context.close();
  }

  private @Nullable TlsServerContext identityOf(@Nullable String serverName) {
    Vhost host = hosts.find(serverName);
    return host == null ? null : host.tls();
  }

  private Vhost vhost(ByteStream stream) {
    TlsSession session = Objects.requireNonNull(stream.carrier().tls());
    return Objects.requireNonNull(hosts.find(session.serverName()));
  }

  @ParameterizedTest
  @CsvSource({
    "a.example, this is a",
    "x.b.example, this is below b",
  })
  void theNameInTheHandshakeChoosesKeysAndRole(String name, String greeting) throws Exception {
    assertEquals(greeting, greetingOf(name));
  }

  @Test
  void aHostThatIsAddedIsThereForTheNextConnection() throws Exception {
    hosts.setDefault(Vhost.of("c.example", "this is c"));
    assertEquals("this is c", greetingOf("c.example"));
  }

  @Test
  void aNameThatNoHostHasIsRefused() {
    ExecutionException refused =
        Assertions.assertThrows(ExecutionException.class, () -> greetingOf("other.example"));
    StreamException.TlsFailed problem =
        assertInstanceOf(StreamException.TlsFailed.class, refused.getCause());
    assertEquals(112, problem.code(), "unrecognized_name");
  }

  private String greetingOf(String name) throws Exception {
    CompletableFuture<String> heard = new CompletableFuture<>();
    StreamHandler listening =
        new StreamHandler() {
          private final StringBuilder text = new StringBuilder();

          @Override
          public void received(ByteStream stream, ByteBuffer bytes) {
            text.append(ISO_8859_1.decode(bytes));
          }

          @Override
          public void closed(ByteStream stream, @Nullable WeirException problem) {
            if (problem == null) {
              heard.complete(text.toString());
            } else {
              heard.completeExceptionally(problem);
            }
          }
        };
    var client = JSSE.client(TlsClientConfig.of(Trust.insecure()).build());
    context.connect(
        Endpoint.of(listener.address()), Tls.client(client, name, listener.port(), listening));
    return heard.get(10, TimeUnit.SECONDS);
  }
}
