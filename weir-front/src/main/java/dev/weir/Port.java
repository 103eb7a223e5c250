package dev.weir;

import dev.weir.http.HttpHandler;
import dev.weir.http.HttpRequest;
import dev.weir.http.HttpResponse;
import dev.weir.http.Status;
import dev.weir.http.server.Hosts;
import dev.weir.http.server.HttpServer;
import dev.weir.names.VirtualHosts;
import dev.weir.net.Listener;
import dev.weir.net.StreamAcceptor;
import dev.weir.net.Tls;
import dev.weir.sniff.Sniffers;
import dev.weir.sniff.SniffingAcceptor;
import dev.weir.stream.ByteStream;
import dev.weir.stream.StreamHandler;
import dev.weir.tls.TlsServerContext;
import dev.weir.tls.TlsSession;
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
  private final HttpServer http = HttpServer.of(handlers);
  private final StreamAcceptor plain = http.acceptor();
  private final Listener listener;

  /** Whom connections go to: HTTP, with a fallback in front of it once one of the hosts has one. */
  private volatile StreamAcceptor entry = plain;

  /** Listens, and serves the first host from the first connection on. */
  Port(Weir weir, InetSocketAddress address, boolean secure, Host first) {
    this.secure = secure;
    register(first);
    this.listener =
        weir.context().listen(address, secure ? secured(weir, this::accept) : this::accept);
  }

  private @Nullable StreamHandler accept(ByteStream stream) {
    return entry.accept(stream);
  }

  /**
   * Who takes a connection that speaks no HTTP: its host's fallback, or HTTP says what is wrong.
   */
  private @Nullable StreamHandler fallback(ByteStream stream) {
    TlsSession session = stream.carrier().tls();
    Host host = names.find(session == null ? null : session.serverName());
    StreamAcceptor role = host == null ? null : host.fallback();
    return (role == null ? plain : role).accept(stream);
  }

  void sniff() {
    entry = http.withFallback(this::fallback).acceptor();
  }

  /** TLS, and for those who speak plain HTTP by mistake a redirect to where they should be. */
  private StreamAcceptor secured(Weir weir, StreamAcceptor http) {
    return SniffingAcceptor.of(Sniffers.TLS, Tls.server(weir.tls(), this::identityOf, http))
        .then(Sniffers.HTTP_1, HttpServer.of(this::redirect).acceptor())
        .otherwise(Tls.server(weir.tls(), this::identityOf, http));
  }

  private void redirect(HttpRequest request, HttpResponse response) {
    String authority = request.authority();
    int colon = authority.lastIndexOf(':');
    String host = colon > authority.lastIndexOf(']') ? authority.substring(0, colon) : authority;
    response
        .header("connection", "close")
        .redirect(
            Status.PERMANENT_REDIRECT, "https://" + host + ":" + port(request) + request.target());
  }

  private static int port(HttpRequest request) {
    return request.carrier().local() instanceof InetSocketAddress local ? local.getPort() : 443;
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
    if (!hosts.contains(host)) {
      register(host);
    }
  }

  private void register(Host host) {
    if (!host.name().equals(ALL_OTHERS)) {
      handlers.add(host.name(), host.handler());
      names.add(host.name(), host);
    }
    hosts.add(host);
    if (host.fallback() != null) {
      sniff();
    }
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
