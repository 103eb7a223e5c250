package dev.weir.tls.jsse;

import dev.weir.tls.SniSelector;
import dev.weir.tls.TlsCapability;
import dev.weir.tls.TlsClientConfig;
import dev.weir.tls.TlsClientContext;
import dev.weir.tls.TlsEngine;
import dev.weir.tls.TlsProvider;
import dev.weir.tls.TlsServerConfig;
import dev.weir.tls.TlsServerContext;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/** TLS by the JDK's own JSSE. */
public final class JsseProvider implements TlsProvider {
  private static final Set<TlsCapability> CAPABILITIES =
      Collections.unmodifiableSet(
          EnumSet.of(
              TlsCapability.TLS_1_2,
              TlsCapability.TLS_1_3,
              TlsCapability.ALPN,
              TlsCapability.SNI,
              TlsCapability.CLIENT_AUTH,
              TlsCapability.RESUMPTION,
              TlsCapability.EXPORTER,
              TlsCapability.GROUPS));

  /** For {@link java.util.ServiceLoader}. */
  public JsseProvider() {}

  @Override
  public String name() {
    return JSSE;
  }

  @Override
  public Set<TlsCapability> capabilities() {
    return CAPABILITIES;
  }

  @Override
  public TlsServerContext server(TlsServerConfig config) {
    return new JsseServerContext(config);
  }

  @Override
  public TlsClientContext client(TlsClientConfig config) {
    return new JsseClientContext(config);
  }

  @Override
  public TlsEngine accept(SniSelector selector) {
    return JsseEngine.server(selector);
  }
}
