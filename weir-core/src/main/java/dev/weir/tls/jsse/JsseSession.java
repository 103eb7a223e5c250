package dev.weir.tls.jsse;

import dev.weir.tls.PeerCertificates;
import dev.weir.tls.TlsSession;
import dev.weir.tls.TlsVersion;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Objects;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.jspecify.annotations.Nullable;

/** What an {@link SSLEngine} agreed on; holds the engine and nothing else worth mentioning. */
record JsseSession(SSLEngine engine, @Nullable String serverName, boolean resumed)
    implements TlsSession {

  @Override
  public TlsVersion version() {
    return Objects.requireNonNull(TlsVersion.ofText(engine.getSession().getProtocol()));
  }

  @Override
  public String cipherSuite() {
    return engine.getSession().getCipherSuite();
  }

  @Override
  public @Nullable String alpn() {
    String protocol = engine.getApplicationProtocol();
    return protocol == null || protocol.isEmpty() ? null : protocol;
  }

  @Override
  public @Nullable PeerCertificates peerCertificates() {
    try {
      var chain = engine.getSession().getPeerCertificates();
      return new PeerCertificates(Arrays.stream(chain).map(X509Certificate.class::cast).toList());
    } catch (SSLPeerUnverifiedException e) {
      return null;
    }
  }

  @Override
  public byte[] exportKeyingMaterial(String label, byte @Nullable [] context, int length) {
    if (!(engine.getSession() instanceof ExtendedSSLSession session)) {
      throw new UnsupportedOperationException("this JSSE does not export keying material");
    }
    try {
      return session.exportKeyingMaterialData(label, context, length);
    } catch (SSLException e) {
      throw new UnsupportedOperationException(
          "this session does not export keying material: " + e.getMessage(), e);
    }
  }
}
