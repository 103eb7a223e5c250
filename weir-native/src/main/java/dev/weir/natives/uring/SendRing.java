package dev.weir.natives.uring;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.weir.natives.posix.Descriptors;
import dev.weir.natives.posix.Errno;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Sends to many sockets by one call of the system (io_uring(7)). Each send is tried once, as
 * send(2) on a nonblocking socket is, and all have been when the call is over: nothing is under way
 * between two calls. One thread at a time.
 */
@SuppressWarnings("restricted") // What is mapped has the size that was asked for.
public final class SendRing implements AutoCloseable {

  /** How many sends one call is given at most. */
  public static final int CAPACITY = 32;

  /** The result of a send that the system has not looked at. */
  public static final int NOT_TRIED = Integer.MIN_VALUE;

  // struct io_uring_params: bytes, and where what is.
  private static final int PARAMETERS_SIZE = 120;
  private static final int SQ_ENTRIES = 0;
  private static final int CQ_ENTRIES = 4;
  private static final int FLAGS = 8;
  private static final int FEATURES = 20;
  private static final int SQ_OFFSETS = 40;
  private static final int CQ_OFFSETS = 80;

  // struct io_sqring_offsets and struct io_cqring_offsets, in them.
  private static final int HEAD = 0;
  private static final int TAIL = 4;
  private static final int SQ_ARRAY = 24;
  private static final int CQ_CQES = 20;

  /** An entry that is wrong does not keep the system from those behind it. Linux 5.18. */
  private static final int SETUP_SUBMIT_ALL = 1 << 7;

  /** Both queues are mapped as one. Linux 5.4. */
  private static final int FEATURE_SINGLE_MMAP = 1;

  /** The part of a ring that has the submission queue entries; the queues are at 0. */
  private static final long SQES = 0x10000000L;

  // struct io_uring_sqe
  private static final int SQE_SIZE = 64;
  private static final int SQE_OPCODE = 0;
  private static final int SQE_DESCRIPTOR = 4;
  private static final int SQE_ADDRESS = 16;
  private static final int SQE_LENGTH = 24;
  private static final int SQE_MSG_FLAGS = 28;
  private static final int SQE_USER_DATA = 32;
  private static final byte OP_SEND = 26;

  /** No waiting, and no signal if nobody reads any more. */
  private static final int MSG_DONTWAIT_NOSIGNAL = 0x40 | 0x4000;

  // struct io_uring_cqe
  private static final int CQE_SIZE = 16;
  private static final int CQE_RESULT = 8;

  private final int descriptor;
  private final MemorySegment queues;
  private final MemorySegment entries;

  /** Where in {@link #queues} what is. */
  private final int sqHead;

  private final int sqTail;
  private final int cqHead;
  private final int cqTail;
  private final int cqes;
  private final int cqMask;

  private final int[] results = new int[CAPACITY];
  private int count;

  private SendRing(
      int descriptor, MemorySegment parameters, MemorySegment queues, MemorySegment entries) {
    this.descriptor = descriptor;
    this.queues = queues;
    this.entries = entries;
    sqHead = parameters.get(JAVA_INT, SQ_OFFSETS + HEAD);
    sqTail = parameters.get(JAVA_INT, SQ_OFFSETS + TAIL);
    cqHead = parameters.get(JAVA_INT, CQ_OFFSETS + HEAD);
    cqTail = parameters.get(JAVA_INT, CQ_OFFSETS + TAIL);
    cqes = parameters.get(JAVA_INT, CQ_OFFSETS + CQ_CQES);
    cqMask = parameters.get(JAVA_INT, CQ_ENTRIES) - 1;
    int array = parameters.get(JAVA_INT, SQ_OFFSETS + SQ_ARRAY);
    for (int n = 0; n < CAPACITY; n++) {
      queues.set(JAVA_INT, array + (long) Integer.BYTES * n, n);
    }
  }

  /**
   * Makes one, if the system has such rings and lets this process have one: those of containers
   * often do not.
   */
  public static @Nullable SendRing open() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment parameters = arena.allocate(PARAMETERS_SIZE, Long.BYTES);
      parameters.set(JAVA_INT, FLAGS, SETUP_SUBMIT_ALL);
      int descriptor = RingCalls.setup(CAPACITY, parameters);
      return descriptor < 0 ? null : map(descriptor, parameters);
    }
  }

  private static @Nullable SendRing map(int descriptor, MemorySegment parameters) {
    long cqEnd =
        parameters.get(JAVA_INT, CQ_OFFSETS + CQ_CQES)
            + (long) CQE_SIZE * parameters.get(JAVA_INT, CQ_ENTRIES);
    long sqEnd =
        parameters.get(JAVA_INT, SQ_OFFSETS + SQ_ARRAY)
            + (long) Integer.BYTES * parameters.get(JAVA_INT, SQ_ENTRIES);
    boolean asOne = (parameters.get(JAVA_INT, FEATURES) & FEATURE_SINGLE_MMAP) != 0;
    MemorySegment queues = asOne ? map(descriptor, 0, Math.max(cqEnd, sqEnd)) : null;
    if (queues != null) {
      MemorySegment entries = map(descriptor, SQES, (long) SQE_SIZE * CAPACITY);
      if (entries != null) {
        return new SendRing(descriptor, parameters, queues, entries);
      }
      RingCalls.unmap(queues);
    }
    Descriptors.close(descriptor);
    return null;
  }

  private static @Nullable MemorySegment map(int ring, long part, long size) {
    long at = RingCalls.map(ring, part, size);
    return at == 0 ? null : MemorySegment.ofAddress(at).reinterpret(size);
  }

  int descriptor() {
    return descriptor;
  }

  /**
   * Adds a send to the next call, which has room for it.
   *
   * @param bytes direct; to stay as it is until the call is over
   */
  public void add(int socket, ByteBuffer bytes) {
    int tail = queues.get(JAVA_INT, sqTail) + count;
    long at = (long) SQE_SIZE * (tail & CAPACITY - 1);
    entries.set(JAVA_BYTE, at + SQE_OPCODE, OP_SEND);
    entries.set(JAVA_INT, at + SQE_DESCRIPTOR, socket);
    entries.set(JAVA_LONG, at + SQE_ADDRESS, MemorySegment.ofBuffer(bytes).address());
    entries.set(JAVA_INT, at + SQE_LENGTH, bytes.remaining());
    entries.set(JAVA_INT, at + SQE_MSG_FLAGS, MSG_DONTWAIT_NOSIGNAL);
    entries.set(JAVA_LONG, at + SQE_USER_DATA, count);
    results[count++] = NOT_TRIED;
  }

  /** Tries what was added, in its order. What comes of it is told by {@link #result}. */
  public void send() {
    int tail = queues.get(JAVA_INT, sqTail) + count;
    queues.set(JAVA_INT, sqTail, tail);
    int taken = 0;
    while (taken < count) {
      int result = RingCalls.enter(descriptor, count - taken, count - taken);
      if (result > 0) {
        taken += result;
      } else if (result != -Errno.EINTR) {
        // Out of memory, above all: what it has not taken, it does not get.
        queues.set(JAVA_INT, sqTail, queues.get(JAVA_INT, sqHead));
        break;
      }
    }
    int completed = complete();
    while (completed < taken && enterAgain(taken - completed)) {
      completed += complete();
    }
    count = 0;
  }

  /** A send that is not to wait is over at once; should the system think otherwise, so do we. */
  private boolean enterAgain(int missing) {
    int result = RingCalls.enter(descriptor, 0, missing);
    return result >= 0 || result == -Errno.EINTR;
  }

  private int complete() {
    int head = queues.get(JAVA_INT, cqHead);
    int end = queues.get(JAVA_INT, cqTail);
    int completed = end - head;
    for (; head != end; head++) {
      long at = cqes + (long) CQE_SIZE * (head & cqMask);
      results[(int) queues.get(JAVA_LONG, at)] = queues.get(JAVA_INT, at + CQE_RESULT);
    }
    queues.set(JAVA_INT, cqHead, end);
    return completed;
  }

  /**
   * What came of a send.
   *
   * @param index which of those that were added to the last call
   * @return how many bytes were taken, the negated number of an error, or {@link #NOT_TRIED}
   */
  public int result(int index) {
    return results[index];
  }

  @Override
  public void close() {
    RingCalls.unmap(entries);
    RingCalls.unmap(queues);
    Descriptors.close(descriptor);
  }
}
