package dev.weir.tls;

import org.jspecify.annotations.Nullable;

/**
 * Chooses the virtual host that answers a handshake.
 *
 * <p>Asked once for each connection, on its loop's thread, when the ClientHello is complete; must
 * not block. Because it is asked each time, hosts are added and removed and their identities
 * swapped while connections live: answer with another context.
 */
@FunctionalInterface
public interface SniSelector {
  /**
   * Chooses a context.
   *
   * @param serverName the host_name that the client sent (RFC 6066 3), in lower case, or null if it
   *     sent none
   * @return a context of the provider that asks, or null to refuse with unrecognized_name
   */
  @Nullable TlsServerContext select(@Nullable String serverName);
}
