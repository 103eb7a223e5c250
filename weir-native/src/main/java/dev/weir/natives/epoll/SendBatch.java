package dev.weir.natives.epoll;

import dev.weir.loop.spi.Socket;
import dev.weir.natives.posix.Errno;
import dev.weir.natives.posix.Transfers;
import dev.weir.natives.uring.SendRing;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What the sockets of a loop send at the end of a turn, by one call for all of them where the
 * system lets us, else by one for each.
 */
final class SendBatch {

  private static final int CAPACITY = SendRing.CAPACITY;

  private final @Nullable EpollStreamSocket[] sockets = new EpollStreamSocket[CAPACITY];
  private final @Nullable ByteBuffer[] buffers = new ByteBuffer[CAPACITY];
  private final Socket.Stream.@Nullable Written[] waiting = new Socket.Stream.Written[CAPACITY];

  /** What has come of the sends that are to be told of. */
  private final int[] results = new int[CAPACITY];

  private int count;
  private boolean sending;

  /** Opens the ring when it is first of use, then {@code null}. */
  private @Nullable Supplier<@Nullable SendRing> opener;

  private @Nullable SendRing ring;

  /**
   * @param opener answers {@code null} where there is no ring to be had
   */
  SendBatch(Supplier<@Nullable SendRing> opener) {
    this.opener = opener;
  }

  /** As {@link Socket.Stream#writeSoon}. */
  void add(EpollStreamSocket socket, ByteBuffer bytes, Socket.Stream.Written then) {
    if (sending || !bytes.isDirect()) {
      socket.writeAlone(bytes, then);
      return;
    }
    if (count == CAPACITY) {
      send();
    }
    sockets[count] = socket;
    buffers[count] = bytes;
    waiting[count] = then;
    count++;
  }

  /** Sends what was added, and then tells all who wait for that. */
  void send() {
    if (count == 0) {
      return;
    }
    int all = count;
    count = 0;
    sending = true;
    Throwable problem = null;
    try {
      send(all);
      for (int n = 0; n < all; n++) {
        problem = tell(n, problem);
      }
    } finally {
      sending = false;
    }
    if (problem instanceof Error error) {
      throw error;
    } else if (problem instanceof RuntimeException exception) {
      throw exception;
    }
  }

  private void send(int all) {
    SendRing together = all > 1 ? ring() : null;
    if (together != null) {
      for (int n = 0; n < all; n++) {
        together.add(socket(n).descriptor(), buffer(n));
      }
      together.send();
    }
    for (int n = 0; n < all; n++) {
      int result = together == null ? SendRing.NOT_TRIED : together.result(n);
      if (result == SendRing.NOT_TRIED) {
        result = Transfers.send(socket(n).descriptor(), buffer(n), false);
      } else if (result > 0) {
        buffer(n).position(buffer(n).position() + result);
      }
      results[n] = result;
    }
  }

  /** Tells one; a problem that it has keeps nobody else from being told. */
  private @Nullable Throwable tell(int n, @Nullable Throwable problem) {
    Socket.Stream.Written then = Objects.requireNonNull(waiting[n]);
    sockets[n] = null;
    buffers[n] = null;
    waiting[n] = null;
    int result = results[n];
    try {
      if (result >= 0) {
        then.written(result, null);
      } else {
        then.written(0, result == -Errno.EAGAIN ? null : Errno.exception(result));
      }
    } catch (RuntimeException | Error e) {
      return problem == null ? e : problem;
    }
    return problem;
  }

  private EpollStreamSocket socket(int n) {
    return Objects.requireNonNull(sockets[n]);
  }

  private ByteBuffer buffer(int n) {
    return Objects.requireNonNull(buffers[n]);
  }

  private @Nullable SendRing ring() {
    Supplier<@Nullable SendRing> first = opener;
    if (first != null) {
      opener = null;
      ring = first.get();
    }
    return ring;
  }

  void close() {
    SendRing by = ring;
    if (by != null) {
      ring = null;
      by.close();
    }
  }
}
