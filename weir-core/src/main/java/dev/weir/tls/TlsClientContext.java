package dev.weir.tls;

/**
 * A client configuration made ready by a provider, with its memory of sessions. Safe from any
 * thread.
 */
public interface TlsClientContext extends AutoCloseable {
  /** Returns what this context was made from. */
  TlsClientConfig config();

  /**
   * Returns an engine for one outgoing connection.
   *
   * @param host the name or IP literal that the user asked for: the certificate must be valid for
   *     it, and a name (RFC 6066 3 allows no literals) is sent as SNI
   * @param port the port, which with the host keys the memory of sessions
   */
  TlsEngine connect(String host, int port);

  /**
   * Returns a context that offers other application protocols, and shares everything else with this
   * one: the memory of sessions too. Closing either leaves the other as it is.
   *
   * @param alpn protocols to offer, preferred first; none to leave ALPN out
   */
  TlsClientContext offering(String... alpn);

  /** Frees what the library holds. Engines that were made from it go on. */
  @Override
  void close();
}
