package dev.weir.natives.epoll;

import static dev.weir.loop.spi.Poller.READ;
import static dev.weir.loop.spi.Poller.RESET;
import static dev.weir.loop.spi.Poller.WRITE;

import dev.weir.loop.spi.Poller;
import dev.weir.natives.posix.Descriptors;
import dev.weir.natives.posix.Errno;
import dev.weir.natives.posix.SocketCalls;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.net.SocketAddress;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A descriptor, and its watch once it has one: one object for both, and all that an idle connection
 * has below its stream. What the system knows is asked of the system.
 *
 * <p>A descriptor's number is given to the next socket as soon as it is closed. So whoever uses it
 * on another thread than the loop's holds it meanwhile, and the last who lets go of a closed one
 * closes it.
 */
abstract class EpollSocket implements Poller.Watch {

  private static final VarHandle USE;

  static {
    try {
      USE = MethodHandles.lookup().findVarHandle(EpollSocket.class, "use", byte.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  /** Of {@link #use}: its owner has closed it. What is above counts those who hold it. */
  private static final int CLOSED = 1;

  private static final int HOLDER = 2;

  /** Of {@link #state}: others may have it open, so that closing it does not end its watch. */
  private static final int SHARED = 1;

  /** Of {@link #state}: taken out of the watch, as something came that nobody had asked for. */
  private static final int MUTED = 2;

  private final int descriptor;
  private @Nullable EpollPoller poller;
  private Poller.@Nullable Ready ready;
  private byte interest;
  private byte state;
  private volatile byte use;

  /**
   * Owns a descriptor from here on.
   *
   * @param shared whether it was opened by somebody else, who may have it open too
   */
  EpollSocket(int descriptor, boolean shared) {
    this.descriptor = descriptor;
    this.state = (byte) (shared ? SHARED : 0);
  }

  /** Who watches, or has watched; {@code null} before. */
  final @Nullable EpollPoller poller() {
    return poller;
  }

  final int descriptor() {
    return descriptor;
  }

  /** What epoll is to tell of. Errors and hang-ups it tells of anyway, and so of a reset. */
  static int mask(int ops) {
    return ((ops & READ) != 0 ? EpollCalls.IN : 0) | ((ops & WRITE) != 0 ? EpollCalls.OUT : 0);
  }

  /** Begins to be watched, by an epoll that is told next. */
  final int watch(EpollPoller by, int ops, Poller.Ready told) {
    poller = by;
    interest = (byte) ops;
    ready = told;
    return descriptor;
  }

  @Override
  public final void interest(int ops) {
    int before = interest;
    interest = (byte) ops;
    if ((state & MUTED) != 0) {
      if (ops != 0) {
        state &= ~MUTED;
        control(EpollCalls.ADD, mask(ops));
      }
    } else if (mask(ops) != mask(before)) {
      control(EpollCalls.MODIFY, mask(ops));
    }
  }

  @Override
  public final void ready(Poller.Ready next) {
    ready = next;
  }

  @Override
  public final void cancel() {
    interest = 0;
    EpollPoller by = Objects.requireNonNull(poller);
    by.forget(descriptor);
    if ((state & SHARED) != 0) {
      by.control(EpollCalls.DELETE, descriptor, 0);
    }
  }

  /** The system says what it is ready for. */
  final void told(int events) {
    int ops = 0;
    if ((events & EpollCalls.IN) != 0) {
      ops |= READ;
    }
    if ((events & EpollCalls.OUT) != 0) {
      ops |= WRITE;
    }
    if ((events & (EpollCalls.ERR | EpollCalls.HUP)) != 0) {
      // Whatever is done next finds out what it is.
      ops |= READ | WRITE | RESET;
    }
    ops &= interest;
    if (ops != 0) {
      Objects.requireNonNull(ready).ready(ops);
    } else {
      // It would be told again and again, until somebody is interested.
      state |= MUTED;
      control(EpollCalls.DELETE, 0);
    }
  }

  private void control(int operation, int mask) {
    int result = Objects.requireNonNull(poller).control(operation, descriptor, mask);
    if (result < 0) {
      throw new UncheckedIOException("a socket can be watched no more", Errno.exception(result));
    }
  }

  // ---- the descriptor's life

  /** Keeps the descriptor from being closed; answers no if it is closed already. Any thread. */
  final boolean hold() {
    while (true) {
      byte now = use;
      if ((now & CLOSED) != 0) {
        return false;
      }
      if (USE.compareAndSet(this, now, (byte) (now + HOLDER))) {
        return true;
      }
    }
  }

  /** Lets go of it. Any thread. */
  final void letGo() {
    if ((byte) USE.getAndAdd(this, (byte) -HOLDER) == (CLOSED | HOLDER)) {
      Descriptors.close(descriptor);
    }
  }

  /** Closes the descriptor, as soon as nobody holds it. */
  final void closeDescriptor() {
    if ((byte) USE.getAndBitwiseOr(this, (byte) CLOSED) == 0) {
      Descriptors.close(descriptor);
    }
  }

  /** The address that it is bound to, while it is open. Any thread. */
  public final @Nullable SocketAddress local() {
    if (!hold()) {
      return null;
    }
    try {
      return SocketCalls.local(descriptor);
    } finally {
      letGo();
    }
  }
}
