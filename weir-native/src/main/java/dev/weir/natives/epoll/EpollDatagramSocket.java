package dev.weir.natives.epoll;

import dev.weir.loop.spi.Socket;
import dev.weir.natives.posix.Errno;
import dev.weir.natives.posix.Sender;
import dev.weir.natives.posix.Transfers;
import java.io.IOException;
import java.net.PortUnreachableException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** A datagram socket. */
final class EpollDatagramSocket extends EpollSocket implements Socket.Datagram {

  private final int family;
  private final Sender sender = new Sender();

  EpollDatagramSocket(int descriptor, boolean shared, int family) {
    super(descriptor, shared);
    this.family = family;
  }

  @Override
  public @Nullable SocketAddress receive(ByteBuffer dst) throws IOException {
    int result = check(Transfers.receive(descriptor(), dst, sender));
    return result == -Errno.EAGAIN ? null : sender.address();
  }

  @Override
  public boolean send(ByteBuffer data, @Nullable SocketAddress to) throws IOException {
    return check(Transfers.send(descriptor(), data, to, family)) != -Errno.EAGAIN;
  }

  /** ICMP about something sent before comes as the error of whatever is done next. */
  private static int check(int result) throws IOException {
    if (result == -Errno.ECONNREFUSED) {
      throw new PortUnreachableException();
    }
    return result == -Errno.EAGAIN ? result : Errno.check(result);
  }

  @Override
  public void close() {
    closeDescriptor();
  }
}
