package dev.weir.natives.posix;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/** What can be set and asked of a socket, with the numbers that Linux has for it. */
public enum SocketSettings {
  /** An address of which old connections linger can be had (SO_REUSEADDR). */
  REUSE_ADDRESS(1, 2),

  /** {@link SocketCalls#STREAM} or {@link SocketCalls#DATAGRAM} (SO_TYPE). */
  TYPE(1, 3),

  /** What has gone wrong since it was last asked: the number of an error, or 0 (SO_ERROR). */
  ERROR(1, 4),

  /** Bytes that the system holds for sending (SO_SNDBUF). */
  SEND_BUFFER(1, 7),

  /** Bytes that the system holds of what has come (SO_RCVBUF). */
  RECEIVE_BUFFER(1, 8),

  /** The system probes idle connections (SO_KEEPALIVE). */
  KEEP_ALIVE(1, 9),

  /** Several sockets may have one address (SO_REUSEPORT). */
  REUSE_PORT(1, 15),

  /** Whether it listens (SO_ACCEPTCONN). */
  LISTENS(1, 30),

  /** Small writes leave at once (TCP_NODELAY). */
  NO_DELAY(6, 1),

  /** A socket of IPv6 leaves IPv4 alone (IPV6_V6ONLY). */
  IPV6_ONLY(41, 26);

  private static final int SOL_SOCKET = 1;
  private static final int SO_LINGER = 13;

  private static final MethodHandle SETSOCKOPT =
      Libc.function(
          "setsockopt",
          FunctionDescriptor.of(
              Libc.INT, Libc.INT, Libc.INT, Libc.INT, ValueLayout.ADDRESS, Libc.INT));
  private static final MethodHandle GETSOCKOPT =
      Libc.function(
          "getsockopt",
          FunctionDescriptor.of(
              Libc.INT, Libc.INT, Libc.INT, Libc.INT, ValueLayout.ADDRESS, ValueLayout.ADDRESS));

  private final int level;
  private final int name;

  SocketSettings(int level, int name) {
    this.level = level;
    this.name = name;
  }

  /** Sets it: 1 and 0 for yes and no. */
  public int set(int socket, int value) {
    CallMemory memory = CallMemory.mine();
    memory.length().set(ValueLayout.JAVA_INT, 0, value);
    return set(socket, level, name, memory.length(), Integer.BYTES, memory);
  }

  /** Asks for it. */
  public int get(int socket) {
    CallMemory memory = CallMemory.mine();
    MemorySegment value = memory.address();
    memory.length().set(ValueLayout.JAVA_INT, 0, Integer.BYTES);
    try {
      int result =
          Errno.result(
              (int)
                  GETSOCKOPT.invokeExact(
                      memory.errno(), socket, level, name, value, memory.length()),
              memory);
      return result < 0 ? result : value.get(ValueLayout.JAVA_INT, 0);
    } catch (Throwable e) {
      throw Libc.unforeseen(e);
    }
  }

  /** Has closing a socket be a reset: what is not sent yet is dropped. */
  public static int resetOnClose(int socket) {
    CallMemory memory = CallMemory.mine();
    // struct linger: on, and no time at all.
    memory.address().set(ValueLayout.JAVA_INT, 0, 1);
    memory.address().set(ValueLayout.JAVA_INT, Integer.BYTES, 0);
    return set(socket, SOL_SOCKET, SO_LINGER, memory.address(), 2 * Integer.BYTES, memory);
  }

  private static int set(
      int socket, int level, int name, MemorySegment value, int size, CallMemory memory) {
    try {
      return Errno.result(
          (int) SETSOCKOPT.invokeExact(memory.errno(), socket, level, name, value, size), memory);
    } catch (Throwable e) {
      throw Libc.unforeseen(e);
    }
  }
}
