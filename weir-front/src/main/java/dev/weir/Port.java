package dev.weir;

import dev.weir.http.HttpHandler;
import dev.weir.http.server.Hosts;
import dev.weir.http.server.HttpServer;
import dev.weir.http.vhost.VirtualHosts;
import dev.weir.net.Listener;
import dev.weir.net.StreamAcceptor;
import dev.weir.net.Tls;
import dev.weir.tls.TlsServerContext;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One listening address and the hosts that are served there. A name that none of them has is
 * answered by the host {@code *}, or else by the first.
 */
final class Port {

  private static final String ALL_OTHERS = "*";

  private final boolean secure;
  private final List<Host> hosts = new ArrayList<>();
  private final Hosts handlers = new Hosts();
  private final VirtualHosts<Host> names = new VirtualHosts<>();
  private final Listener listener;

  Port(Weir weir, InetSocketAddress address, boolean secure) {
    this.secure = secure;
    StreamAcceptor http = HttpServer.of(handlers).acceptor();
    this.listener =
        weir.context()
            .listen(address, secure ? Tls.server(weir.tls(), this::identityOf, http) : http);
  }

  private @Nullable TlsServerContext identityOf(@Nullable String serverName) {
    Host host = names.find(serverName);
    return host == null ? null : host.tlsContext();
  }

  boolean isSecure() {
    return secure;
  }

  Listener listener() {
    return listener;
  }

  synchronized void add(Host host) {
    if (!host.name().equals(ALL_OTHERS)) {
      handlers.add(host.name(), host.handler());
      names.add(host.name(), host);
    }
    hosts.add(host);
    chooseDefault();
  }

  /** Takes a host away; whether it was the last, so that the listener has been closed. */
  synchronized boolean remove(Host host) {
    hosts.remove(host);
    if (!host.name().equals(ALL_OTHERS)) {
      handlers.remove(host.name());
      names.remove(host.name());
    }
    if (hosts.isEmpty()) {
      listener.close();
      return true;
    }
    chooseDefault();
    return false;
  }

  private void chooseDefault() {
    Host fallback =
        hosts.stream()
            .filter(host -> host.name().equals(ALL_OTHERS))
            .findFirst()
            .orElse(hosts.getFirst());
    HttpHandler handler = fallback.handler();
    handlers.otherwise(handler);
    names.setDefault(fallback);
  }
}
