package dev.weir.natives.posix;

import java.io.IOException;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.ref.Reference;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Bytes from and to sockets. A direct buffer goes by its address. An array goes where it is, no
 * more than {@value #ARRAY_PIECE} bytes of it a call, since the collector has to wait meanwhile.
 *
 * <p>Every call moves the buffer's position by what was transferred.
 */
public final class Transfers {

  /** The most of an array that one call is given, in bytes. */
  public static final int ARRAY_PIECE = 128 * 1024;

  /** A peer that is gone is an error, not a signal. */
  private static final int MSG_NOSIGNAL = 0x4000;

  /** Other bytes follow at once. */
  private static final int MSG_MORE = 0x8000;

  private static final FunctionDescriptor BY_ADDRESS =
      FunctionDescriptor.of(Libc.LONG, Libc.INT, Libc.LONG, Libc.LONG, Libc.INT);
  private static final FunctionDescriptor BY_ARRAY =
      FunctionDescriptor.of(Libc.LONG, Libc.INT, ValueLayout.ADDRESS, Libc.LONG, Libc.INT);

  private static final MethodHandle RECV = Libc.function("recv", BY_ADDRESS);
  private static final MethodHandle RECV_ARRAY = Libc.critical("recv", BY_ARRAY);
  private static final MethodHandle SEND = Libc.function("send", BY_ADDRESS);
  private static final MethodHandle SEND_ARRAY = Libc.critical("send", BY_ARRAY);
  private static final MethodHandle SENDMSG =
      Libc.function(
          "sendmsg", FunctionDescriptor.of(Libc.LONG, Libc.INT, ValueLayout.ADDRESS, Libc.INT));
  private static final MethodHandle RECVFROM =
      Libc.critical(
          "recvfrom",
          FunctionDescriptor.of(
              Libc.LONG,
              Libc.INT,
              ValueLayout.ADDRESS,
              Libc.LONG,
              Libc.INT,
              ValueLayout.ADDRESS,
              ValueLayout.ADDRESS));
  private static final MethodHandle SENDTO =
      Libc.critical(
          "sendto",
          FunctionDescriptor.of(
              Libc.LONG,
              Libc.INT,
              ValueLayout.ADDRESS,
              Libc.LONG,
              Libc.INT,
              ValueLayout.ADDRESS,
              Libc.INT));

  private Transfers() {}

  // ---- streams

  /** Receives what is there; 0 is the end. */
  public static int receive(int socket, ByteBuffer into) {
    CallMemory memory = CallMemory.mine();
    MemorySegment room = MemorySegment.ofBuffer(into);
    long length = into.remaining();
    try {
      long result;
      if (into.isDirect()) {
        result = (long) RECV.invokeExact(memory.errno(), socket, room.address(), length, 0);
      } else {
        long piece = Math.min(length, ARRAY_PIECE);
        result = (long) RECV_ARRAY.invokeExact(memory.errno(), socket, room, piece, 0);
      }
      return moved(into, Errno.result(result, memory));
    } catch (Throwable e) {
      throw Libc.unforeseen(e);
    } finally {
      Reference.reachabilityFence(into);
    }
  }

  /**
   * Sends what the system takes of a buffer, or of a piece of it.
   *
   * @param more whether other bytes follow at once, so that the system need not send a short packet
   */
  public static int send(int socket, ByteBuffer from, boolean more) {
    CallMemory memory = CallMemory.mine();
    MemorySegment bytes = MemorySegment.ofBuffer(from);
    long length = from.remaining();
    int flags = more ? MSG_NOSIGNAL | MSG_MORE : MSG_NOSIGNAL;
    try {
      long result;
      if (from.isDirect()) {
        result = (long) SEND.invokeExact(memory.errno(), socket, bytes.address(), length, flags);
      } else {
        long piece = Math.min(length, ARRAY_PIECE);
        result = (long) SEND_ARRAY.invokeExact(memory.errno(), socket, bytes, piece, flags);
      }
      return moved(from, Errno.result(result, memory));
    } catch (Throwable e) {
      throw Libc.unforeseen(e);
    } finally {
      Reference.reachabilityFence(from);
    }
  }

  /** Sends what the system takes of native memory. */
  static int send(int socket, MemorySegment bytes) {
    CallMemory memory = CallMemory.mine();
    try {
      long result =
          (long)
              SEND.invokeExact(
                  memory.errno(), socket, bytes.address(), bytes.byteSize(), MSG_NOSIGNAL);
      return Errno.result(result, memory);
    } catch (Throwable e) {
      throw Libc.unforeseen(e);
    }
  }

  /** Sends what the system takes of two direct buffers. */
  public static int send(int socket, ByteBuffer first, ByteBuffer second) {
    CallMemory memory = CallMemory.mine();
    MemorySegment message = memory.gather();
    try {
      GatherLayout.fill(
          message,
          MemorySegment.ofBuffer(first).address(),
          first.remaining(),
          MemorySegment.ofBuffer(second).address(),
          second.remaining());
      long sent = (long) SENDMSG.invokeExact(memory.errno(), socket, message, MSG_NOSIGNAL);
      int result = Errno.result(sent, memory);
      int ofFirst = Math.min(result, first.remaining());
      moved(first, ofFirst);
      moved(second, result - ofFirst);
      return result;
    } catch (Throwable e) {
      throw Libc.unforeseen(e);
    } finally {
      Reference.reachabilityFence(first);
      Reference.reachabilityFence(second);
    }
  }

  // ---- datagrams

  /** Receives one datagram; what does not fit is lost. Who sent it is in {@code sender}. */
  public static int receive(int socket, ByteBuffer into, Sender sender) {
    CallMemory memory = CallMemory.mine();
    MemorySegment bytes = MemorySegment.ofBuffer(into);
    MemorySegment length = memory.length();
    length.set(ValueLayout.JAVA_INT, 0, CallMemory.ADDRESS_SIZE);
    try {
      int result =
          Errno.result(
              (long)
                  RECVFROM.invokeExact(
                      memory.errno(), socket, bytes, bytes.byteSize(), 0, memory.address(), length),
              memory);
      if (result >= 0) {
        sender.heardFrom(memory.address(), length.get(ValueLayout.JAVA_INT, 0));
      }
      return moved(into, result);
    } catch (Throwable e) {
      throw Libc.unforeseen(e);
    }
  }

  /**
   * Sends one datagram.
   *
   * @param to where to, or {@code null} if the socket is connected
   * @param family the socket's
   */
  public static int send(int socket, ByteBuffer from, @Nullable SocketAddress to, int family)
      throws IOException {
    CallMemory memory = CallMemory.mine();
    MemorySegment bytes = MemorySegment.ofBuffer(from);
    MemorySegment address = to == null ? MemorySegment.NULL : memory.address();
    int length = to == null ? 0 : Addresses.encode(to, family, memory.address());
    try {
      int result =
          Errno.result(
              (long)
                  SENDTO.invokeExact(
                      memory.errno(),
                      socket,
                      bytes,
                      bytes.byteSize(),
                      MSG_NOSIGNAL,
                      address,
                      length),
              memory);
      return moved(from, result);
    } catch (Throwable e) {
      throw Libc.unforeseen(e);
    }
  }

  private static int moved(ByteBuffer buffer, int count) {
    if (count > 0) {
      buffer.position(buffer.position() + count);
    }
    return count;
  }
}
