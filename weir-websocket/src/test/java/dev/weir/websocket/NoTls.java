package dev.weir.websocket;

import dev.weir.tls.TlsClientConfig;
import dev.weir.tls.TlsClientContext;
import dev.weir.tls.TlsEngine;

/** For clients that never need TLS. */
enum NoTls implements TlsClientContext {
  CONTEXT;

  @Override
  public TlsEngine connect(String host, int port) {
    throw new AssertionError("no TLS here");
  }

  @Override
  public TlsClientConfig config() {
    throw new AssertionError("no TLS here");
  }

  @Override
  public TlsClientContext offering(String... alpn) {
    return this;
  }

  @Override
  public void close() {}
}
