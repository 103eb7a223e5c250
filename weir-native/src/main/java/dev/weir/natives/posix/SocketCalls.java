package dev.weir.natives.posix;

import java.io.IOException;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/** The calls that make sockets, and say where they are. What they make is nonblocking. */
public final class SocketCalls {

  /** A socket of streams. */
  public static final int STREAM = 1;

  /** A socket of datagrams. */
  public static final int DATAGRAM = 2;

  private static final int SOCK_NONBLOCK = 0x800;
  private static final int SOCK_CLOEXEC = 0x80000;
  private static final int SHUT_WR = 1;

  private static final FunctionDescriptor OF_ADDRESS =
      FunctionDescriptor.of(Libc.INT, Libc.INT, ValueLayout.ADDRESS, Libc.INT);
  private static final FunctionDescriptor TO_ADDRESS =
      FunctionDescriptor.of(Libc.INT, Libc.INT, ValueLayout.ADDRESS, ValueLayout.ADDRESS);
  private static final FunctionDescriptor OF_TWO =
      FunctionDescriptor.of(Libc.INT, Libc.INT, Libc.INT);

  private static final MethodHandle SOCKET =
      Libc.function("socket", FunctionDescriptor.of(Libc.INT, Libc.INT, Libc.INT, Libc.INT));
  private static final MethodHandle BIND = Libc.function("bind", OF_ADDRESS);
  private static final MethodHandle CONNECT = Libc.function("connect", OF_ADDRESS);
  private static final MethodHandle LISTEN = Libc.function("listen", OF_TWO);
  private static final MethodHandle SHUTDOWN = Libc.function("shutdown", OF_TWO);
  private static final MethodHandle GETSOCKNAME = Libc.function("getsockname", TO_ADDRESS);
  private static final MethodHandle GETPEERNAME = Libc.function("getpeername", TO_ADDRESS);
  private static final MethodHandle ACCEPT4 =
      Libc.function(
          "accept4",
          FunctionDescriptor.of(
              Libc.INT, Libc.INT, ValueLayout.ADDRESS, ValueLayout.ADDRESS, Libc.INT));

  private SocketCalls() {}

  /**
   * Makes a socket.
   *
   * @param family one of {@link Addresses}
   * @param type {@link #STREAM} or {@link #DATAGRAM}
   */
  public static int socket(int family, int type) {
    CallMemory memory = CallMemory.mine();
    try {
      return Errno.result(
          (int) SOCKET.invokeExact(memory.errno(), family, type | SOCK_NONBLOCK | SOCK_CLOEXEC, 0),
          memory);
    } catch (Throwable e) {
      throw Libc.unforeseen(e);
    }
  }

  /** Gives a socket of {@code family} its address. */
  public static int bind(int socket, SocketAddress at, int family) throws IOException {
    return withAddress(BIND, socket, at, family);
  }

  /** Begins to connect a socket of {@code family}, or names its only peer. */
  public static int connect(int socket, SocketAddress to, int family) throws IOException {
    return withAddress(CONNECT, socket, to, family);
  }

  private static int withAddress(MethodHandle call, int socket, SocketAddress address, int family)
      throws IOException {
    CallMemory memory = CallMemory.mine();
    int length = Addresses.encode(address, family, memory.address());
    try {
      return Errno.result(
          (int) call.invokeExact(memory.errno(), socket, memory.address(), length), memory);
    } catch (Throwable e) {
      throw Libc.unforeseen(e);
    }
  }

  /** Begins to listen. */
  public static int listen(int socket, int backlog) {
    return withInt(LISTEN, socket, backlog);
  }

  /** Ends our direction. */
  public static int shutdownOutput(int socket) {
    return withInt(SHUTDOWN, socket, SHUT_WR);
  }

  private static int withInt(MethodHandle call, int socket, int argument) {
    CallMemory memory = CallMemory.mine();
    try {
      return Errno.result((int) call.invokeExact(memory.errno(), socket, argument), memory);
    } catch (Throwable e) {
      throw Libc.unforeseen(e);
    }
  }

  /**
   * Takes a connection.
   *
   * @param memory the calling thread's, where the peer's address is left
   */
  public static int accept(int socket, CallMemory memory) {
    MemorySegment length = memory.length();
    length.set(ValueLayout.JAVA_INT, 0, CallMemory.ADDRESS_SIZE);
    try {
      return Errno.result(
          (int)
              ACCEPT4.invokeExact(
                  memory.errno(), socket, memory.address(), length, SOCK_NONBLOCK | SOCK_CLOEXEC),
          memory);
    } catch (Throwable e) {
      throw Libc.unforeseen(e);
    }
  }

  /** The address of a socket, or {@code null} if it has none. */
  public static @Nullable SocketAddress local(int socket) {
    return address(GETSOCKNAME, socket);
  }

  /** The address of a socket's peer, or {@code null} if it has none. */
  public static @Nullable SocketAddress remote(int socket) {
    return address(GETPEERNAME, socket);
  }

  /** Whether a socket is connected. */
  public static boolean isConnected(int socket) {
    return nameOf(GETPEERNAME, socket, CallMemory.mine()) >= 0;
  }

  /** The family of a socket, or the negated number of an error: it is none, for one. */
  public static int family(int socket) {
    CallMemory memory = CallMemory.mine();
    int length = nameOf(GETSOCKNAME, socket, memory);
    return length < 0 ? length : memory.address().get(ValueLayout.JAVA_SHORT, 0);
  }

  private static @Nullable SocketAddress address(MethodHandle call, int socket) {
    CallMemory memory = CallMemory.mine();
    int length = nameOf(call, socket, memory);
    return length < 0 ? null : Addresses.decode(memory.address(), length);
  }

  /** The length of the address that is then in the call's memory. */
  private static int nameOf(MethodHandle call, int socket, CallMemory memory) {
    MemorySegment length = memory.length();
    length.set(ValueLayout.JAVA_INT, 0, CallMemory.ADDRESS_SIZE);
    try {
      int result =
          Errno.result(
              (int) call.invokeExact(memory.errno(), socket, memory.address(), length), memory);
      return result < 0 ? result : length.get(ValueLayout.JAVA_INT, 0);
    } catch (Throwable e) {
      throw Libc.unforeseen(e);
    }
  }
}
