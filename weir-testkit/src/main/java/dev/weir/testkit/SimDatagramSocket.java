package dev.weir.testkit;

import dev.weir.loop.spi.Poller;
import dev.weir.loop.spi.Socket;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.NotYetConnectedException;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/** A simulated datagram socket. What does not fit its receive buffer is lost. */
final class SimDatagramSocket extends SimSocket implements Socket.Datagram {

  /** RFC 768 and RFC 791: 65,535 less the headers. */
  private static final int MAX_PAYLOAD = 65_507;

  private final InetSocketAddress local;
  private final @Nullable InetSocketAddress peer;
  private final int capacity;
  private final ArrayDeque<Received> waiting = new ArrayDeque<>();
  private int waitingBytes;
  private boolean unreachable;

  SimDatagramSocket(
      SimHost host, InetSocketAddress local, @Nullable InetSocketAddress peer, int capacity) {
    super(host);
    this.local = local;
    this.peer = peer;
    this.capacity = capacity;
  }

  @Override
  int readiness() {
    return Poller.WRITE | (waiting.isEmpty() && !unreachable ? 0 : Poller.READ);
  }

  boolean receivesOn(SocketAddress at, SocketAddress from) {
    return SimHost.matches(local, at) && (peer == null || peer.equals(from));
  }

  boolean isConnected() {
    return peer != null;
  }

  void arrived(byte[] data, SocketAddress from) {
    if (!isClosed() && waitingBytes + data.length <= capacity) {
      waitingBytes += data.length;
      waiting.add(new Received(ByteBuffer.wrap(data), from));
      changed();
    }
  }

  /** RFC 1122 4.1.3.3: a connected socket is told that nobody listens there. */
  void unreachable() {
    if (peer != null && !isClosed()) {
      unreachable = true;
      changed();
    }
  }

  @Override
  public InetSocketAddress local() {
    return local;
  }

  @Override
  public @Nullable SocketAddress receive(ByteBuffer dst) throws IOException {
    checkOpen("receive");
    tellUnreachable();
    Received received = waiting.poll();
    if (received == null) {
      return null;
    }
    ByteBuffer data = received.data;
    waitingBytes -= data.remaining();
    dst.put(data.limit(Math.min(data.remaining(), dst.remaining())));
    return received.from;
  }

  @Override
  public boolean send(ByteBuffer data, @Nullable SocketAddress to) throws IOException {
    checkOpen("send");
    tellUnreachable();
    SocketAddress target = to == null ? peer : to;
    if (target == null) {
      throw new NotYetConnectedException();
    }
    if (data.remaining() > MAX_PAYLOAD) {
      throw new IOException("Message too long");
    }
    byte[] bytes = new byte[data.remaining()];
    data.get(bytes);
    DatagramDelivery.send(this, (InetSocketAddress) target, bytes);
    return true;
  }

  private void tellUnreachable() throws PortUnreachableException {
    if (unreachable) {
      unreachable = false;
      throw new PortUnreachableException("Connection refused");
    }
  }

  @Override
  public void close() {
    closeOnce();
  }

  @Override
  public String toString() {
    return "datagrams on " + local;
  }

  private record Received(ByteBuffer data, SocketAddress from) {}
}
