package dev.weir.tls;

import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one virtual host of a server shows and asks for. Immutable; to swap a certificate make a new
 * configuration, and a new context of it, and let the {@link SniSelector} answer with that.
 *
 * @param identities keys and chains, one for each kind of key; the peer's signature algorithms
 *     decide, and among equals the first
 * @param alpn application protocols in the order of the server's preference; empty to ignore ALPN
 * @param clientAuth whether clients are asked for a certificate
 * @param clientTrust whom to believe when they send one
 * @param parameters versions and algorithms
 * @param sessions the memory for resumption
 * @param clock tells the time at which certificates of clients are judged
 */
public record TlsServerConfig(
    List<Identity> identities,
    List<String> alpn,
    ClientAuth clientAuth,
    Trust clientTrust,
    TlsParameters parameters,
    SessionCache sessions,
    InstantSource clock) {

  /** Checks and copies. */
  public TlsServerConfig {
    identities = List.copyOf(identities);
    alpn = List.copyOf(alpn);
    if (identities.isEmpty()) {
      throw new IllegalArgumentException("a TLS server needs an identity: a key and its chain");
    }
  }

  /** Returns a builder for a server that shows these identities. */
  public static Builder of(Identity... identities) {
    return new Builder(List.of(identities));
  }

  /** Gathers the parts of a {@link TlsServerConfig}. For one thread. */
  public static final class Builder {
    private final List<Identity> identities;
    private List<String> alpn = List.of();
    private ClientAuth clientAuth = ClientAuth.NONE;
    private @Nullable Trust clientTrust;
    private TlsParameters parameters = TlsParameters.STANDARD;
    private SessionCache sessions = SessionCache.STANDARD;
    private InstantSource clock = InstantSource.system();

    private Builder(List<Identity> identities) {
      this.identities = identities;
    }

    /** Sets the application protocols, preferred first. */
    public Builder alpn(String... protocols) {
      alpn = List.of(protocols);
      return this;
    }

    /** Asks clients for a certificate that this trust believes. */
    public Builder clients(ClientAuth auth, Trust trust) {
      clientAuth = auth;
      clientTrust = trust;
      return this;
    }

    /** Sets versions and algorithms. */
    public Builder parameters(TlsParameters value) {
      parameters = value;
      return this;
    }

    /** Sets the memory for resumption. */
    public Builder sessions(SessionCache value) {
      sessions = value;
      return this;
    }

    /** Sets the time source by which certificates of clients are judged. */
    public Builder clock(InstantSource value) {
      clock = value;
      return this;
    }

    /** Returns the configuration. */
    public TlsServerConfig build() {
      return new TlsServerConfig(
          identities,
          alpn,
          clientAuth,
          clientTrust == null ? Trust.none() : clientTrust,
          parameters,
          sessions,
          clock);
    }
  }
}
