package dev.weir.tls;

import java.time.InstantSource;
import java.util.List;

/**
 * How a client speaks TLS. Immutable.
 *
 * @param trust whom to believe; the leniencies are part of it
 * @param alpn application protocols to offer, preferred first; empty to leave ALPN out
 * @param identities keys and chains to show if the server asks
 * @param parameters versions and algorithms
 * @param sessions the memory for resumption
 * @param clock tells the time at which certificates are judged
 */
public record TlsClientConfig(
    Trust trust,
    List<String> alpn,
    List<Identity> identities,
    TlsParameters parameters,
    SessionCache sessions,
    InstantSource clock) {

  /** Copies the lists. */
  public TlsClientConfig {
    alpn = List.copyOf(alpn);
    identities = List.copyOf(identities);
  }

  /** Returns a builder for a client that believes whom this trust believes. */
  public static Builder of(Trust trust) {
    return new Builder(trust);
  }

  /** This offering other application protocols, preferred first. */
  public TlsClientConfig offering(String... protocols) {
    return new TlsClientConfig(trust, List.of(protocols), identities, parameters, sessions, clock);
  }

  /** Gathers the parts of a {@link TlsClientConfig}. For one thread. */
  public static final class Builder {
    private final Trust trust;
    private List<String> alpn = List.of();
    private List<Identity> identities = List.of();
    private TlsParameters parameters = TlsParameters.STANDARD;
    private SessionCache sessions = SessionCache.STANDARD;
    private InstantSource clock = InstantSource.system();

    private Builder(Trust trust) {
      this.trust = trust;
    }

    /** Sets the application protocols to offer, preferred first. */
    public Builder alpn(String... protocols) {
      alpn = List.of(protocols);
      return this;
    }

    /** Sets the keys and chains to show if the server asks. */
    public Builder identities(Identity... values) {
      identities = List.of(values);
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

    /** Sets the time source by which certificates are judged. */
    public Builder clock(InstantSource value) {
      clock = value;
      return this;
    }

    /** Returns the configuration. */
    public TlsClientConfig build() {
      return new TlsClientConfig(trust, alpn, identities, parameters, sessions, clock);
    }
  }
}
