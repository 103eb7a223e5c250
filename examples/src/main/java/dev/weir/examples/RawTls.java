package dev.weir.examples;

import dev.weir.net.Context;
import dev.weir.net.Endpoint;
import dev.weir.net.Listener;
import dev.weir.net.Tls;
import dev.weir.raw.Lines;
import dev.weir.stream.ByteStream;
import dev.weir.stream.WeirException;
import dev.weir.tls.ClientAuth;
import dev.weir.tls.Identity;
import dev.weir.tls.PeerCertificates;
import dev.weir.tls.TlsClientConfig;
import dev.weir.tls.TlsProvider;
import dev.weir.tls.TlsServerConfig;
import dev.weir.tls.TlsServerContext;
import dev.weir.tls.TlsSession;
import dev.weir.tls.Trust;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A protocol of one's own over TLS that both sides prove themselves by; no HTTP anywhere. */
public final class RawTls {

  private static final TlsProvider JSSE = TlsProvider.named(TlsProvider.JSSE);
  private static final String PROTOCOL = "greeting/1";

  private RawTls() {}

  /** Greets everybody whose certificate is trusted, by name. */
  public static Listener start(
      Context context, SocketAddress at, Identity identity, Trust clients) {
    TlsServerContext tls =
        JSSE.server(
            TlsServerConfig.of(identity)
                .alpn(PROTOCOL)
                .clients(ClientAuth.REQUIRED, clients)
                .build());
    return context.listen(at, Tls.server(JSSE, name -> tls, stream -> new Greeting()));
  }

  private static final class Greeting extends Lines {
    @Override
    public void opened(ByteStream stream) {
      TlsSession session = Objects.requireNonNull(stream.carrier().tls());
      PeerCertificates client = Objects.requireNonNull(session.peerCertificates());
      String greeting = "hello " + client.leaf().subject() + " " + binding(session) + "\n";
      stream.write(StandardCharsets.UTF_8.encode(greeting));
      stream.close();
    }

    @Override
    protected void line(ByteStream stream, String line) {}
  }

  /** Is greeted; the greeting ends with what only the two ends of this connection know. */
  public static CompletableFuture<String> visit(
      Context context, SocketAddress server, String host, Identity identity, Trust trust) {
    CompletableFuture<String> greeting = new CompletableFuture<>();
    var tls = JSSE.client(TlsClientConfig.of(trust).alpn(PROTOCOL).identities(identity).build());
    Lines visitor =
        new Lines() {
          @Override
          protected void line(ByteStream stream, String line) {
            TlsSession session = Objects.requireNonNull(stream.carrier().tls());
            greeting.complete(line + (line.endsWith(binding(session)) ? "" : " (not to me!)"));
          }

          @Override
          public void closed(ByteStream stream, @Nullable WeirException why) {
            greeting.completeExceptionally(why != null ? why : new IllegalStateException("mute"));
          }
        };
    context.connect(Endpoint.of(server), Tls.client(tls, host, 0, visitor));
    return greeting;
  }

  /** Keying material that both ends derive alike (RFC 9266). */
  private static String binding(TlsSession session) {
    return HexFormat.of()
        .formatHex(session.exportKeyingMaterial("EXPORTER-Channel-Binding", null, 8));
  }
}
