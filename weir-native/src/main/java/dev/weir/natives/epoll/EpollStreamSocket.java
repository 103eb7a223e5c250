package dev.weir.natives.epoll;

import dev.weir.loop.spi.Socket;
import dev.weir.natives.posix.Addresses;
import dev.weir.natives.posix.CallMemory;
import dev.weir.natives.posix.Errno;
import dev.weir.natives.posix.FileBytes;
import dev.weir.natives.posix.SocketCalls;
import dev.weir.natives.posix.SocketSettings;
import dev.weir.natives.posix.Transfers;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import org.jspecify.annotations.Nullable;

/** A stream socket, TCP or unix. */
final class EpollStreamSocket extends EpollSocket implements Socket.Stream {

  /** The peer, if it is of IPv4: a number, where the JDK would take five objects. Else 0. */
  private final long inet4;

  private final @Nullable SocketAddress other;

  private EpollStreamSocket(
      int descriptor, boolean shared, long inet4, @Nullable SocketAddress other) {
    super(descriptor, shared);
    this.inet4 = inet4;
    this.other = other;
  }

  /** One that has just been accepted, and whose peer the call has left in {@code memory}. */
  static EpollStreamSocket accepted(int descriptor, CallMemory memory) {
    long inet4 = memory.inet4();
    return new EpollStreamSocket(
        descriptor, false, inet4, inet4 == 0 ? memory.socketAddress() : null);
  }

  /**
   * One whose peer is known.
   *
   * @param shared whether it was opened by somebody else, who may have it open too
   */
  static EpollStreamSocket of(int descriptor, boolean shared, @Nullable SocketAddress peer) {
    return new EpollStreamSocket(descriptor, shared, 0, peer);
  }

  /** Known for good: the system forgets it as soon as the peer cuts. */
  @Override
  public @Nullable SocketAddress remote() {
    return inet4 == 0 ? other : Addresses.unpack(inet4);
  }

  @Override
  public boolean finishConnect() throws IOException {
    int error = Errno.check(SocketSettings.ERROR.get(descriptor()));
    if (error != 0) {
      throw Errno.exception(-error);
    }
    return SocketCalls.isConnected(descriptor());
  }

  @Override
  public int read(ByteBuffer dst) throws IOException {
    if (!dst.hasRemaining()) {
      return 0;
    }
    int count = Transfers.receive(descriptor(), dst);
    if (count > 0) {
      return count;
    }
    return count == 0 ? -1 : noneOrError(count);
  }

  @Override
  public int write(ByteBuffer src) throws IOException {
    finishWriting();
    return write(src, false);
  }

  @Override
  public void writeSoon(ByteBuffer src, Written then) {
    EpollPoller by = poller();
    if (by == null) {
      writeAlone(src, then);
    } else {
      by.batch().add(this, src, then);
    }
  }

  /** Writes at once, and tells. */
  void writeAlone(ByteBuffer src, Written then) {
    Socket.Stream.super.writeSoon(src, then);
  }

  /** What was to be written soon comes before whatever is done next. */
  private void finishWriting() {
    EpollPoller by = poller();
    if (by != null) {
      by.writeNow();
    }
  }

  private int write(ByteBuffer src, boolean more) throws IOException {
    int total = 0;
    while (src.hasRemaining()) {
      int offered = src.isDirect() ? src.remaining() : piece(src);
      int count = Transfers.send(descriptor(), src, more);
      if (count < 0) {
        return total + noneOrError(count);
      }
      total += count;
      if (count < offered) {
        return total;
      }
    }
    return total;
  }

  private static int piece(ByteBuffer array) {
    return Math.min(array.remaining(), Transfers.ARRAY_PIECE);
  }

  @Override
  public long write(ByteBuffer first, ByteBuffer second) throws IOException {
    finishWriting();
    if (first.isDirect() && second.isDirect()) {
      int count = Transfers.send(descriptor(), first, second);
      return count < 0 ? noneOrError(count) : count;
    }
    // An array cannot be named in the list that the system is given.
    int count = write(first, true);
    return first.hasRemaining() ? count : (long) count + write(second, false);
  }

  @Override
  public long write(FileChannel file, long position, long count) throws IOException {
    // On a worker, while the loop may close the socket.
    if (!hold()) {
      throw new ClosedChannelException();
    }
    try {
      int sent = FileBytes.send(descriptor(), file, position, count);
      return sent < 0 ? noneOrError(sent) : sent;
    } finally {
      letGo();
    }
  }

  private static int noneOrError(int result) throws IOException {
    if (result == -Errno.EAGAIN) {
      return 0;
    }
    throw Errno.exception(result);
  }

  @Override
  public void shutdownOutput() throws IOException {
    finishWriting();
    Errno.check(SocketCalls.shutdownOutput(descriptor()));
  }

  @Override
  public void abort() {
    finishWriting();
    // Where the system cannot, an ordinary close is all there is.
    SocketSettings.resetOnClose(descriptor());
    close();
  }

  @Override
  public void close() {
    finishWriting();
    closeDescriptor();
  }
}
