package dev.weir.net;

import dev.weir.stream.Carrier;
import dev.weir.tls.TlsEngine;
import dev.weir.tls.TlsSession;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/** The carrier below, and what protects it once the handshake is done. */
record TlsCarrier(Carrier below, TlsEngine engine) implements Carrier {

  @Override
  public long id() {
    return below.id();
  }

  @Override
  public @Nullable SocketAddress local() {
    return below.local();
  }

  @Override
  public @Nullable SocketAddress remote() {
    return below.remote();
  }

  @Override
  public @Nullable TlsSession tls() {
    return engine.handshakeComplete() ? engine.session() : null;
  }

  @Override
  public long ageNanos() {
    return below.ageNanos();
  }

  @Override
  public long bytesIn() {
    return below.bytesIn();
  }

  @Override
  public long bytesOut() {
    return below.bytesOut();
  }

  @Override
  public String toString() {
    return below + " (tls)";
  }
}
