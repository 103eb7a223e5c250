package dev.weir.natives.posix;

import java.lang.foreign.Arena;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * The native memory that the calls of one thread need besides buffers: where the system leaves the
 * error's number, and the structures that it is shown. A call fills it, makes the call and is done
 * with it.
 */
public final class CallMemory {

  /** Bytes of the longest address: {@code struct sockaddr_storage}. */
  static final int ADDRESS_SIZE = 128;

  private static final ThreadLocal<CallMemory> OF_THREAD = ThreadLocal.withInitial(CallMemory::new);

  private final MemorySegment errno;

  /** An address, and behind it its length. */
  private final MemorySegment address;

  private final MemorySegment length;
  private final MemorySegment gather;
  private final MemorySegment offset;
  private final MemorySegment vector;

  private CallMemory() {
    Arena arena = Arena.ofAuto();
    errno = arena.allocate(Linker.Option.captureStateLayout());
    address = arena.allocate(ADDRESS_SIZE, Long.BYTES);
    length = arena.allocate(ValueLayout.JAVA_INT);
    gather = arena.allocate(GatherLayout.SIZE, Long.BYTES);
    offset = arena.allocate(Libc.LONG);
    vector = arena.allocate(2 * Libc.LONG.byteSize(), Long.BYTES);
  }

  /** The calling thread's. */
  public static CallMemory mine() {
    return OF_THREAD.get();
  }

  /** Where a call leaves the error's number. */
  public MemorySegment errno() {
    return errno;
  }

  /** Room for an address. */
  MemorySegment address() {
    return address;
  }

  /** The address that the last call has left, if it is of IPv4; else 0. */
  public long inet4() {
    return Addresses.pack(address);
  }

  /** The address that the last call has left, or {@code null} if it has left none. */
  public @Nullable SocketAddress socketAddress() {
    return Addresses.decode(address, length.get(ValueLayout.JAVA_INT, 0));
  }

  /** Room for a number: an address's length, an option's value. */
  MemorySegment length() {
    return length;
  }

  /** Room for a {@link GatherLayout}. */
  MemorySegment gather() {
    return gather;
  }

  /** Room for a place in a file. */
  MemorySegment offset() {
    return offset;
  }

  /** A {@code struct iovec} that names the memory. */
  MemorySegment vector(MemorySegment named) {
    vector.set(Libc.LONG, 0, named.address());
    vector.set(Libc.LONG, Libc.LONG.byteSize(), named.byteSize());
    return vector;
  }

  /** Where in {@link #errno} the number is. */
  static final long ERRNO_OFFSET =
      Linker.Option.captureStateLayout().byteOffset(MemoryLayout.PathElement.groupElement("errno"));
}
