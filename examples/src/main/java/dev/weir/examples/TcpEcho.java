package dev.weir.examples;

import dev.weir.net.Context;
import dev.weir.net.Listener;
import dev.weir.stream.ByteStream;
import dev.weir.stream.StreamHandler;
import java.net.SocketAddress;
import java.nio.ByteBuffer;

/** Sends back what comes, no faster than the peer takes it: on TCP, or on a unix socket. */
public final class TcpEcho implements StreamHandler {

  TcpEcho() {}

  /** Listens at an address. */
  public static Listener start(Context context, SocketAddress at) {
    return context.listen(at, stream -> new TcpEcho());
  }

  @Override
  public void received(ByteStream stream, ByteBuffer bytes) {
    stream.write(bytes);
    if (bytes.hasRemaining()) {
      stream.pause();
      stream.wantWritable();
    }
  }

  @Override
  public void writable(ByteStream stream) {
    stream.resume();
  }
}
