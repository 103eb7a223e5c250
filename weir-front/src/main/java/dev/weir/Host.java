package dev.weir;

import dev.weir.http.HttpHandler;
import dev.weir.http.HttpRequest;
import dev.weir.http.Method;
import dev.weir.http.files.FileHandler;
import dev.weir.http.files.FileMount;
import dev.weir.http.server.Routable;
import dev.weir.http.server.Routes;
import dev.weir.net.Listener;
import dev.weir.net.StreamAcceptor;
import dev.weir.tls.Identity;
import dev.weir.tls.TlsServerConfig;
import dev.weir.tls.TlsServerContext;
import dev.weir.websocket.WebSocketEndpoint;
import dev.weir.websocket.WebSocketHandler;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A host of the server: its name, its identity, where it listens, and what there is. Routes are
 * added and removed, and the identity is swapped, while it serves. Any thread.
 */
public final class Host implements Routable<Host> {

  private final Weir weir;
  private final String name;
  private final Routes routes = new Routes();
  private final List<Port> ports = new ArrayList<>();
  private volatile @Nullable TlsServerContext tls;
  private volatile @Nullable StreamAcceptor fallback;

  Host(Weir weir, String name) {
    this.weir = weir;
    this.name = name;
  }

  /** The name that it was added by. */
  public String name() {
    return name;
  }

  // ---- who and where

  /**
   * Sets, or swaps, the keys and chains that clients are shown: one, or one for each kind of key.
   * Handshakes from here on show these; connections that live go on.
   */
  public Host tls(Identity... identities) {
    return tls(TlsServerConfig.of(identities).alpn("h2", "http/1.1").build());
  }

  /** Sets, or swaps, everything about TLS. */
  public Host tls(TlsServerConfig config) {
    tls = weir.tls().server(config);
    return this;
  }

  /** Listens on a port of all addresses: with TLS if {@link #tls} was set before. */
  public Host listen(int port) {
    return listen(new InetSocketAddress(port));
  }

  /** Listens at an address: with TLS if {@link #tls} was set before. Port 0 is any. */
  public Host listen(InetSocketAddress address) {
    return listen(address, tls != null);
  }

  /** Listens at an address without TLS, whatever was set. */
  public Host listenPlain(InetSocketAddress address) {
    return listen(address, false);
  }

  private synchronized Host listen(InetSocketAddress address, boolean secure) {
    Port port = weir.port(address, secure, this);
    port.add(this);
    ports.add(port);
    return this;
  }

  /** Where it listens, in the order in which it was told to. */
  public synchronized List<SocketAddress> addresses() {
    return ports.stream().map(Port::listener).map(Listener::address).toList();
  }

  /** The port of its first address. */
  public synchronized int port() {
    return ports.getFirst().listener().port();
  }

  /** Takes the host away; requests that found it before go on. A port without hosts is closed. */
  public synchronized void remove() {
    for (Port port : ports) {
      if (port.remove(this)) {
        weir.forget(port);
      }
    }
    ports.clear();
  }

  // ---- what there is

  @Override
  public Host on(Method method, String pattern, HttpHandler handler) {
    routes.on(method, pattern, handler);
    return this;
  }

  @Override
  public Host any(String pattern, HttpHandler handler) {
    routes.any(pattern, handler);
    return this;
  }

  @Override
  public Host mount(String prefix, HttpHandler handler) {
    routes.mount(prefix, handler);
    return this;
  }

  @Override
  public boolean remove(String pattern) {
    return routes.remove(pattern);
  }

  @Override
  public boolean unmount(String prefix) {
    return routes.unmount(prefix);
  }

  /** Serves the files of a directory below a path. */
  public Host files(String path, Path directory) {
    return mount(path, FileHandler.of(directory));
  }

  /** Serves files below a path, as the mount says. */
  public Host files(String path, FileMount mount) {
    return mount(path, FileHandler.of(mount));
  }

  /** Opens WebSockets at a path, from pages of this host; each connection gets a new handler. */
  public Host webSocket(String path, Supplier<? extends WebSocketHandler> handlers) {
    return webSocket(path, WebSocketEndpoint.of(handlers));
  }

  /** Opens WebSockets at a path, with a handler made from the request that opens each. */
  public Host webSocket(String path, Function<HttpRequest, WebSocketHandler> handlers) {
    return webSocket(path, WebSocketEndpoint.of(handlers));
  }

  /** Opens WebSockets at a path, as the endpoint says. */
  public Host webSocket(String path, WebSocketEndpoint endpoint) {
    return get(path, endpoint);
  }

  /**
   * Gives connections whose first bytes are no HTTP to another role: those that asked for this host
   * by SNI, or, without TLS, those of the port if this host answers for unknown names there. A
   * connection that says nothing is taken for HTTP.
   */
  public synchronized Host fallback(StreamAcceptor role) {
    fallback = role;
    ports.forEach(Port::sniff);
    return this;
  }

  HttpHandler handler() {
    return routes;
  }

  @Nullable StreamAcceptor fallback() {
    return fallback;
  }

  @Nullable TlsServerContext tlsContext() {
    return tls;
  }
}
