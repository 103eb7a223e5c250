package dev.weir.net;

import dev.weir.stream.ByteStream;
import dev.weir.stream.StreamHandler;
import dev.weir.tls.SniSelector;
import dev.weir.tls.TlsClientContext;
import dev.weir.tls.TlsEngine;
import dev.weir.tls.TlsProvider;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * TLS as a carrier: a byte stream over any byte stream. The handler above is told that the stream
 * is open when the handshake is done, and finds what was agreed in {@link
 * dev.weir.stream.Carrier#tls()}. Any thread.
 */
public final class Tls {

  /**
   * How long a handshake may take, from the first byte that could be sent, unless told otherwise.
   */
  public static final Duration HANDSHAKE_TIMEOUT = Duration.ofSeconds(10);

  private Tls() {}

  /**
   * Puts TLS in front of an acceptor.
   *
   * @param hosts chooses keys and protocols by the name that the client asks for
   * @param next accepts what has passed its handshake; asked before the handshake begins
   */
  public static StreamAcceptor server(
      TlsProvider provider, SniSelector hosts, StreamAcceptor next) {
    return inner -> start(inner, provider.accept(hosts), next);
  }

  private static @Nullable StreamHandler start(
      ByteStream inner, TlsEngine engine, StreamAcceptor next) {
    TlsStream outer = new TlsStream(inner, engine, HANDSHAKE_TIMEOUT);
    StreamHandler handler = next.accept(outer);
    if (handler == null) {
      engine.close();
      return null;
    }
    outer.handler(handler);
    return outer;
  }

  /**
   * Puts TLS in front of a client's handler, to connect with or to go on with after an upgrade.
   *
   * @param host the name that the server must prove
   * @param port with {@code host} the key under which sessions are remembered
   * @param handler told {@code opened} when the handshake is done, or {@code closed} if it fails
   */
  public static StreamHandler client(
      TlsClientContext context, String host, int port, StreamHandler handler) {
    return client(context, host, port, HANDSHAKE_TIMEOUT, handler);
  }

  /**
   * As the other, with a limit of its own for the handshake.
   *
   * @param timeout past it the handler is told {@code closed} with a {@link
   *     dev.weir.stream.StreamException.TimedOut} of layer {@code tls}
   */
  public static StreamHandler client(
      TlsClientContext context, String host, int port, Duration timeout, StreamHandler handler) {
    return new TlsConnecting(context, host, port, timeout, handler);
  }
}
