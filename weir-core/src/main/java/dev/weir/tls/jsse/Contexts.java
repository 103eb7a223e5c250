package dev.weir.tls.jsse;

import dev.weir.tls.Identity;
import dev.weir.tls.SessionCache;
import dev.weir.tls.TlsParameters;
import dev.weir.tls.TlsVersion;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSessionContext;
import javax.net.ssl.TrustManager;

/** Brings Weir's configuration into JSSE's terms, and refuses what JSSE does not know. */
final class Contexts {
  /** JSSE does not list them, and passes over names that it does not know. */
  private static final String[] SIGNATURE_SCHEMES = {
    "ecdsa_secp256r1_sha256",
    "ecdsa_secp384r1_sha384",
    "ecdsa_secp521r1_sha512",
    "ed25519",
    "ed448",
    "rsa_pss_rsae_sha256",
    "rsa_pss_rsae_sha384",
    "rsa_pss_rsae_sha512",
    "rsa_pss_pss_sha256",
    "rsa_pss_pss_sha384",
    "rsa_pss_pss_sha512",
    "rsa_pkcs1_sha256",
    "rsa_pkcs1_sha384",
    "rsa_pkcs1_sha512"
  };

  private Contexts() {}

  static SSLContext context(List<Identity> identities, TrustManager trust) {
    try {
      var context = SSLContext.getInstance("TLS");
      context.init(
          new KeyManager[] {new IdentityKeyManager(identities)}, new TrustManager[] {trust}, null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("this JDK has no TLS: " + e.getMessage(), e);
    }
  }

  static void limit(SSLSessionContext sessions, SessionCache limits) {
    sessions.setSessionCacheSize(limits.size());
    sessions.setSessionTimeout((int) limits.lifetime().toSeconds());
  }

  static SSLParameters parameters(SSLContext context, TlsParameters wanted, List<String> alpn) {
    var supported = context.getSupportedSSLParameters();
    var parameters = context.getDefaultSSLParameters();
    parameters.setProtocols(
        known(
            "TLS version",
            wanted.versions().stream().map(TlsVersion::text).toList(),
            supported.getProtocols()));
    if (!wanted.cipherSuites().isEmpty()) {
      parameters.setCipherSuites(
          known("cipher suite", wanted.cipherSuites(), supported.getCipherSuites()));
    }
    if (!wanted.groups().isEmpty()) {
      parameters.setNamedGroups(known("group", wanted.groups(), supported.getNamedGroups()));
    }
    if (!wanted.signatureSchemes().isEmpty()) {
      parameters.setSignatureSchemes(
          known("signature scheme", wanted.signatureSchemes(), SIGNATURE_SCHEMES));
    }
    if (!alpn.isEmpty()) {
      parameters.setApplicationProtocols(alpn.toArray(new String[0]));
    }
    return parameters;
  }

  private static String[] known(String kind, List<String> wanted, String[] supported) {
    var all = new HashSet<>(Arrays.asList(supported));
    for (String name : wanted) {
      if (!all.contains(name)) {
        throw new IllegalArgumentException(
            "JSSE does not know the " + kind + " " + name + ", but " + Arrays.toString(supported));
      }
    }
    return wanted.toArray(new String[0]);
  }
}
