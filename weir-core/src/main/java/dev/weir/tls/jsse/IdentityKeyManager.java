package dev.weir.tls.jsse;

import dev.weir.tls.Identity;
import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/**
 * Hands JSSE the identities of one context. An alias is an index into them. Keys stay opened:
 * JSSE's own manager opens its key store again for each handshake, a third of the handshake's time.
 */
final class IdentityKeyManager extends X509ExtendedKeyManager {
  private final List<Identity> identities;

  IdentityKeyManager(List<Identity> identities) {
    this.identities = identities;
  }

  @Override
  public @Nullable String chooseEngineServerAlias(
      String keyType, Principal @Nullable [] issuers, SSLEngine engine) {
    int fallback = -1;
    for (int i = 0; i < identities.size(); i++) {
      var identity = identities.get(i);
      if (identity.key().getAlgorithm().equals(keyType)) {
        if (peerVerifies(identity, engine)) {
          return Integer.toString(i);
        }
        fallback = fallback < 0 ? i : fallback;
      }
    }
    return fallback < 0 ? null : Integer.toString(fallback);
  }

  /** In TLS 1.3 a curve has one signature algorithm (RFC 8446 4.2.3), which tells several apart. */
  private static boolean peerVerifies(Identity identity, SSLEngine engine) {
    if (identity.leaf().getPublicKey() instanceof ECPublicKey key
        && engine.getHandshakeSession() instanceof ExtendedSSLSession session) {
      String algorithm =
          switch (key.getParams().getCurve().getField().getFieldSize()) {
            case 256 -> "SHA256withECDSA";
            case 384 -> "SHA384withECDSA";
            default -> "SHA512withECDSA";
          };
      return Arrays.asList(session.getPeerSupportedSignatureAlgorithms()).contains(algorithm);
    }
    return true;
  }

  @Override
  public @Nullable String chooseEngineClientAlias(
      String[] keyTypes, Principal @Nullable [] issuers, SSLEngine engine) {
    for (String keyType : keyTypes) {
      for (int i = 0; i < identities.size(); i++) {
        var identity = identities.get(i);
        if (identity.key().getAlgorithm().equals(keyType) && issuedBy(identity, issuers)) {
          return Integer.toString(i);
        }
      }
    }
    return null;
  }

  /** RFC 8446 4.2.4: a server may say which authorities it knows; none said means any. */
  private static boolean issuedBy(Identity identity, Principal @Nullable [] issuers) {
    if (issuers == null || issuers.length == 0) {
      return true;
    }
    var known = Arrays.asList(issuers);
    return identity.chain().stream()
        .anyMatch(certificate -> known.contains(certificate.getIssuerX500Principal()));
  }

  @Override
  public PrivateKey getPrivateKey(String alias) {
    return identities.get(Integer.parseInt(alias)).key();
  }

  @Override
  public X509Certificate[] getCertificateChain(String alias) {
    return identities.get(Integer.parseInt(alias)).chain().toArray(new X509Certificate[0]);
  }

  @Override
  public String @Nullable [] getClientAliases(String keyType, Principal @Nullable [] issuers) {
    return null;
  }

  @Override
  public String @Nullable [] getServerAliases(String keyType, Principal @Nullable [] issuers) {
    return null;
  }

  @Override
  public @Nullable String chooseClientAlias(
      String[] keyTypes, Principal @Nullable [] issuers, @Nullable Socket socket) {
    return null;
  }

  @Override
  public @Nullable String chooseServerAlias(
      String keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
    return null;
  }
}
