package dev.weir.natives.epoll;

import dev.weir.loop.spi.Socket;
import dev.weir.loop.spi.UnixSocketFile;
import dev.weir.natives.posix.CallMemory;
import dev.weir.natives.posix.Descriptors;
import dev.weir.natives.posix.Errno;
import dev.weir.natives.posix.SocketCalls;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * A listening socket. What it accepts has its options, for so Linux does it. A unix socket's file
 * goes with it.
 *
 * <p>It holds a descriptor in reserve and gives it up when the process is out of them: whoever is
 * told of that needs one, be it to log by. The JDK's logging opens a file when it first tells the
 * time, and if it cannot, never logs again.
 */
final class EpollListenSocket extends EpollSocket implements Socket.Listen {

  private static final int NONE = -1;

  private final @Nullable UnixSocketFile file;
  private int reserve = NONE;

  /**
   * Accepts by a descriptor that listens.
   *
   * @param file what is to be removed in the end, or {@code null}
   */
  EpollListenSocket(int descriptor, boolean shared, @Nullable UnixSocketFile file) {
    super(descriptor, shared);
    this.file = file;
  }

  @Override
  public @Nullable Stream accept() throws IOException {
    if (reserve < 0) {
      reserve = Descriptors.counter();
    }
    CallMemory memory = CallMemory.mine();
    while (true) {
      int accepted = reserve < 0 ? reserve : SocketCalls.accept(descriptor(), memory);
      if (accepted >= 0) {
        return EpollStreamSocket.accepted(accepted, memory);
      }
      switch (-accepted) {
        case Errno.EAGAIN -> {
          return null;
        }
        case Errno.EMFILE, Errno.ENFILE, Errno.ENOBUFS, Errno.ENOMEM, Errno.EBADF, Errno.EINVAL -> {
          giveUpReserve();
          throw Errno.exception(accepted);
        }
        default -> {
          // That of the connection, which was gone before it was accepted: the next one, please.
        }
      }
    }
  }

  private void giveUpReserve() {
    if (reserve >= 0) {
      Descriptors.close(reserve);
      reserve = NONE;
    }
  }

  @Override
  public void close() {
    giveUpReserve();
    if (file != null) {
      file.remove();
    }
    closeDescriptor();
  }
}
