package dev.weir.natives.uring;

import dev.weir.natives.posix.CallMemory;
import dev.weir.natives.posix.Errno;
import dev.weir.natives.posix.Libc;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/** The calls of io_uring, for which the C library has no functions. */
final class RingCalls {

  /** As on every processor: newer calls have the same number on all. */
  private static final long IO_URING_SETUP = 425;

  private static final long IO_URING_ENTER = 426;

  /** Wait for completions too. */
  private static final int GETEVENTS = 1;

  private static final int PROT_READ_WRITE = 3;

  /** Shared, and there from the beginning. */
  private static final int MAP_SHARED_POPULATE = 0x8001;

  private static final MethodHandle SETUP =
      Libc.variadic("syscall", 1, FunctionDescriptor.of(Libc.LONG, Libc.LONG, Libc.INT, Libc.LONG));
  private static final MethodHandle ENTER =
      Libc.variadic(
          "syscall",
          1,
          FunctionDescriptor.of(
              Libc.LONG, Libc.LONG, Libc.INT, Libc.INT, Libc.INT, Libc.INT, Libc.LONG, Libc.LONG));
  private static final MethodHandle MMAP =
      Libc.function(
          "mmap",
          FunctionDescriptor.of(
              Libc.LONG, Libc.LONG, Libc.LONG, Libc.INT, Libc.INT, Libc.INT, Libc.LONG));
  private static final MethodHandle MUNMAP =
      Libc.function("munmap", FunctionDescriptor.of(Libc.INT, Libc.LONG, Libc.LONG));

  private RingCalls() {}

  /**
   * Makes a ring.
   *
   * @param parameters a {@code struct io_uring_params}
   * @return its descriptor, which other programs do not inherit
   */
  static int setup(int entries, MemorySegment parameters) {
    CallMemory memory = CallMemory.mine();
    try {
      return Errno.result(
          (long) SETUP.invokeExact(memory.errno(), IO_URING_SETUP, entries, parameters.address()),
          memory);
    } catch (Throwable e) {
      throw Libc.unforeseen(e);
    }
  }

  /**
   * Gives the system entries, and waits for completions.
   *
   * @return how many entries it has taken; it does not wait if that is less than all
   */
  static int enter(int ring, int entries, int completions) {
    CallMemory memory = CallMemory.mine();
    try {
      return Errno.result(
          (long)
              ENTER.invokeExact(
                  memory.errno(), IO_URING_ENTER, ring, entries, completions, GETEVENTS, 0L, 0L),
          memory);
    } catch (Throwable e) {
      throw Libc.unforeseen(e);
    }
  }

  /**
   * Maps a part of a ring.
   *
   * @return where, or 0 if the system refuses
   */
  static long map(int ring, long part, long size) {
    CallMemory memory = CallMemory.mine();
    try {
      long at =
          (long)
              MMAP.invokeExact(
                  memory.errno(), 0L, size, PROT_READ_WRITE, MAP_SHARED_POPULATE, ring, part);
      return at == -1 ? 0 : at;
    } catch (Throwable e) {
      throw Libc.unforeseen(e);
    }
  }

  static void unmap(MemorySegment mapped) {
    CallMemory memory = CallMemory.mine();
    try {
      int _ = (int) MUNMAP.invokeExact(memory.errno(), mapped.address(), mapped.byteSize());
    } catch (Throwable e) {
      throw Libc.unforeseen(e);
    }
  }
}
