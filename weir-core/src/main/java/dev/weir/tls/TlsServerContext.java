package dev.weir.tls;

/**
 * A server configuration made ready by a provider: keys, chains and session memory as the library
 * wants them. Safe from any thread.
 */
public interface TlsServerContext extends AutoCloseable {
  /** Returns what this context was made from. */
  TlsServerConfig config();

  /** Returns an engine for one incoming connection that this context answers whatever its SNI. */
  TlsEngine accept();

  /** Frees what the library holds. Engines that were made from it go on. */
  @Override
  void close();
}
