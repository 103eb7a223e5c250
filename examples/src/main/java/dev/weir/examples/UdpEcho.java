package dev.weir.examples;

import dev.weir.net.Context;
import dev.weir.net.DatagramOptions;
import dev.weir.stream.DatagramHandler;
import dev.weir.stream.Datagrams;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;

/** Sends every datagram back to whoever sent it. */
public final class UdpEcho implements DatagramHandler {

  private UdpEcho() {}

  /** Opens the socket; answers the address that it has. */
  public static SocketAddress start(Context context, SocketAddress at) {
    return context.datagrams(at, null, DatagramOptions.DEFAULT, new UdpEcho());
  }

  @Override
  public void received(Datagrams datagrams, ByteBuffer data, SocketAddress from) {
    // False if the system has no room: then this datagram is lost, as any may be.
    datagrams.send(data, from);
  }

  /** Echoes on port 9000 until it is stopped. */
  public static void main(String[] args) {
    try (Context context = Context.start()) {
      start(context, new InetSocketAddress("localhost", 9000));
      context.ended().join();
    }
  }
}
