package dev.weir.tls.jsse;

import dev.weir.tls.TlsClientConfig;
import dev.weir.tls.TlsClientContext;
import dev.weir.tls.TlsEngine;
import java.net.InetAddress;
import java.util.List;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import org.jspecify.annotations.Nullable;

/** An SSLContext for outgoing connections. */
final class JsseClientContext implements TlsClientContext {
  private final TlsClientConfig config;
  private final SSLContext context;

  JsseClientContext(TlsClientConfig config) {
    this.config = config;
    this.context =
        Contexts.context(
            config.identities(), new JudgingTrustManager(config.trust(), config.clock()));
    Contexts.limit(context.getClientSessionContext(), config.sessions());
    parameters();
  }

  private JsseClientContext(TlsClientConfig config, SSLContext context) {
    this.config = config;
    this.context = context;
  }

  @Override
  public TlsClientContext offering(String... alpn) {
    return new JsseClientContext(config.offering(alpn), context);
  }

  private SSLParameters parameters() {
    return Contexts.parameters(context, config.parameters(), config.alpn());
  }

  @Override
  public TlsClientConfig config() {
    return config;
  }

  @Override
  public TlsEngine connect(String host, int port) {
    var engine = context.createSSLEngine(host, port);
    engine.setUseClientMode(true);
    var name = serverName(host);
    var parameters = parameters();
    parameters.setServerNames(name == null ? List.of() : List.of(name));
    engine.setSSLParameters(parameters);
    return JsseEngine.client(engine, name == null ? null : name.getAsciiName());
  }

  /** RFC 6066 3: literals are not permitted, nor is the dot of the root. */
  private static @Nullable SNIHostName serverName(String host) {
    boolean literal = host.startsWith("[") || host.indexOf(':') >= 0 || isAddress(host);
    if (literal || host.isEmpty()) {
      return null;
    }
    String name = host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
    try {
      return new SNIHostName(name);
    } catch (IllegalArgumentException e) {
      // Names that are none by the rules of hosts, with an underscore for one, go without SNI.
      return null;
    }
  }

  private static boolean isAddress(String host) {
    try {
      return InetAddress.ofLiteral(host) != null;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  @Override
  public void close() {
    // JSSE holds nothing outside of the heap.
  }
}
