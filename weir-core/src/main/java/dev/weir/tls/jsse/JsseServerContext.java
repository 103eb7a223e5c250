package dev.weir.tls.jsse;

import dev.weir.tls.TlsEngine;
import dev.weir.tls.TlsServerConfig;
import dev.weir.tls.TlsServerContext;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;

/** One virtual host: an SSLContext of its own, so that sessions never cross hosts. */
final class JsseServerContext implements TlsServerContext {
  private final TlsServerConfig config;
  private final SSLContext context;
  private final SSLParameters parameters;

  JsseServerContext(TlsServerConfig config) {
    this.config = config;
    this.context =
        Contexts.context(
            config.identities(), new JudgingTrustManager(config.clientTrust(), config.clock()));
    Contexts.limit(context.getServerSessionContext(), config.sessions());
    this.parameters = Contexts.parameters(context, config.parameters(), config.alpn());
    parameters.setUseCipherSuitesOrder(true);
    switch (config.clientAuth()) {
      case NONE -> {}
      case OPTIONAL -> parameters.setWantClientAuth(true);
      case REQUIRED -> parameters.setNeedClientAuth(true);
    }
  }

  SSLEngine newEngine() {
    var engine = context.createSSLEngine();
    engine.setUseClientMode(false);
    engine.setSSLParameters(parameters);
    return engine;
  }

  @Override
  public TlsServerConfig config() {
    return config;
  }

  @Override
  public TlsEngine accept() {
    return JsseEngine.server(name -> this);
  }

  @Override
  public void close() {
    // JSSE holds nothing outside of the heap.
  }
}
