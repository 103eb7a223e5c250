package dev.weir.http.client;

import dev.weir.http.Origin;
import dev.weir.stream.Carrier;
import dev.weir.tls.TlsSession;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Finds a connection to another origin that may carry requests for this one too (RFC 9113 9.1.1):
 * its certificate is valid for both hosts, and both names have its address. Loop thread.
 */
final class Coalescing {

  private final LoopPool pool;

  Coalescing(LoopPool pool) {
    this.pool = pool;
  }

  /**
   * Looks for one among the connections of all origins.
   *
   * @param found told on the loop, at once or later, the connection or {@code null}
   */
  void find(
      Route route,
      Collection<OriginPool> origins,
      Consumer<@Nullable Http2ClientConnection> found) {
    Origin origin = route.origin();
    if (!origin.secure() || route.via() != null || route.http1()) {
      found.accept(null);
      return;
    }
    List<Http2ClientConnection> candidates =
        origins.stream()
            .filter(other -> other.route().via() == null && !other.route().equals(route))
            .flatMap(OriginPool::multiplexed)
            .filter(connection -> isCertifiedFor(connection, origin))
            .toList();
    if (candidates.isEmpty()) {
      found.accept(null);
      return;
    }
    pool.context()
        .resolver()
        .resolve(
            pool.loop(),
            origin.host(),
            (addresses, problem) -> found.accept(reaching(candidates, addresses)));
  }

  private static boolean isCertifiedFor(Http2ClientConnection connection, Origin origin) {
    Carrier carrier = connection.stream().carrier();
    TlsSession tls = carrier.tls();
    return tls != null
        && tls.peerCertificates() != null
        && carrier.remote() instanceof InetSocketAddress remote
        && remote.getPort() == origin.port()
        && tls.peerCertificates().isValidFor(origin.host());
  }

  private static @Nullable Http2ClientConnection reaching(
      List<Http2ClientConnection> candidates, @Nullable List<InetAddress> addresses) {
    for (Http2ClientConnection connection : candidates) {
      if (addresses != null
          && !connection.isLeaving()
          && connection.stream().carrier().remote() instanceof InetSocketAddress remote
          && addresses.contains(remote.getAddress())) {
        return connection;
      }
    }
    return null;
  }
}
