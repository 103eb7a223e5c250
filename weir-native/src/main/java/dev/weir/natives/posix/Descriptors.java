package dev.weir.natives.posix;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/** Descriptors, whatever they stand for. */
public final class Descriptors {

  private static final int F_SETFD = 2;
  private static final int F_GETFL = 3;
  private static final int F_SETFL = 4;
  private static final int FD_CLOEXEC = 1;
  private static final int O_NONBLOCK = 0x800;
  private static final int O_CLOEXEC = 0x80000;

  private static final MethodHandle CLOSE =
      Libc.function("close", FunctionDescriptor.of(Libc.INT, Libc.INT));
  private static final MethodHandle FCNTL =
      Libc.variadic("fcntl", 2, FunctionDescriptor.of(Libc.INT, Libc.INT, Libc.INT, Libc.INT));
  private static final MethodHandle EVENTFD =
      Libc.function("eventfd", FunctionDescriptor.of(Libc.INT, Libc.INT, Libc.INT));
  private static final MethodHandle WRITE =
      Libc.function(
          "write", FunctionDescriptor.of(Libc.LONG, Libc.INT, ValueLayout.ADDRESS, Libc.LONG));

  /** What is written to a counter that wakes. */
  private static final MemorySegment ONE =
      Arena.global().allocateFrom(ValueLayout.JAVA_LONG, 1).asReadOnly();

  private Descriptors() {}

  /** Closes one. It is gone whatever the system answers. */
  public static void close(int descriptor) {
    CallMemory memory = CallMemory.mine();
    try {
      int _ = (int) CLOSE.invokeExact(memory.errno(), descriptor);
    } catch (Throwable e) {
      throw Libc.unforeseen(e);
    }
  }

  /** Makes one that somebody else opened as ours are: nonblocking, and not for other programs. */
  public static int prepare(int descriptor) {
    int flags = fcntl(descriptor, F_GETFL, 0);
    if (flags < 0) {
      return flags;
    }
    int result = fcntl(descriptor, F_SETFL, flags | O_NONBLOCK);
    return result < 0 ? result : fcntl(descriptor, F_SETFD, FD_CLOEXEC);
  }

  private static int fcntl(int descriptor, int command, int argument) {
    CallMemory memory = CallMemory.mine();
    try {
      return Errno.result(
          (int) FCNTL.invokeExact(memory.errno(), descriptor, command, argument), memory);
    } catch (Throwable e) {
      throw Libc.unforeseen(e);
    }
  }

  /** Opens a counter that wakes whoever waits for it (eventfd). */
  public static int counter() {
    CallMemory memory = CallMemory.mine();
    try {
      return Errno.result(
          (int) EVENTFD.invokeExact(memory.errno(), 0, O_NONBLOCK | O_CLOEXEC), memory);
    } catch (Throwable e) {
      throw Libc.unforeseen(e);
    }
  }

  /** Adds one to a counter. */
  public static int count(int descriptor) {
    CallMemory memory = CallMemory.mine();
    try {
      return Errno.result(
          (long) WRITE.invokeExact(memory.errno(), descriptor, ONE, ONE.byteSize()), memory);
    } catch (Throwable e) {
      throw Libc.unforeseen(e);
    }
  }
}
