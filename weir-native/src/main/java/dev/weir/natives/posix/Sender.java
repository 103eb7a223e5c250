package dev.weir.natives.posix;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/** Whom a socket of datagrams has heard from last. Who sends many is one object for all of them. */
public final class Sender {

  private final MemorySegment raw = Arena.ofAuto().allocate(CallMemory.ADDRESS_SIZE, Long.BYTES);
  private int length;
  private @Nullable SocketAddress address;

  /** For a socket that has heard from nobody yet. */
  public Sender() {}

  void heardFrom(MemorySegment from, int size) {
    if (size != length || MemorySegment.mismatch(from, 0, size, raw, 0, size) >= 0) {
      length = size;
      MemorySegment.copy(from, 0, raw, 0, size);
      address = Addresses.decode(raw, size);
    }
  }

  /** The address, or {@code null} if it has none. */
  public @Nullable SocketAddress address() {
    return address;
  }
}
