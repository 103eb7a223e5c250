package dev.weir.natives.epoll;

import dev.weir.natives.posix.CallMemory;
import dev.weir.natives.posix.Errno;
import dev.weir.natives.posix.Libc;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import org.jspecify.annotations.Nullable;

/** The calls of epoll. */
final class EpollCalls {

  /** There is something to read, or the end. */
  static final int IN = 1;

  /** There is room to write. */
  static final int OUT = 4;

  /** An error, which comes unasked. */
  static final int ERR = 8;

  /** Both directions have ended, which comes unasked. */
  static final int HUP = 0x10;

  /** Told once each time that it becomes so. */
  static final int EDGE = 1 << 31;

  static final int ADD = 1;
  static final int DELETE = 2;
  static final int MODIFY = 3;

  private static final int EPOLL_CLOEXEC = 0x80000;

  private static final MethodHandle CREATE =
      Libc.function("epoll_create1", FunctionDescriptor.of(Libc.INT, Libc.INT));
  private static final MethodHandle CTL =
      Libc.function(
          "epoll_ctl",
          FunctionDescriptor.of(Libc.INT, Libc.INT, Libc.INT, Libc.INT, ValueLayout.ADDRESS));
  private static final MethodHandle WAIT =
      Libc.function(
          "epoll_wait",
          FunctionDescriptor.of(Libc.INT, Libc.INT, ValueLayout.ADDRESS, Libc.INT, Libc.INT));

  /** Waits to the nanosecond: Linux 5.11, glibc 2.35. */
  private static final @Nullable MethodHandle PWAIT2 =
      Libc.find(
              "epoll_pwait2",
              FunctionDescriptor.of(
                  Libc.INT,
                  Libc.INT,
                  ValueLayout.ADDRESS,
                  Libc.INT,
                  ValueLayout.ADDRESS,
                  Libc.LONG))
          .orElse(null);

  private EpollCalls() {}

  static int create() {
    CallMemory memory = CallMemory.mine();
    try {
      return Errno.result((int) CREATE.invokeExact(memory.errno(), EPOLL_CLOEXEC), memory);
    } catch (Throwable e) {
      throw Libc.unforeseen(e);
    }
  }

  /**
   * Begins, ends or changes what a descriptor is watched for.
   *
   * @param event what for, and as what it is told of; see {@link EpollEvents}
   */
  static int control(int epoll, int operation, int descriptor, MemorySegment event) {
    CallMemory memory = CallMemory.mine();
    try {
      return Errno.result(
          (int) CTL.invokeExact(memory.errno(), epoll, operation, descriptor, event), memory);
    } catch (Throwable e) {
      throw Libc.unforeseen(e);
    }
  }

  /**
   * Waits.
   *
   * @param millis how long: 0 not at all, -1 without end
   * @return how many are ready
   */
  static int await(int epoll, MemorySegment events, int most, int millis) {
    CallMemory memory = CallMemory.mine();
    try {
      return Errno.result(
          (int) WAIT.invokeExact(memory.errno(), epoll, events, most, millis), memory);
    } catch (Throwable e) {
      throw Libc.unforeseen(e);
    }
  }

  /**
   * Waits to the nanosecond.
   *
   * @param timespec seconds and nanoseconds
   * @return how many are ready; {@link Errno#ENOSYS} negated where the system cannot
   */
  static int await(int epoll, MemorySegment events, int most, MemorySegment timespec) {
    MethodHandle call = PWAIT2;
    if (call == null) {
      return -Errno.ENOSYS;
    }
    CallMemory memory = CallMemory.mine();
    try {
      return Errno.result(
          (int) call.invokeExact(memory.errno(), epoll, events, most, timespec, 0L), memory);
    } catch (Throwable e) {
      throw Libc.unforeseen(e);
    }
  }
}
