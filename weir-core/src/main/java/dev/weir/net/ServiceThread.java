package dev.weir.net;

import dev.weir.loop.Loop;
import dev.weir.loop.spi.Poller;
import dev.weir.loop.spi.Socket;
import dev.weir.stream.StreamHandler;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** One loop of a context with the connections that live on it. */
final class ServiceThread {

  final Loop loop;
  final Connections connections = new Connections();

  ServiceThread(Loop loop) {
    this.loop = loop;
  }

  /** Opens a stream on a connected socket. Loop thread. */
  void open(
      Socket.Stream socket,
      Poller.@Nullable Watch watch,
      @Nullable ByteBuffer alreadyRead,
      StreamAcceptor acceptor) {
    SocketStream stream;
    try {
      stream = new SocketStream(loop, socket, watch, connections);
    } catch (IOException e) {
      // The system refuses to watch it; the peer sees a reset and may try again.
      socket.abort();
      return;
    }
    StreamHandler handler = acceptor.accept(stream);
    if (handler == null) {
      stream.reset(-1);
    } else {
      stream.open(handler, alreadyRead);
    }
  }

  /** Asks every connection to come to its end. Loop thread. */
  void drain() {
    connections.snapshot().forEach(SocketStream::drain);
  }

  /** Cuts every connection. Loop thread. */
  void cut() {
    connections.snapshot().forEach(stream -> stream.reset(-1));
  }
}
