package dev.weir.tls;

import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import java.util.Set;

/**
 * A TLS library. Implementations are registered for {@link ServiceLoader}, are cheap to make (they
 * load native code on first use) and safe from any thread.
 */
public interface TlsProvider {
  /** The provider that every JDK has. */
  String JSSE = "jsse";

  /** Returns the short name by which users choose this provider, {@code jsse} for one. */
  String name();

  /** Returns what this library can do. */
  Set<TlsCapability> capabilities();

  /**
   * Makes a server context. May block for the time that reading keys takes.
   *
   * @throws IllegalArgumentException if the configuration asks for what the library does not know
   */
  TlsServerContext server(TlsServerConfig config);

  /**
   * Makes a client context. May block for the time that reading trust anchors takes.
   *
   * @throws IllegalArgumentException if the configuration asks for what the library does not know
   */
  TlsClientContext client(TlsClientConfig config);

  /** Returns an engine for one incoming connection whose context is chosen by its SNI. */
  TlsEngine accept(SniSelector selector);

  /** Returns all providers that are installed. */
  static List<TlsProvider> all() {
    var found = new ArrayList<TlsProvider>();
    ServiceLoader.load(TlsProvider.class).forEach(found::add);
    return found;
  }

  /**
   * Returns the provider with this name.
   *
   * @throws IllegalArgumentException if there is none; the message lists those that there are
   */
  static TlsProvider named(String name) {
    var names = new ArrayList<String>();
    for (var provider : ServiceLoader.load(TlsProvider.class)) {
      if (provider.name().equals(name)) {
        return provider;
      }
      names.add(provider.name());
    }
    throw new IllegalArgumentException("no TLS provider " + name + ", but " + names);
  }
}
