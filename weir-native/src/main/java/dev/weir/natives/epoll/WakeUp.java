package dev.weir.natives.epoll;

import dev.weir.natives.posix.Descriptors;
import dev.weir.natives.posix.Errno;
import java.io.IOException;

/**
 * A counter that a poller watches, and that other threads raise to wake it. It is watched by its
 * edges: each raise is told once, and nobody has to read it.
 */
final class WakeUp {

  private final int counter;
  private boolean raised;
  private boolean closed;

  WakeUp() throws IOException {
    this.counter = Errno.check(Descriptors.counter());
  }

  int descriptor() {
    return counter;
  }

  /** Any thread. One that comes too late does nothing: the number may be another's by then. */
  synchronized void raise() {
    if (!raised && !closed) {
      raised = true;
      Descriptors.count(counter);
    }
  }

  /** The poller is awake: whoever comes from here on wants it to wake once more. */
  synchronized void heard() {
    raised = false;
  }

  synchronized void close() {
    closed = true;
    Descriptors.close(counter);
  }
}
