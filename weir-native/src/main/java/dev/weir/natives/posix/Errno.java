package dev.weir.natives.posix;

import java.io.IOException;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.net.BindException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;

/** The numbers of errors, as Linux has them on every processor that Weir runs on. */
public final class Errno {

  /** No such file. */
  public static final int ENOENT = 2;

  /** Interrupted by a signal. */
  public static final int EINTR = 4;

  /** Not an open descriptor. */
  public static final int EBADF = 9;

  /** Nothing there yet, or no room yet. */
  public static final int EAGAIN = 11;

  /** Out of memory. */
  public static final int ENOMEM = 12;

  static final int EACCES = 13;

  /** The arguments make no sense. */
  public static final int EINVAL = 22;

  /** The system is out of descriptors. */
  public static final int ENFILE = 23;

  /** The process is out of descriptors. */
  public static final int EMFILE = 24;

  /** Nobody reads any more. */
  public static final int EPIPE = 32;

  /** The system has no such call. */
  public static final int ENOSYS = 38;

  /** Too long for a datagram. */
  public static final int EMSGSIZE = 90;

  /** Not of this kind of file or socket. */
  static final int EOPNOTSUPP = 95;

  /** The system knows no addresses of this family. */
  public static final int EAFNOSUPPORT = 97;

  static final int EADDRINUSE = 98;

  /** The address is none of this machine's. */
  public static final int EADDRNOTAVAIL = 99;

  /** The connection was cut before it was accepted. */
  public static final int ECONNABORTED = 103;

  /** The peer has cut. */
  public static final int ECONNRESET = 104;

  /** No room for buffers. */
  public static final int ENOBUFS = 105;

  /** Not connected. */
  public static final int ENOTCONN = 107;

  static final int ETIMEDOUT = 110;

  /** Nobody listens. */
  public static final int ECONNREFUSED = 111;

  static final int EHOSTUNREACH = 113;

  /** The connection has begun and is not there yet. */
  public static final int EINPROGRESS = 115;

  private static final MethodHandle STRERROR =
      Libc.plain("strerror", FunctionDescriptor.of(ValueLayout.ADDRESS, Libc.INT));

  /** Longer than any of the C library's texts. */
  private static final long TEXT_SIZE = 1024;

  private Errno() {}

  /** What a call has returned, or the negated number of its error if it was -1. */
  public static int result(int returned, CallMemory memory) {
    return returned == -1 ? -last(memory) : returned;
  }

  /** As {@link #result(int, CallMemory)}, for calls that return a {@code ssize_t}. */
  public static int result(long returned, CallMemory memory) {
    return returned == -1 ? -last(memory) : (int) returned;
  }

  private static int last(CallMemory memory) {
    return memory.errno().get(ValueLayout.JAVA_INT, CallMemory.ERRNO_OFFSET);
  }

  /** The system's text for an error. */
  @SuppressWarnings("restricted") // The C library ends its texts with a zero.
  public static String text(int number) {
    try {
      MemorySegment text = (MemorySegment) STRERROR.invokeExact(number);
      return text.reinterpret(TEXT_SIZE).getString(0);
    } catch (Throwable e) {
      throw Libc.unforeseen(e);
    }
  }

  /**
   * The exception that the JDK has for an error.
   *
   * @param result what a call has answered: the negated number
   */
  public static IOException exception(int result) {
    String text = text(-result);
    return switch (-result) {
      case EADDRINUSE, EADDRNOTAVAIL, EACCES -> new BindException(text);
      case ECONNREFUSED, ETIMEDOUT -> new ConnectException(text);
      case EHOSTUNREACH -> new NoRouteToHostException(text);
      default -> new SocketException(text);
    };
  }

  /**
   * Makes an exception of an error.
   *
   * @param result what a call has answered
   * @return the same, if it is no error
   */
  public static int check(int result) throws IOException {
    if (result < 0) {
      throw exception(result);
    }
    return result;
  }
}
