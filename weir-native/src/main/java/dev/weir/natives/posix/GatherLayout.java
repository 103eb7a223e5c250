package dev.weir.natives.posix;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * A {@code struct msghdr} with two {@code struct iovec} behind it, on systems of 64 bits: two
 * pieces of memory that leave by one {@code sendmsg}.
 *
 * <pre>
 *  0 msg_name     8 msg_namelen   16 msg_iov    24 msg_iovlen
 * 32 msg_control 40 msg_controllen 48 msg_flags 56 the vectors: iov_base, iov_len, twice
 * </pre>
 */
final class GatherLayout {

  static final long SIZE = 88;

  private static final long IOV = 16;
  private static final long IOV_LENGTH = 24;
  private static final long VECTORS = 56;

  private GatherLayout() {}

  static void fill(
      MemorySegment message, long first, long firstLength, long second, long secondLength) {
    message.set(ValueLayout.JAVA_LONG, IOV, message.address() + VECTORS);
    message.set(ValueLayout.JAVA_LONG, IOV_LENGTH, 2);
    message.set(ValueLayout.JAVA_LONG, VECTORS, first);
    message.set(ValueLayout.JAVA_LONG, VECTORS + 8, firstLength);
    message.set(ValueLayout.JAVA_LONG, VECTORS + 16, second);
    message.set(ValueLayout.JAVA_LONG, VECTORS + 24, secondLength);
  }
}
