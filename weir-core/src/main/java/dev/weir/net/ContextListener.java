package dev.weir.net;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** What the user holds of one or more {@link SocketListener}s. */
record ContextListener(
    Context context,
    SocketAddress address,
    List<SocketListener> parts,
    AtomicLong acceptedCount,
    AtomicLong exhaustedCount)
    implements Listener {

  @Override
  public int port() {
    return address instanceof InetSocketAddress inet ? inet.getPort() : -1;
  }

  @Override
  public long accepted() {
    return acceptedCount.get();
  }

  @Override
  public long exhausted() {
    return exhaustedCount.get();
  }

  @Override
  public void close() {
    context.forget(this);
    parts.forEach(SocketListener::close);
  }
}
