package dev.weir.natives.posix;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.Charset;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A file that is read, whose descriptor is ours: so the system can be told to send it. It is
 * neither mapped nor locked. Any thread; closing waits for a call that is being made, since the
 * number of a closed descriptor may be another file's at once.
 */
public final class PosixFile extends FileChannel {

  private static final int O_RDONLY = 0;
  private static final int O_CLOEXEC = 0x80000;
  private static final int SEEK_END = 2;
  private static final int PIECE = 64 * 1024;

  /** Of {@code preadv2}: what is not in memory is not read. */
  private static final int RWF_NOWAIT = 8;

  /** It differs between processors. */
  private static final int O_NOFOLLOW =
      "aarch64".equals(System.getProperty("os.arch")) ? 0x8000 : 0x20000;

  /** What the JDK makes names of files of. */
  private static final Charset NAMES =
      Charset.forName(System.getProperty("sun.jnu.encoding", "UTF-8"));

  private static final MethodHandle OPEN =
      Libc.variadic(
          "open", 2, FunctionDescriptor.of(Libc.INT, ValueLayout.ADDRESS, Libc.INT, Libc.INT));
  private static final MethodHandle LSEEK =
      Libc.function("lseek", FunctionDescriptor.of(Libc.LONG, Libc.INT, Libc.LONG, Libc.INT));
  private static final MethodHandle PREAD =
      Libc.function(
          "pread",
          FunctionDescriptor.of(Libc.LONG, Libc.INT, ValueLayout.ADDRESS, Libc.LONG, Libc.LONG));

  /** Musl has it since 2023. */
  private static final @Nullable MethodHandle PREADV2 =
      Libc.find(
              "preadv2",
              FunctionDescriptor.of(
                  Libc.LONG, Libc.INT, ValueLayout.ADDRESS, Libc.INT, Libc.LONG, Libc.INT))
          .orElse(null);

  private static final MethodHandle SENDFILE =
      Libc.function(
          "sendfile",
          FunctionDescriptor.of(Libc.LONG, Libc.INT, Libc.INT, ValueLayout.ADDRESS, Libc.LONG));

  private final int descriptor;
  private long position;

  /** Whether its file system tells what is in memory; not every one does. */
  private boolean tellsCached = PREADV2 != null;

  private PosixFile(int descriptor) {
    this.descriptor = descriptor;
  }

  /** Opens a file to read it, unless it is a link. */
  public static PosixFile open(Path path) throws IOException {
    CallMemory memory = CallMemory.mine();
    int result;
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment name = arena.allocateFrom(path.toString(), NAMES);
      result =
          Errno.result(
              (int) OPEN.invokeExact(memory.errno(), name, O_RDONLY | O_CLOEXEC | O_NOFOLLOW, 0),
              memory);
    } catch (Throwable e) {
      throw Libc.unforeseen(e);
    }
    if (result < 0) {
      String file = path.toString();
      throw switch (-result) {
        case Errno.ENOENT -> new NoSuchFileException(file);
        case Errno.EACCES -> new AccessDeniedException(file);
        default -> new FileSystemException(file, null, Errno.text(-result));
      };
    }
    return new PosixFile(result);
  }

  /**
   * Sends what the system takes. Reads the disk, so it may block.
   *
   * @return how many bytes, 0 if the file has ended, or the negated number of an error
   */
  synchronized int send(int socket, long from, long count) throws IOException {
    checkOpen();
    CallMemory memory = CallMemory.mine();
    MemorySegment offset = memory.offset();
    offset.set(Libc.LONG, 0, from);
    try {
      return Errno.result(
          (long) SENDFILE.invokeExact(memory.errno(), socket, descriptor, offset, count), memory);
    } catch (Throwable e) {
      throw Libc.unforeseen(e);
    }
  }

  /**
   * Reads what the system has in memory, into a direct buffer. Waits for nothing but another call
   * on this file.
   *
   * @return how many bytes; 0 if none are in memory, the file has ended, or nobody can tell
   */
  public synchronized int readCached(ByteBuffer dst, long from) throws IOException {
    checkOpen();
    checkWritable(dst);
    MethodHandle preadv2 = PREADV2;
    if (preadv2 == null || !tellsCached) {
      return 0;
    }
    CallMemory memory = CallMemory.mine();
    MemorySegment vector = memory.vector(MemorySegment.ofBuffer(dst));
    int count;
    try {
      count =
          Errno.result(
              (long) preadv2.invokeExact(memory.errno(), descriptor, vector, 1, from, RWF_NOWAIT),
              memory);
    } catch (Throwable e) {
      throw Libc.unforeseen(e);
    } finally {
      Reference.reachabilityFence(dst);
    }
    switch (-count) {
      case Errno.EAGAIN -> count = 0;
      case Errno.EOPNOTSUPP, Errno.ENOSYS -> {
        tellsCached = false;
        count = 0;
      }
      default -> Errno.check(count);
    }
    dst.position(dst.position() + count);
    return count;
  }

  @Override
  public synchronized int read(ByteBuffer dst, long from) throws IOException {
    checkOpen();
    checkWritable(dst);
    if (!dst.hasRemaining()) {
      return 0;
    }
    if (!dst.isDirect()) {
      // An array is not to be pinned while the disk is read.
      ByteBuffer piece = ByteBuffer.allocateDirect(Math.min(dst.remaining(), PIECE));
      int count = read(piece, from);
      dst.put(piece.flip());
      return count;
    }
    CallMemory memory = CallMemory.mine();
    MemorySegment room = MemorySegment.ofBuffer(dst);
    int count;
    try {
      count =
          Errno.result(
              (long) PREAD.invokeExact(memory.errno(), descriptor, room, room.byteSize(), from),
              memory);
    } catch (Throwable e) {
      throw Libc.unforeseen(e);
    }
    Errno.check(count);
    dst.position(dst.position() + count);
    return count == 0 ? -1 : count;
  }

  @Override
  public synchronized int read(ByteBuffer dst) throws IOException {
    int count = read(dst, position);
    position += Math.max(count, 0);
    return count;
  }

  @Override
  public synchronized long read(ByteBuffer[] dsts, int from, int length) throws IOException {
    long total = 0;
    for (int n = from; n < from + length; n++) {
      int count = read(dsts[n]);
      if (count < 0) {
        return total == 0 ? -1 : total;
      }
      total += count;
      if (dsts[n].hasRemaining()) {
        return total;
      }
    }
    return total;
  }

  @Override
  public synchronized long position() throws IOException {
    checkOpen();
    return position;
  }

  @Override
  public synchronized FileChannel position(long next) throws IOException {
    checkOpen();
    if (next < 0) {
      throw new IllegalArgumentException("a file begins at 0, not at " + next);
    }
    position = next;
    return this;
  }

  @Override
  public synchronized long size() throws IOException {
    checkOpen();
    CallMemory memory = CallMemory.mine();
    long size;
    try {
      // Nothing here uses the position that this moves.
      size = (long) LSEEK.invokeExact(memory.errno(), descriptor, 0L, SEEK_END);
    } catch (Throwable e) {
      throw Libc.unforeseen(e);
    }
    if (size < 0) {
      throw Errno.exception(Errno.result(-1, memory));
    }
    return size;
  }

  @Override
  public long transferTo(long from, long count, WritableByteChannel target) throws IOException {
    ByteBuffer piece = ByteBuffer.allocateDirect((int) Math.min(count, PIECE));
    return read(piece, from) < 0 ? 0 : target.write(piece.flip());
  }

  @Override
  protected synchronized void implCloseChannel() {
    Descriptors.close(descriptor);
  }

  private void checkOpen() throws ClosedChannelException {
    if (!isOpen()) {
      throw new ClosedChannelException();
    }
  }

  /** The system would write to it all the same, if it were given the address. */
  private static void checkWritable(ByteBuffer dst) {
    if (dst.isReadOnly()) {
      throw new IllegalArgumentException("a buffer that is only to be read");
    }
  }

  // ---- what is not done to a file that is read

  @Override
  public int write(ByteBuffer src) {
    throw new NonWritableChannelException();
  }

  @Override
  public long write(ByteBuffer[] srcs, int from, int length) {
    throw new NonWritableChannelException();
  }

  @Override
  public int write(ByteBuffer src, long at) {
    throw new NonWritableChannelException();
  }

  @Override
  public FileChannel truncate(long size) {
    throw new NonWritableChannelException();
  }

  @Override
  public long transferFrom(ReadableByteChannel source, long at, long count) {
    throw new NonWritableChannelException();
  }

  @Override
  public void force(boolean metaData) {}

  @Override
  public MappedByteBuffer map(MapMode mode, long from, long size) {
    throw new UnsupportedOperationException("opened to be read and sent");
  }

  @Override
  public FileLock lock(long from, long size, boolean shared) {
    throw new UnsupportedOperationException("opened to be read and sent");
  }

  @Override
  public FileLock tryLock(long from, long size, boolean shared) {
    throw new UnsupportedOperationException("opened to be read and sent");
  }
}
