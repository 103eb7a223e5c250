package dev.weir.tls;

import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * The versions and algorithms that an end offers or accepts. An empty list leaves the choice to the
 * TLS library, which is right unless a policy says otherwise.
 *
 * @param versions the versions to speak
 * @param cipherSuites IANA names in order of preference
 * @param groups key-exchange groups in order of preference, {@code x25519} for one
 * @param signatureSchemes IANA names in order of preference
 */
public record TlsParameters(
    Set<TlsVersion> versions,
    List<String> cipherSuites,
    List<String> groups,
    List<String> signatureSchemes) {

  /** TLS 1.3 and 1.2 with the algorithms of the library. */
  public static final TlsParameters STANDARD =
      new TlsParameters(
          EnumSet.of(TlsVersion.TLS_1_2, TlsVersion.TLS_1_3), List.of(), List.of(), List.of());

  /** Checks and copies the collections. */
  public TlsParameters {
    if (versions.isEmpty()) {
      throw new IllegalArgumentException("no TLS version to speak");
    }
    versions = Collections.unmodifiableSet(EnumSet.copyOf(versions));
    cipherSuites = List.copyOf(cipherSuites);
    groups = List.copyOf(groups);
    signatureSchemes = List.copyOf(signatureSchemes);
  }

  /** Returns these parameters with exactly these versions. */
  public TlsParameters withVersions(TlsVersion first, TlsVersion... more) {
    return new TlsParameters(EnumSet.of(first, more), cipherSuites, groups, signatureSchemes);
  }

  /** Returns these parameters with exactly these cipher suites, preferred first. */
  public TlsParameters withCipherSuites(String... names) {
    return new TlsParameters(versions, List.of(names), groups, signatureSchemes);
  }

  /** Returns these parameters with exactly these groups, preferred first. */
  public TlsParameters withGroups(String... names) {
    return new TlsParameters(versions, cipherSuites, List.of(names), signatureSchemes);
  }

  /** Returns these parameters with exactly these signature schemes, preferred first. */
  public TlsParameters withSignatureSchemes(String... names) {
    return new TlsParameters(versions, cipherSuites, groups, List.of(names));
  }
}
