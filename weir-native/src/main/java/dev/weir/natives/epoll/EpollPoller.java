package dev.weir.natives.epoll;

import dev.weir.loop.spi.Poller;
import dev.weir.loop.spi.Socket;
import dev.weir.loop.spi.Sockets;
import dev.weir.natives.posix.Descriptors;
import dev.weir.natives.posix.Errno;
import dev.weir.natives.uring.SendRing;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Waits by epoll, level triggered: a socket is added once, and its interest seldom changes.
 *
 * <p>An event names its descriptor. When a watch ends, what was reported for it and has not been
 * told yet is crossed out, so that it never reaches the next socket of that number.
 */
final class EpollPoller implements Poller {

  /** How many events one wait reports; others come with the next. */
  private static final int EVENTS = 512;

  /** What the wake-up is told as, and what was crossed out: no descriptor has this number. */
  private static final long NOBODY = -1;

  private static final long NANOS_PER_MILLI = 1_000_000;
  private static final long NANOS_PER_SECOND = 1_000_000_000;

  private final Arena arena = Arena.ofAuto();
  private final EpollEvents events = new EpollEvents(arena, EVENTS);
  private final EpollEvents request = new EpollEvents(arena, 1);
  private final MemorySegment timespec = arena.allocate(2 * Long.BYTES, Long.BYTES);
  private final EpollSockets sockets = new EpollSockets();
  private final SendBatch batch;
  private final int epoll;
  private final WakeUp wakeUp;
  private boolean nanoseconds = true;

  /** By descriptor. */
  private @Nullable EpollSocket[] watched = new EpollSocket[64];

  /** Of the events of the last wait, those from here to {@link #reported} have yet to be told. */
  private int next;

  private int reported;

  EpollPoller() throws IOException {
    this(new SendBatch(SendRing::open));
  }

  /** One that sends so. */
  EpollPoller(SendBatch batch) throws IOException {
    this.batch = batch;
    epoll = Errno.check(EpollCalls.create());
    try {
      wakeUp = new WakeUp();
    } catch (IOException e) {
      Descriptors.close(epoll);
      throw e;
    }
    request.set(EpollCalls.IN | EpollCalls.EDGE, NOBODY);
    try {
      Errno.check(EpollCalls.control(epoll, EpollCalls.ADD, wakeUp.descriptor(), request.memory()));
    } catch (IOException e) {
      close();
      throw e;
    }
  }

  @Override
  public Sockets sockets() {
    return sockets;
  }

  @Override
  public Watch watch(Socket socket, int interest, Ready ready) throws IOException {
    EpollSocket mine = (EpollSocket) socket;
    int descriptor = mine.watch(this, interest, ready);
    if (descriptor >= watched.length) {
      watched = Arrays.copyOf(watched, Math.max(descriptor + 1, 2 * watched.length));
    }
    watched[descriptor] = mine;
    int result = control(EpollCalls.ADD, descriptor, EpollSocket.mask(interest));
    if (result < 0) {
      watched[descriptor] = null;
      throw Errno.exception(result);
    }
    return mine;
  }

  /** Changes what the system is to tell of a descriptor. */
  int control(int operation, int descriptor, int mask) {
    request.set(mask, descriptor);
    return EpollCalls.control(epoll, operation, descriptor, request.memory());
  }

  /** Tells nobody of a descriptor any more. Closing it is what makes the system forget it. */
  void forget(int descriptor) {
    watched[descriptor] = null;
    for (int n = next; n < reported; n++) {
      if (events.data(n) == descriptor) {
        events.crossOut(n, NOBODY);
      }
    }
  }

  @Override
  public void poll(long timeoutNanos, Runnable waited) throws IOException {
    int count = await(timeoutNanos);
    wakeUp.heard();
    waited.run();
    if (count < 0) {
      if (count != -Errno.EINTR) {
        throw Errno.exception(count);
      }
      return;
    }
    next = 0;
    reported = count;
    while (next < reported) {
      int n = next++;
      if (events.data(n) != NOBODY) {
        dispatch(events.events(n), (int) events.data(n));
      }
    }
  }

  private void dispatch(int ready, int descriptor) {
    EpollSocket socket = watched[descriptor];
    if (socket == null) {
      // Of a watch that was cancelled and whose descriptor is open all the same: somebody else
      // has it too.
      control(EpollCalls.DELETE, descriptor, 0);
    } else {
      socket.told(ready);
    }
  }

  private int await(long timeoutNanos) {
    if (timeoutNanos == 0 || timeoutNanos == FOREVER) {
      return EpollCalls.await(epoll, events.memory(), EVENTS, timeoutNanos == 0 ? 0 : -1);
    }
    if (nanoseconds) {
      timespec.set(ValueLayout.JAVA_LONG, 0, timeoutNanos / NANOS_PER_SECOND);
      timespec.set(ValueLayout.JAVA_LONG, Long.BYTES, timeoutNanos % NANOS_PER_SECOND);
      int count = EpollCalls.await(epoll, events.memory(), EVENTS, timespec);
      if (count != -Errno.ENOSYS) {
        return count;
      }
      nanoseconds = false;
    }
    // Rounded up: waking before the deadline would only mean another turn.
    long millis = (timeoutNanos + NANOS_PER_MILLI - 1) / NANOS_PER_MILLI;
    return EpollCalls.await(
        epoll, events.memory(), EVENTS, (int) Math.min(millis, Integer.MAX_VALUE));
  }

  /** What sockets send together. */
  SendBatch batch() {
    return batch;
  }

  @Override
  public void writeNow() {
    batch.send();
  }

  @Override
  public void wake() {
    wakeUp.raise();
  }

  @Override
  public long nanoTime() {
    return System.nanoTime();
  }

  @Override
  public void close() {
    batch.close();
    wakeUp.close();
    Descriptors.close(epoll);
  }
}
