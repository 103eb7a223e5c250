package dev.weir.natives.epoll;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * An array of {@code struct epoll_event}: what a descriptor is ready for, and the 64 bits that were
 * given for it. The structure is packed on x86_64, and on no other processor.
 */
final class EpollEvents {

  private static final boolean PACKED = System.getProperty("os.arch", "").equals("amd64");

  /** Bytes of one. */
  static final int SIZE = PACKED ? 12 : 16;

  private static final int DATA = PACKED ? 4 : 8;

  private final MemorySegment memory;

  EpollEvents(Arena arena, int capacity) {
    this.memory = arena.allocate((long) SIZE * capacity, Long.BYTES);
  }

  MemorySegment memory() {
    return memory;
  }

  int events(int index) {
    return memory.get(ValueLayout.JAVA_INT_UNALIGNED, (long) index * SIZE);
  }

  long data(int index) {
    return memory.get(ValueLayout.JAVA_LONG_UNALIGNED, (long) index * SIZE + DATA);
  }

  /** Gives one that was reported other data. */
  void crossOut(int index, long data) {
    memory.set(ValueLayout.JAVA_LONG_UNALIGNED, (long) index * SIZE + DATA, data);
  }

  /** Sets the first. */
  void set(int events, long data) {
    memory.set(ValueLayout.JAVA_INT_UNALIGNED, 0, events);
    memory.set(ValueLayout.JAVA_LONG_UNALIGNED, DATA, data);
  }
}
